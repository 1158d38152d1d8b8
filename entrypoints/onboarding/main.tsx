// The tab in which a vault is made, recovered (#recover, #shares), or given a new recovery key (#renew).

import { Onboarding } from '../../src/ui/onboarding/onboarding.tsx'
import { ProofWindow } from '../../src/ui/secrets/proof.tsx'
import { show } from '../../src/ui/window/page.tsx'
import { words } from '../../src/words.ts'

show(
  <>
    <Onboarding />
    <ProofWindow />
  </>,
  words('app.windowTitle.onboarding'),
)
