// The toolbar's popup, and the unlock window (#unlock, #passkey) that is the same page in a window of its own.

import { unlockWindow } from '../../src/ui/app/windows.ts'
import { Popup } from '../../src/ui/popup/popup.tsx'
import { show } from '../../src/ui/window/page.tsx'

show(<Popup inWindow={unlockWindow()} />)
