// The toolbar's popup, and the unlock window (#unlock, #passkey) that is the same page in a window of its own.

import { show } from '../../src/ui/parts/page.tsx'
import { Popup } from '../../src/ui/popup/popup.tsx'
import { unlockWindow } from '../../src/ui/windows.ts'

show(<Popup inWindow={unlockWindow()} />)
