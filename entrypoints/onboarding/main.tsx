// The tab in which a vault is made, recovered (#recover, #shares), or given a new recovery key (#renew).

import { Onboarding } from '../../src/ui/onboarding/onboarding.tsx'
import { show } from '../../src/ui/parts/page.tsx'
import { ProofWindow } from '../../src/ui/proof.tsx'

show(
  <>
    <Onboarding />
    <ProofWindow />
  </>,
)
