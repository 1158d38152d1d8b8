// Finds the sealed texts of a run and opens each, whatever happens to the others.

import { type Found, findSealed, lacksLetters, lostCapitals } from '../crypto/armor.ts'
import { openTexts as openAll, type Opened as Plain, type SealedSite } from '../crypto/text.ts'
import type { TextKeys } from '../crypto/textKeys.ts'
import { Failure, type Result } from '../failure.ts'
import { type OpeningKey, type SealedUnder, sealedUnder } from '../keyring/circles.ts'
import { msPerMinute } from '../time.ts'
import type { TextRun } from './formats/runs.ts'

export type OpenOutcome = 'open' | 'not-for-us' | 'damaged' | 'lost-capitals' | 'cut-off' | 'newer-version'

interface Place {
  /** Offsets in the run's text. */
  readonly start: number
  readonly end: number
  /** Canonical; of a damaged text, the part that was in one piece. */
  readonly sealed: string
}

export interface Opened extends Place {
  readonly outcome: 'open'
  readonly text: string
  readonly sealedAt: Date
  /** `page` without a site to compare with: sealed in a page, and the text does not reveal which. */
  readonly site: SealedSite | 'page'
  readonly under: SealedUnder
}

/** The keys that open texts, and whose they are. */
export interface Opener {
  readonly textKeys: TextKeys
  readonly keys: readonly OpeningKey[]
}

export interface Unopened extends Place {
  readonly outcome: Exclude<OpenOutcome, 'open'>
}

/** Opens every sealed text of a run. `origin` is the site to compare with, or null. */
export async function openTexts(
  opener: Opener,
  { text }: TextRun,
  origin: string | null,
): Promise<(Opened | Unopened)[]> {
  const found = findSealed(text)
  const opened = await openAll(
    opener.textKeys,
    found.map(({ sealed }) => ({ sealed, origin })),
  )
  return found.map((match, index) => {
    const read = readOne(match, opened[index] ?? new Failure('damaged'), opener.keys)
    return origin === null && 'site' in read && read.site !== 'nowhere' ? { ...read, site: 'page' } : read
  })
}

function readOne(
  { start, end, sealed, fault }: Found,
  opened: Result<Plain>,
  keys: readonly OpeningKey[],
): Opened | Unopened {
  const place = { start, end, sealed }
  const code = fault ?? (opened instanceof Failure ? opened.code : null)
  if (code === 'damaged') return { ...place, outcome: damage(sealed) }
  if (code === 'not-for-us' || code === 'newer-version') return { ...place, outcome: code }
  if (opened instanceof Failure) throw opened
  const { text, minutes, site, keyIndex } = opened
  const sealedAt = new Date(minutes * msPerMinute)
  const key = keys[keyIndex]
  if (key === undefined) throw new RangeError(`expected a key below ${keys.length}, got ${keyIndex}`)
  return { ...place, outcome: 'open', text, sealedAt, site, under: sealedUnder(key, sealedAt.getTime()) }
}

function damage(sealed: string): Unopened['outcome'] {
  if (lostCapitals(sealed)) return 'lost-capitals'
  return lacksLetters(sealed) ? 'cut-off' : 'damaged'
}
