// All tests in browsers, in one run.

import { dom, e2e, running } from './browsers.ts'

export default running([...e2e, ...dom])
