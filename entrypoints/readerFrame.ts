// A reader frame inside a page (public/reader.html). Stays blank unless it stands where it should and is handed a valid ticket.
// One script of its own, which shares no file with our windows: a page may hold dozens of these frames.

import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script'
import { startReader } from '../src/frames/reader.ts'

export default defineUnlistedScript(startReader)
