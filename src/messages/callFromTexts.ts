// Asking the background, from the content script that is in every frame: it carries no shape that it has no use for.

import { caller } from './caller.ts'
import { textEntries } from './strangers.ts'

/** Asks `name` of the background. Throws a Failure with the code it answers; 'unavailable' when nobody answers. */
export const call = caller(textEntries)
