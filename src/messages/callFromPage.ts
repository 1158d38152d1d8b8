// Requests to the background, from a content script: it carries the part of the protocol that content scripts may use.

import { caller } from './caller.ts'
import { contentScriptResponses } from './contentScript.ts'
import type { ContentScriptEntries } from './contentScriptEntries.ts'

/** Sends the request `name` to the background. Throws a Failure with the code of the response; 'unavailable' without one. */
export const call = caller<ContentScriptEntries>(contentScriptResponses)
