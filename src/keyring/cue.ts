// The cue: two words and a colour, drawn once per vault, by which a person tells our windows from a page's imitation.
// Not a secret key, but never given to a page. FORMAT.md §6.3.

import { wordlist } from '@scure/bip39/wordlists/english.js'
import * as v from 'valibot'
import { decodeBase64url, randomBytes } from '../bytes.ts'

// Eight, so that three random bits choose without bias; the list has 2048 words for the same reason.
export const cueColours = ['red', 'orange', 'yellow', 'green', 'teal', 'blue', 'purple', 'pink'] as const
export type CueColour = (typeof cueColours)[number]

/** Two words and a colour. FORMAT.md §6.3. */
export interface Cue {
  /** Two different English words in lower case. */
  readonly words: readonly [string, string]
  readonly colour: CueColour
}

const word = v.pipe(v.string(), v.regex(/^[a-z]{1,32}$/))
/** The stored form of a cue. FORMAT.md §6.3. */
export const cueShape = v.looseObject({ words: v.strictTuple([word, word]), colour: v.picklist(cueColours) })

/** A random cue, drawn from 6 bytes. FORMAT.md §6.3. */
export function newCue(): Cue {
  for (;;) {
    const cue = cueFrom(randomBytes(6))
    if (cue.words[0] !== cue.words[1]) return cue
  }
}

/** The cue of a vault: the one in its body, or, if another implementation stored none, the one that its random id gives. */
export function cueOf({ vaultId, body }: { readonly vaultId: string; readonly body: { readonly cue?: Cue } }): Cue {
  return body.cue ?? cueFrom(decodeBase64url(vaultId))
}

/** A cue from the first 6 bytes, two for each part. */
function cueFrom(bytes: Uint8Array): Cue {
  return {
    words: [pick(wordlist, bytes.subarray(0, 2)), pick(wordlist, bytes.subarray(2, 4))],
    colour: pick(cueColours, bytes.subarray(4, 6)),
  }
}

/** Picks an item without bias from a list whose length is a power of two, at most 65536. */
function pick<Item>(list: readonly Item[], [high = 0, low = 0]: Uint8Array): Item {
  const item = list[(high * 256 + low) % list.length]
  if (item === undefined) throw new RangeError('expected a list with items')
  return item
}
