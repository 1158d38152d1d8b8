// The requests that content scripts may make: roles, and the shapes of the requests. Only the background imports this; the scripts carry
// the responses (contentScript.ts).
// No response to a content script holds plaintext. The one tab command that brings it some is `placeOpenedText` (tabCommands.ts).

import * as v from 'valibot'
import { contentScriptResponses, description, ticketsAtOnce } from './contentScript.ts'
import type { Table } from './entry.ts'
import { box, empty, field, plain, sealed, token, unplaced, whole } from './shapes.ts'

/** A page that took over its process could send requests all day: none of them counts as the person's activity. */
const byContent = { roles: ['content'], activity: false } as const
const { getSiteState, loadFieldScript, reportTextCount, issueTickets, openWindow, ...others } = contentScriptResponses
const { seal, compose, openPutBackWindow, offerSealedText } = others
const { alwaysSealField, stopSealingField, endFieldChoice, openUnlock } = others

// ── the script for texts ──

const textsToVault = {
  /** A ticket for each of these texts, in the same order, with which a reader frame may show it. */
  issueTickets: {
    ...byContent,
    ...issueTickets,
    request: v.strictObject({
      texts: v.pipe(
        v.array(v.strictObject({ sealed, field: v.nullable(field) })),
        v.minLength(1),
        v.maxLength(ticketsAtOnce),
      ),
    }),
  },
  /** No reader frame can run in this page: opens the text in a window of ours, at the person's request. */
  openWindow: { ...byContent, ...openWindow, request: v.strictObject({ sealed }) },
} as const satisfies Table

const textsToTabs = {
  /** What the person has switched on and chosen for the site of this frame, and which of its fields are always sealed. */
  getSiteState: {
    ...byContent,
    ...getSiteState,
    /** `start`: its document comes up; `change`: something may have changed since. */
    request: v.strictObject({ reason: v.picklist(['start', 'change']) }),
  },
  /** The person has come to a field: loads the script for fields into this frame. */
  loadFieldScript: { ...byContent, ...loadFieldScript, request: empty },
  reportTextCount: { ...byContent, ...reportTextCount, request: v.strictObject({ texts: whole }) },
} as const satisfies Table

export type TextScriptEntries = typeof textsToVault & typeof textsToTabs

// ── the scripts for fields and for finding ──

/** Requests that custody serves. */
export const contentToVault = {
  ...textsToVault,
  seal: {
    ...byContent,
    ...seal,
    /** `replaces`: the sealed text that this was, before it was put back into its field and changed there. */
    request: v.strictObject({ text: plain, replaces: v.nullable(sealed) }),
  },
  compose: { ...byContent, ...compose, request: v.strictObject({ field, sealed: v.nullable(sealed), box }) },
  /** Opens the window that offers to put an opened text back, once for each command. The person has reached the field. */
  openPutBackWindow: { ...byContent, ...openPutBackWindow, request: v.strictObject({ field, sealed, box }) },
  offerSealedText: { ...byContent, ...offerSealedText, request: v.strictObject({ sealed, why: unplaced }) },
} as const satisfies Table

/** Requests that src/tabs/ serves. */
export const contentToTabs = {
  ...textsToTabs,
  /** Always seal this field of its site from now on. */
  alwaysSealField: {
    ...byContent,
    ...alwaysSealField,
    request: v.strictObject({ label: v.pipe(v.string(), v.maxLength(200)), field: description }),
  },
  stopSealingField: { ...byContent, ...stopSealingField, request: v.strictObject({ id: token }) },
  /** The person has chosen a field for a sealed text, or has cancelled: the other frames of the tab stop waiting. */
  endFieldChoice: { ...byContent, ...endFieldChoice, request: empty },
  openUnlock: { ...byContent, ...openUnlock, request: empty },
} as const satisfies Table

export type ContentScriptEntries = typeof contentToVault & typeof contentToTabs
