// All that shows in a browser without an extension around it, or with nothing of it but its pages and scripts.

import { dom, running } from '../browsers.ts'

export default running(dom)
