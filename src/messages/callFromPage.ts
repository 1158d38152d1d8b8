// Asking the background, from a content script, which knows of the protocol no more than it may ask.

import { caller } from './caller.ts'
import { contentScriptResponses } from './contentScript.ts'
import type { ContentScriptEntries } from './contentScriptEntries.ts'

/** Asks `name` of the background. Throws a Failure with the code it answers; 'unavailable' when nobody answers. */
export const call = caller<ContentScriptEntries>(contentScriptResponses)
