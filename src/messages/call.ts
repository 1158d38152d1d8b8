// Asking the background, from a window of ours. What runs inside a page asks by callFromPage.ts.

import { caller } from './caller.ts'
import { type Protocol, protocol } from './protocol.ts'

/** Asks `name` of the background. Throws a Failure with the code it answers; 'unavailable' when nobody answers. */
export const call = caller<Protocol>(protocol)
