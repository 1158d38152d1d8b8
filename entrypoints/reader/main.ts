// A reader frame inside a page. Stays blank unless it stands where it should and is handed a valid ticket.

import { startReader } from '../../src/frames/reader.ts'

startReader()
