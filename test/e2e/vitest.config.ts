// End-to-end tests, in real browsers on the built extension: what only that shows. Each browser has a screen of its own where keys
// are pressed, so that several files run at a time.

import { e2e, running } from '../browsers.ts'

export default running(e2e)
