// What every entry of the protocol declares: the roles that may make the request, the shapes of request and response, and whether it may
// be repeated. An entry that leaves one out does not compile; a role that is not listed is refused.

import type * as v from 'valibot'

/** The kinds of context. Which one a message comes from is known from the browser's sender alone (sender.ts). */
export const roles = [
  'popup',
  'onboarding',
  'options',
  'composer',
  'library',
  'clipboard',
  'reader',
  'content',
] as const
export type Role = (typeof roles)[number]

export interface Entry {
  readonly roles: readonly [Role, ...Role[]]
  readonly request: v.GenericSchema
  readonly response: v.GenericSchema
  /** Whether two requests do the same as one, so that a request cut off by the background's death is repeated. */
  readonly idempotent: boolean
  /**
   * Whether it is the person's activity, which postpones the auto-lock: they pressed or typed something in a window of ours. Never for
   * a content script's entry: a page that took over its process could make the request all day.
   */
  readonly activity: boolean
  /**
   * It could give somebody lasting access, or exports plaintext: it needs a fresh proof by password or passkey (proof.ts).
   * `true` is enforced for all such entries in one place; `in-part`: custody demands it for those requests that need one.
   */
  readonly proof?: true | 'in-part'
}

export type Table = Readonly<Record<string, Entry>>

/**
 * What is too large for one message: it goes over a port in chunks (transfer.ts). A cursor says how far it has come, so that after
 * the background's death it goes on from the last one.
 */
export interface Transfer {
  readonly roles: readonly [Role, ...Role[]]
  /** `out` of the vault, or `in`to it. */
  readonly direction: 'out' | 'in'
  readonly request: v.GenericSchema
  readonly chunk: v.GenericSchema
  /** What a chunk leads to, as the background says. With `request` it is all that is needed to go on. */
  readonly cursor: v.GenericSchema
  readonly result: v.GenericSchema
  /** As in `Entry`; each of its chunks postpones the auto-lock. */
  readonly activity: boolean
  /** As in `Entry`; the proof must hold at each of its chunks. */
  readonly proof?: true
}

export type TransferTable = Readonly<Record<string, Transfer>>
/** The part of a table that the sender of requests needs. */
export type Responses = Readonly<Record<string, Pick<Entry, 'response' | 'idempotent'>>>
export type RequestIn<T extends Table, N extends keyof T> = v.InferOutput<T[N]['request']>
export type ResponseIn<T extends Table, N extends keyof T> = v.InferOutput<T[N]['response']>
