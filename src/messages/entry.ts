// What every entry of the protocol says of itself: who may ask, and in which shapes. An entry without its `from` does not
// compile; who is not on the list is refused.

import type * as v from 'valibot'

/** The kinds of context there are. Which one a message is from is told by the browser's sender alone (peer.ts). */
export const peers = [
  'popup',
  'onboarding',
  'options',
  'composer',
  'library',
  'clipboard',
  'reader',
  'content',
] as const
export type Peer = (typeof peers)[number]

export interface Entry {
  readonly from: readonly [Peer, ...Peer[]]
  readonly ask: v.GenericSchema
  readonly answer: v.GenericSchema
  /** Whether asking twice does the same as asking once, so that a question cut off by the background's death is asked again. */
  readonly again: boolean
  /**
   * It could let somebody in for good, or takes plaintext out: it needs a fresh proof by password or passkey (proving.ts).
   * `true` is enforced for all such entries in one place; `in-part`: custody asks for it where what is asked for comes to that.
   */
  readonly proof?: true | 'in-part'
}

export type Table = Readonly<Record<string, Entry>>
export type AskIn<T extends Table, N extends keyof T> = v.InferOutput<T[N]['ask']>
export type AnswerIn<T extends Table, N extends keyof T> = v.InferOutput<T[N]['answer']>
