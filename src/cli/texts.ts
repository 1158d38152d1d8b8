// Finding the sealed texts of a run and opening each, whatever becomes of the others.

import type { CircleKey } from '../bytes.ts'
import { type Found, findSealed, lacksLetters, lostCapitals } from '../crypto/armor.ts'
import { openText } from '../crypto/text.ts'
import { Failure } from '../failure.ts'
import type { Run } from './runs.ts'

export type Outcome = 'open' | 'not-for-us' | 'damaged' | 'lost-capitals' | 'cut-off' | 'newer-version'

interface Place {
  /** Offsets in the run's text. */
  readonly start: number
  readonly end: number
  /** Canonical; of what is damaged, what there was of it in one piece. */
  readonly sealed: string
}

export interface Opened extends Place {
  readonly outcome: 'open'
  readonly text: string
  readonly sealedAt: Date
  /** 8 hexadecimal digits; null when it was sealed outside a page. */
  readonly siteTag: string | null
}

export interface Unopened extends Place {
  readonly outcome: Exclude<Outcome, 'open'>
}

export async function openTexts(keys: readonly CircleKey[], { text }: Run): Promise<(Opened | Unopened)[]> {
  const read: (Opened | Unopened)[] = []
  for (const found of findSealed(text)) read.push(await openOne(keys, found))
  return read
}

async function openOne(keys: readonly CircleKey[], found: Found): Promise<Opened | Unopened> {
  const { start, end, sealed, fault } = found
  const place = { start, end, sealed }
  if (fault === 'newer-version') return { ...place, outcome: fault }
  if (fault === 'damaged') return { ...place, outcome: damage(sealed) }
  try {
    const { text, minutes, siteTag } = await openText(keys, sealed)
    const tag = Buffer.from(siteTag).toString('hex')
    const sealedAt = new Date(minutes * 60_000)
    return { ...place, outcome: 'open', text, sealedAt, siteTag: tag === '00000000' ? null : tag }
  } catch (thrown) {
    if (!(thrown instanceof Failure)) throw thrown
    if (thrown.code === 'not-for-us' || thrown.code === 'newer-version') return { ...place, outcome: thrown.code }
    if (thrown.code === 'damaged') return { ...place, outcome: damage(sealed) }
    throw thrown
  }
}

function damage(sealed: string): Unopened['outcome'] {
  if (lostCapitals(sealed)) return 'lost-capitals'
  return lacksLetters(sealed) ? 'cut-off' : 'damaged'
}
