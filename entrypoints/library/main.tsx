// The tab with the library.

import { Library } from '../../src/ui/library/library.tsx'
import { show } from '../../src/ui/parts/page.tsx'
import { ProofWindow } from '../../src/ui/proof.tsx'

show(
  <>
    <Library />
    <ProofWindow />
  </>,
)
