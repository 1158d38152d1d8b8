// A copy of every text that is sealed, for the store of copies. It is kept before the site has the text: what the site then
// loses is not lost.

import type { Texts } from './texts.ts'

/** A text that was sealed, and where. */
export interface SealedCopy {
  readonly text: string
  readonly sealed: string
  /** Null for a text that is on no site. */
  readonly origin: string | null
  readonly url: string | null
  /** The sealed text in whose place it comes, where that is known. */
  readonly replaces: string | null
  readonly inPrivate: boolean
}

export interface CopyStore {
  /** Keeps it, unless it is from a private window or that was not chosen. Never throws a Failure. */
  keep(copy: SealedCopy): Promise<void>
  /** The origin that this text was sealed on, where a copy records it. Failure 'locked'. */
  sealedOn(sealed: string): Promise<string | null>
}

/** Seals a text and keeps a copy. Failure as `Texts.seal`. */
export async function sealWithCopy(texts: Texts, copies: CopyStore, copy: Omit<SealedCopy, 'sealed'>): Promise<string> {
  const sealed = await texts.seal(copy.text, copy.origin)
  await copies.keep({ ...copy, sealed })
  return sealed
}
