// Requests to the background, from the content script that is in every frame: it carries only the shapes it uses.

import { caller } from './caller.ts'
import { textScriptResponses } from './contentScript.ts'
import type { TextScriptEntries } from './contentScriptEntries.ts'

/** Sends the request `name` to the background. Throws a Failure with the code of the response; 'unavailable' without one. */
export const call = caller<TextScriptEntries>(textScriptResponses)
