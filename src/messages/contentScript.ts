// What content scripts carry of the protocol: the shapes of the responses, and which requests are idempotent. A script is loaded into
// every frame of a page, so it carries only the shapes it uses; roles and request shapes are in contentScriptEntries.ts.

import * as v from 'valibot'
import type { Responses } from './entry.ts'
import { choices, empty, sealed, token, whole } from './shapes.ts'

/** Most texts in one request for tickets. */
export const ticketsAtOnce = 30

/** A trait that identifies an always-sealed field. Empty if the page gives none, or one that looks random. */
const trait = v.pipe(v.string(), v.maxLength(120))
/** How an always-sealed field is recognised (page/field/description.ts). */
export const description = v.strictObject({
  kind: v.picklist(['input', 'textarea', 'editable']),
  id: trait,
  name: trait,
  autocomplete: trait,
  label: trait,
  placeholder: trait,
  /** The paths of its form's target and of its page, with stars for parts that look random. */
  form: trait,
  path: trait,
  /** Index among the fields of the page that have the same description. */
  index: whole,
})
export type Description = v.InferOutput<typeof description>
/** An always-sealed field of the site. If its stored description cannot be read, `field` is null, and every field is sealed. */
export const alwaysSealedField = v.strictObject({ id: token, field: v.nullable(description) })
export type AlwaysSealedField = v.InferOutput<typeof alwaysSealedField>

/** The person's settings for the site of a frame. */
export const siteState = v.strictObject({
  on: v.boolean(),
  choices,
  marks: v.pipe(v.array(alwaysSealedField), v.maxLength(100)),
  /** Identifies our elements in this document, from inside their closed shadow roots. */
  owner: token,
})
export type SiteState = v.InferOutput<typeof siteState>

/** For the script for texts, which is in every frame of a site that is on. */
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

/** For all content scripts. */
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
