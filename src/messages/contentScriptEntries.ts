// What content scripts may ask of the background, among strangers: who may ask, and the shapes of the requests. The background alone reads
// it; the scripts carry the responses (contentScript.ts).
// A content script is never answered with plaintext. The one tab command that brings it some is `putOpened` (tabCommands.ts).

import * as v from 'valibot'
import { contentScriptResponses, description, ticketsAtOnce } from './contentScript.ts'
import type { Table } from './entry.ts'
import { box, empty, field, plain, sealed, token, unplaced, whole } from './shapes.ts'

/** A page that took its process over could ask all day: nothing of this is a person's act. */
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
  /** A frame that shows this text does not run in its page: the person asks for it in a window of ours. */
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
  /** The person has come to a field: bring what sees to fields into this frame. */
  loadFieldScript: { ...byContent, ...loadFieldScript, request: empty },
  reportTextCount: { ...byContent, ...reportTextCount, request: v.strictObject({ texts: whole }) },
} as const satisfies Table

export type TextScriptEntries = typeof textsToVault & typeof textsToTabs

// ── the scripts for fields and for finding ──

/** What content scripts ask of those who hold the vault. */
export const contentToVault = {
  ...textsToVault,
  seal: {
    ...byContent,
    ...seal,
    /** `replaces`: the sealed text that this was, before it was put back into its field and changed there. */
    request: v.strictObject({ text: plain, replaces: v.nullable(sealed) }),
  },
  compose: { ...byContent, ...compose, request: v.strictObject({ field, sealed: v.nullable(sealed), box }) },
  /** The same to put the opened text back: at the background's command, once. The field is one that the person has reached. */
  openPutBackWindow: { ...byContent, ...openPutBackWindow, request: v.strictObject({ field, sealed, box }) },
  offerSealedText: { ...byContent, ...offerSealedText, request: v.strictObject({ sealed, why: unplaced }) },
} as const satisfies Table

/** What content scripts ask of those who know tabs and sites. */
export const contentToTabs = {
  ...textsToTabs,
  /** Always seal this field of its site from now on; or no longer. */
  alwaysSealField: {
    ...byContent,
    ...alwaysSealField,
    request: v.strictObject({ label: v.pipe(v.string(), v.maxLength(200)), field: description }),
  },
  stopSealingField: { ...byContent, ...stopSealingField, request: v.strictObject({ id: token }) },
  /** The person has chosen a field to put a sealed text into, or will not: the other frames of the tab need not wait. */
  endFieldChoice: { ...byContent, ...endFieldChoice, request: empty },
  openUnlock: { ...byContent, ...openUnlock, request: empty },
} as const satisfies Table

export type ContentScriptEntries = typeof contentToVault & typeof contentToTabs
