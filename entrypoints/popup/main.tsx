// The toolbar's popup, and the unlock window (#unlock) that is the same page in a window of its own.

import { show } from '../../src/ui/parts/page.tsx'
import { Popup } from '../../src/ui/popup/popup.tsx'

show(<Popup forUnlock={location.hash === '#unlock'} />)
