// The content script. It is registered at run time, for the sites a person has switched on, and for no other; so it is in no
// manifest, and a script on its own to the build: what WXT wraps around content scripts is more than half as long as ours.

import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script'
import { startTexts } from '../src/page/text/start.ts'

export default defineUnlistedScript(startTexts)
