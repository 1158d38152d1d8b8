// The tab with the options.

import { Options } from '../../src/ui/options/options.tsx'
import { ProofWindow } from '../../src/ui/secrets/proof.tsx'
import { show } from '../../src/ui/window/page.tsx'
import { words } from '../../src/words.ts'

show(
  <>
    <Options />
    <ProofWindow />
  </>,
  words('app.windowTitle.options'),
)
