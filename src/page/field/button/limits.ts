// How much text a field takes, and how long its text will be when sealed; said before sealing when the two come close. A limit is the
// browser's own, or what the page says beside the field ("12/280", "268 characters left").

import { sealedLength } from '../../../crypto/armor.ts'
import { Failure } from '../../../failure.ts'
import type { Field } from '../../script/fieldOf.ts'
import { maxChars, readQuickly } from '../kinds/field.ts'

/** From this part of the limit on it is told. */
const nearShare = 0.8
/** A counter is a few words. */
const counterChars = 60
/** How far around the field a counter is looked for. */
const counterLevels = 3

/** In a longer text letters are counted as the browser does. */
const countedChars = 50_000

const pair = /^\D*?([\d,.\s\u00a0]*\d)\s*(?:\/|of|von|sur|de)\s*(\d[\d,.\s\u00a0]*?)(?!\d)\D*$/i
const left = /(\d[\d,.\u00a0]*)\s*(?:characters?|chars?)?\s*(?:left|remaining)/i

/**
 * The characters that a counter says a field takes; null when it is no counter of this field. `lengths` are those of what
 * stands there now, in the units that pages count in.
 */
export function limitInWords(words: string, lengths: readonly number[]): number | null {
  if (words.length > counterChars) return null
  const [, used, most] = pair.exec(words.trim()) ?? []
  if (used !== undefined && most !== undefined) {
    return lengths.includes(numberIn(used)) && numberIn(most) > 0 ? numberIn(most) : null
  }
  const [, rest] = left.exec(words) ?? []
  return rest === undefined ? null : (lengths[0] ?? 0) + numberIn(rest)
}

const numberIn = (digits: string) => Number(digits.replaceAll(/\D/g, ''))

/** What a field takes in characters, by the browser's rule or by the page's words; null where neither says. */
export function limitOf(field: Field, text = readQuickly(field)): number | null {
  const rule = maxChars(field)
  if (rule !== null) return rule
  const lengths = text.length > countedChars ? [text.length] : [text.length, [...text].length]
  for (const words of wordsAround(field)) {
    const limit = limitInWords(words, lengths)
    if (limit !== null) return limit
  }
  return null
}

function* wordsAround(field: Field): Iterable<string> {
  const root = field.getRootNode() as Document | ShadowRoot
  for (const id of (field.getAttribute('aria-describedby') ?? '').split(/\s+/)) {
    const words = id === '' ? undefined : root.getElementById(id)?.textContent
    if (words) yield words
  }
  let at: Element = field
  for (let level = 0; level < counterLevels; level++) {
    for (const beside of [at.nextElementSibling, at.previousElementSibling]) {
      // `textContent` of a whole page beside the field would be read at each key.
      if (beside !== null && beside.childElementCount <= 4) yield (beside.textContent ?? '').slice(0, counterChars + 1)
    }
    if (at.parentElement === null) return
    at = at.parentElement
  }
}

export interface Fit {
  readonly needs: number
  readonly takes: number
}

/** What a text needs when sealed, and what the field takes, when the first comes near the second or is more; else null. */
export function tightFit(field: Field): Fit | null {
  const text = readQuickly(field)
  if (text.trim() === '') return null
  const takes = limitOf(field, text)
  if (takes === null) return null
  const needs = lengthSealed(text)
  return needs !== null && needs >= takes * nearShare ? { needs, takes } : null
}

/** Null for a text that is too long to be sealed at all. */
function lengthSealed(text: string): number | null {
  try {
    return sealedLength(new TextEncoder().encode(text).length)
  } catch (thrown) {
    if (thrown instanceof Failure) return null
    throw thrown
  }
}
