// The part of the content script that sees to fields. The background brings it to a frame when the person comes to a field
// there, or commands something.

import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script'
import { startFields } from '../src/page/field/start.ts'

export default defineUnlistedScript(startFields)
