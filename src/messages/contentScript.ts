// What content scripts carry of the protocol: the shapes of the responses, and which questions may be asked again. A script is loaded into
// every frame of a page, so it has no shape that it has no use for; who may ask, and in which shape, stands in contentScriptEntries.ts.

import * as v from 'valibot'
import type { Responses } from './entry.ts'
import { choices, empty, sealed, token, whole } from './shapes.ts'

/** As many as a page can bear frames. */
export const ticketsAtOnce = 30

/** What a marked field is known by again. Empty where the page says nothing, or something that looks random. */
const trait = v.pipe(v.string(), v.maxLength(120))
export const description = v.strictObject({
  kind: v.picklist(['input', 'textarea', 'editable']),
  id: trait,
  name: trait,
  autocomplete: trait,
  label: trait,
  placeholder: trait,
  /** The path that its form is sent to, and that of its page, with stars for what looks random. */
  form: trait,
  path: trait,
  /** Index among the fields of the page that have the same description. */
  index: whole,
})
export type Description = v.InferOutput<typeof description>
/** `field` is null where the mark does not say which one it is for: then it is for every field of the site. */
export const alwaysSealedField = v.strictObject({ id: token, field: v.nullable(description) })
export type AlwaysSealedField = v.InferOutput<typeof alwaysSealedField>

/** What holds for the site of a frame. */
export const siteState = v.strictObject({
  on: v.boolean(),
  choices,
  marks: v.pipe(v.array(alwaysSealedField), v.maxLength(100)),
  /** What is ours in this document has this name in its closed shadow root. */
  owner: token,
})
export type SiteState = v.InferOutput<typeof siteState>

/** Of what the script for texts asks, which is in every frame of a site that is on. */
export const textScriptResponses = {
  getSiteState: { response: siteState, idempotent: true },
  loadFieldScript: { response: empty, idempotent: true },
  reportTextCount: { response: empty, idempotent: true },
  issueTickets: {
    response: v.strictObject({ tickets: v.pipe(v.array(token), v.maxLength(ticketsAtOnce)) }),
    idempotent: true,
  },
  openWindow: { response: empty, idempotent: true },
} as const satisfies Responses

/** Of what all of them ask. */
export const contentScriptResponses = {
  ...textScriptResponses,
  seal: { response: v.strictObject({ sealed }), idempotent: true },
  compose: { response: empty, idempotent: false },
  openPutBackWindow: { response: empty, idempotent: false },
  offerSealedText: { response: empty, idempotent: false },
  alwaysSealField: { response: empty, idempotent: false },
  stopSealingField: { response: empty, idempotent: true },
  endFieldChoice: { response: empty, idempotent: true },
  openUnlock: { response: empty, idempotent: true },
} as const satisfies Responses
