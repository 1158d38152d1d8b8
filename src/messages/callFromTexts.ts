// Asking the background, from the content script that is in every frame: it carries no shape that it has no use for.

import { caller } from './caller.ts'
import { textScriptResponses } from './contentScript.ts'
import type { TextScriptEntries } from './contentScriptEntries.ts'

/** Asks `name` of the background. Throws a Failure with the code it answers; 'unavailable' when nobody answers. */
export const call = caller<TextScriptEntries>(textScriptResponses)
