// What every entry of the protocol says of itself: who may make the request, the shapes of request and response, and how often
// it may be made. An entry that leaves one of these out does not compile; who is not on its list is refused.

import type * as v from 'valibot'

/** The kinds of context there are. Which one a message is from is told by the browser's sender alone (sender.ts). */
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
  /** Whether asking twice does the same as asking once, so that a question cut off by the background's death is asked again. */
  readonly idempotent: boolean
  /**
   * Whether it is a person's act, which postpones the auto-lock: they pressed or typed something in a window of ours. Never for a
   * content script's entry: a page that took its process over could make the request all day.
   */
  readonly activity: boolean
  /**
   * It could let somebody in for good, or takes plaintext out: it needs a fresh proof by password or passkey (proof.ts).
   * `true` is enforced for all such entries in one place; `in-part`: custody asks for it where what is asked for comes to that.
   */
  readonly proof?: true | 'in-part'
}

export type Table = Readonly<Record<string, Entry>>
/** What whoever asks has to know of a table. */
export type Responses = Readonly<Record<string, Pick<Entry, 'response' | 'idempotent'>>>
export type RequestIn<T extends Table, N extends keyof T> = v.InferOutput<T[N]['request']>
export type ResponseIn<T extends Table, N extends keyof T> = v.InferOutput<T[N]['response']>
