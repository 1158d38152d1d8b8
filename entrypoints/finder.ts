// The part of the content script that finds: a sealed text in the page, or with the person the field that one goes into. The
// background brings it to a page when it was asked to, in the library.

import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script'
import { startFinder } from '../src/page/finder/start.ts'

export default defineUnlistedScript(startFinder)
