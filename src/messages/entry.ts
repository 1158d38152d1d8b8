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
/** The part of a table that the sender of requests needs. */
export type Responses = Readonly<Record<string, Pick<Entry, 'response' | 'idempotent'>>>
export type RequestIn<T extends Table, N extends keyof T> = v.InferOutput<T[N]['request']>
export type ResponseIn<T extends Table, N extends keyof T> = v.InferOutput<T[N]['response']>
