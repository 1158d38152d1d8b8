// The requests that content scripts may make: roles, and the shapes of the requests. Only the background imports this; the scripts carry
// the responses (contentScript.ts).
// No response to a content script holds plaintext. The one tab command that brings it some is `placeOpenedText` (tabCommands.ts).

import * as v from 'valibot'
import { contentScriptResponses, description, ticketsAtOnce } from './contentScript.ts'
import type { Table } from './entry.ts'
import { box, empty, field, plain, sealed, token, unplaced, whole } from './shapes.ts'

/** A page that took over its process could send requests all day, so none of them counts as the person's activity. */
const byContent = { roles: ['content'], activity: false } as const
const { getSiteState, loadFieldScript, reportTextCount, issueTickets, openWindow, ...others } = contentScriptResponses
const { seal, compose, openPutBackWindow, offerSealedText } = others
const { alwaysSealField, stopSealingField, endFieldChoice, openUnlock } = others

// ── the script for texts ──

const textsToVault = {
  /** Issues a ticket for each of these texts, in the same order. With it, a reader frame may show the text. */
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
  /** Opens the text in our own window, at the person's request, because no reader frame can run in this page. */
  openWindow: { ...byContent, ...openWindow, request: v.strictObject({ sealed }) },
} as const satisfies Table

const textsToTabs = {
  /** Returns the person's settings for the site of this frame, and its always-sealed fields. */
  getSiteState: {
    ...byContent,
    ...getSiteState,
    /** `start`: the document has just started; `change`: something may have changed since then. */
    request: v.strictObject({ reason: v.picklist(['start', 'change']) }),
  },
  /** Loads the script for fields into this frame. */
  loadFieldScript: { ...byContent, ...loadFieldScript, request: empty },
  reportTextCount: { ...byContent, ...reportTextCount, request: v.strictObject({ texts: whole }) },
} as const satisfies Table

export type TextScriptEntries = typeof textsToVault & typeof textsToTabs

// ── the scripts for fields and for finding ──

/** Requests that custody serves. */
export const contentToVault = {
  ...textsToVault,
  /** Seals a text for the site of this frame. Failure 'locked', 'no-vault' or 'too-long'. */
  seal: {
    ...byContent,
    ...seal,
    /** `replaces`: the former sealed text, if this text was put back into its field and changed there; else null. */
    request: v.strictObject({ text: plain, replaces: v.nullable(sealed) }),
  },
  /** Opens a composer for a field, with the opened text of `sealed` if not null. Failure 'full': open windows hold too much text. */
  compose: { ...byContent, ...compose, request: v.strictObject({ field, sealed: v.nullable(sealed), box }) },
  /** Opens the window that offers to put an opened text back. Failure 'refused' without the person's command to this frame. */
  openPutBackWindow: { ...byContent, ...openPutBackWindow, request: v.strictObject({ field, sealed, box }) },
  /** Opens a window that offers a sealed text for copying, since its field did not keep it. */
  offerSealedText: { ...byContent, ...offerSealedText, request: v.strictObject({ sealed, why: unplaced }) },
} as const satisfies Table

/** Requests that src/tabs/ serves. */
export const contentToTabs = {
  ...textsToTabs,
  /** Makes a field always sealed. Failure 'full': the site, or all sites together, have too many. */
  alwaysSealField: {
    ...byContent,
    ...alwaysSealField,
    request: v.strictObject({ label: v.pipe(v.string(), v.maxLength(200)), field: description }),
  },
  stopSealingField: { ...byContent, ...stopSealingField, request: v.strictObject({ id: token }) },
  /** Ends the choice of a field in all frames of the tab, after the person has chosen or cancelled. */
  endFieldChoice: { ...byContent, ...endFieldChoice, request: empty },
  openUnlock: { ...byContent, ...openUnlock, request: empty },
} as const satisfies Table

export type ContentScriptEntries = typeof contentToVault & typeof contentToTabs
