// Asking the background, from a content script, which knows of the protocol no more than it may ask.

import { caller } from './caller.ts'
import { strangers } from './strangers.ts'

/** Asks `name` of the background. Throws a Failure with the code it answers; 'unavailable' when nobody answers. */
export const call = caller(strangers)
