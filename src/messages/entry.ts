// What every entry of the protocol declares: the roles that may make the request, the shapes of request and response, and whether the request
// may be repeated. An entry without one of these does not compile. A role that is not listed is refused.

import type * as v from 'valibot'

/** The kinds of context. Only the browser's sender decides the role of a message (sender.ts). */
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

/** A request that the background serves, and its response. */
export interface Entry {
  readonly roles: readonly [Role, ...Role[]]
  readonly request: v.GenericSchema
  readonly response: v.GenericSchema
  /** Whether two requests have the same effect as one. If the background dies, only such a request is repeated. */
  readonly idempotent: boolean
  /**
   * Whether it counts as the person's activity, which postpones the auto-lock: they pressed or typed something in our own window. Never
   * for a content script's entry, since a page that took over its process could send the request all day.
   */
  readonly activity: boolean
  /**
   * The request could give somebody lasting access, or exports plaintext, so it needs a fresh proof by password or passkey (proof.ts);
   * else Failure 'proof-needed'. `true`: enforced for all such entries in one place. `in-part`: custody decides by the request.
   */
  readonly proof?: true | 'in-part'
}

/** Entries by name. */
export type Table = Readonly<Record<string, Entry>>

/**
 * Data that is too large for one message crosses a port in chunks (transfer.ts). A cursor marks how far the transfer has come, so that it
 * can continue there after the background's death.
 */
export interface Transfer {
  readonly roles: readonly [Role, ...Role[]]
  /** `out` of the vault, or `in`to it. */
  readonly direction: 'out' | 'in'
  readonly request: v.GenericSchema
  readonly chunk: v.GenericSchema
  /** The state after a chunk, set by the background. `request` and this suffice to continue. */
  readonly cursor: v.GenericSchema
  readonly result: v.GenericSchema
  /** As in `Entry`; each of its chunks postpones the auto-lock. */
  readonly activity: boolean
  /** As in `Entry`; the proof must hold at each of its chunks. */
  readonly proof?: true
}

/** Transfers by name. */
export type TransferTable = Readonly<Record<string, Transfer>>
/** The part of a table that the sender of requests needs. */
export type Responses = Readonly<Record<string, Pick<Entry, 'response' | 'idempotent'>>>
export type RequestIn<T extends Table, N extends keyof T> = v.InferOutput<T[N]['request']>
export type ResponseIn<T extends Table, N extends keyof T> = v.InferOutput<T[N]['response']>
