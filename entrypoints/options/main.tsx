// The tab with the options.

import { Options } from '../../src/ui/options/options.tsx'
import { show } from '../../src/ui/parts/page.tsx'
import { ProofWindow } from '../../src/ui/proof.tsx'

show(
  <>
    <Options />
    <ProofWindow />
  </>,
)
