// What our own windows were opened for. Kept in the session's storage, so that a window finds its request again after the
// background has died; the window's address holds only the request's random name.

import * as v from 'valibot'
import { randomToken } from '../../bytes.ts'
import { Failure } from '../../failure.ts'
import { field, sealed, token, unplaced } from '../../messages/shapes.ts'
import { SessionEntry } from '../../storage/sessionEntry.ts'

const maxRequests = 50
/** All of them together, as they are stored. The session's storage holds about ten million bytes, and more than these. */
const charsAtMost = 5_000_000

const write = v.strictObject({
  purpose: v.literal('write'),
  tabId: v.number(),
  frameId: v.number(),
  /** From a private window: nothing of it is written to disk. */
  inPrivate: v.boolean(),
  /** Null when the person was on no site. */
  origin: v.nullable(v.string()),
  /** The address of the page in the tab, to find the way back there; null when it is not known (address.ts). */
  url: v.nullable(v.string()),
  /** Null when the person was in no field: then the sealed text is only offered to copy. */
  field: v.nullable(field),
  /** The sealed text that the new one replaces. */
  sealed: v.nullable(sealed),
  /** The draft that its window keeps, once it has begun one. */
  draft: v.nullable(token),
})
const read = v.strictObject({ purpose: v.literal('read'), origin: v.string(), sealed: v.array(sealed) })
const copy = v.strictObject({ purpose: v.literal('copy'), sealed, why: unplaced })
/** The grant to put one opened text back into one field of one document. */
const putBack = v.strictObject({
  purpose: v.literal('put-back'),
  tabId: v.number(),
  frameId: v.number(),
  documentId: v.string(),
  origin: v.string(),
  field,
  sealed,
  /** Until when it is good, milliseconds since 1970; null once it was used. */
  until: v.nullable(v.number()),
})
const windowRequest = v.variant('purpose', [write, read, copy, putBack])
const entryShape = v.strictObject({ id: token, windowId: v.nullable(v.number()), request: windowRequest })

export type WriteRequest = v.InferOutput<typeof write>
export type ReadRequest = v.InferOutput<typeof read>
export type PutBackRequest = v.InferOutput<typeof putBack>
export type WindowRequest = v.InferOutput<typeof windowRequest>

const requests = new SessionEntry('windowRequests', v.array(entryShape))

/**
 * Records a request before its window is opened. The oldest gives way when there are too many. Failure 'full' when those of the
 * windows that are open are too long together: none of them gives way to a long one.
 */
export async function addRequest(added: WindowRequest): Promise<string> {
  const id = randomToken()
  await requests.change((before) => {
    const after = [...(before ?? []).slice(1 - maxRequests), { id, windowId: null, request: added }]
    if (JSON.stringify(after).length > charsAtMost) throw new Failure('full')
    return after
  })
  return id
}

export async function recordWindow(id: string, windowId: number): Promise<void> {
  await requests.change((before) => (before ?? []).map((entry) => (entry.id === id ? { ...entry, windowId } : entry)))
}

/** Failure 'gone' when the request is over, or from before the browser was restarted. */
export async function readRequest(id: string): Promise<WindowRequest> {
  const found = (await requests.read())?.find((entry) => entry.id === id)
  if (found === undefined) throw new Failure('gone')
  return found.request
}

/** The window in which a text for this field is being written, or null. */
export async function windowForField(
  place: Pick<WriteRequest, 'tabId' | 'frameId'>,
  fieldId: string,
): Promise<number | null> {
  const found = (await requests.read())?.find(
    ({ request }) =>
      request.purpose === 'write' &&
      request.tabId === place.tabId &&
      request.frameId === place.frameId &&
      request.field?.id === fieldId,
  )
  return found?.windowId ?? null
}

/** The window that shows these very texts of this site, or null. */
export async function windowForReading({ origin, sealed }: ReadRequest): Promise<number | null> {
  const found = (await requests.read())?.find(
    ({ request }) =>
      request.purpose === 'read' &&
      request.origin === origin &&
      JSON.stringify(request.sealed) === JSON.stringify(sealed),
  )
  return found?.windowId ?? null
}

/** The window that asks whether this text may go back into this field of this document, while that is good; or null. */
export async function windowForPutBack({ documentId, field: target, sealed }: PutBackRequest): Promise<number | null> {
  const found = (await requests.read())?.find(
    ({ request }) =>
      request.purpose === 'put-back' &&
      isUsable(request) &&
      request.documentId === documentId &&
      request.field.id === target.id &&
      request.sealed === sealed,
  )
  return found?.windowId ?? null
}

/** Whether a grant may still be used. */
export const isUsable = ({ until }: PutBackRequest): boolean => until !== null && Date.now() < until

/** Uses a grant up. Failure 'gone' when there is none, it was used before, or is too old. */
export async function useUpGrant(id: string): Promise<PutBackRequest> {
  const used: PutBackRequest[] = []
  await requests.change((before) =>
    (before ?? []).map((entry) => {
      const { request } = entry
      if (entry.id !== id || request.purpose !== 'put-back' || !isUsable(request)) return entry
      used.push(request)
      return { ...entry, request: { ...request, until: null } }
    }),
  )
  const [grant] = used
  if (grant === undefined) throw new Failure('gone')
  return grant
}

/** The window in which this draft is being written on, or null. */
export async function windowForDraft(draft: string): Promise<number | null> {
  const found = (await requests.read())?.find(({ request }) => request.purpose === 'write' && request.draft === draft)
  return found?.windowId ?? null
}

export async function recordDraft(id: string, draft: string): Promise<void> {
  await requests.change((before) =>
    (before ?? []).map((entry) =>
      entry.id === id && entry.request.purpose === 'write' ? { ...entry, request: { ...entry.request, draft } } : entry,
    ),
  )
}

export async function endRequest(id: string): Promise<void> {
  await requests.change((before) => (before ?? []).filter((entry) => entry.id !== id))
}

/** The window was closed: whatever it was for is over, and its draft is free to be offered again. */
export async function endRequestsOf(windowId: number): Promise<void> {
  await requests.change((before) => (before ?? []).filter((entry) => entry.windowId !== windowId))
}

/**
 * The drafts that open windows are at work on, but that of the request `mine`. `open` are the windows there are: the
 * browser may report a closed one only after the next was opened.
 */
export async function draftsInUse(mine: string | null, open: ReadonlySet<number>): Promise<Set<string>> {
  const others = ((await requests.read()) ?? []).filter(
    ({ id, windowId }) => id !== mine && (windowId === null || open.has(windowId)),
  )
  return new Set(others.flatMap(({ request }) => (request.purpose === 'write' && request.draft ? [request.draft] : [])))
}

export async function isAnyComposerOpen(): Promise<boolean> {
  return ((await requests.read()) ?? []).some(({ request }) => request.purpose === 'write')
}
