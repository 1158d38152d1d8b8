// Requests to the background, from our own windows. Content scripts use callFromPage.ts.

import { caller } from './caller.ts'
import { type Protocol, protocol } from './protocol.ts'

/** Sends the request `name` to the background. Throws a Failure with the code of the response; 'unavailable' without one. */
export const call = caller<Protocol>(protocol)
