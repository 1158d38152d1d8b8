// The tab with the library.

import { Library } from '../../src/ui/library/library.tsx'
import { ProofWindow } from '../../src/ui/secrets/proof.tsx'
import { show } from '../../src/ui/window/page.tsx'
import { words } from '../../src/words.ts'

show(
  <>
    <Library />
    <ProofWindow />
  </>,
  words('app.windowTitle.library'),
)
