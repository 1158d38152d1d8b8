// How much text a field takes, and how long its text will be when sealed. The button warns before sealing if the two are close. The limit is
// the browser's own, or one that the page writes beside the field ("12/280", "268 characters left").

import { sealedLength } from '../../../crypto/armor.ts'
import { Failure } from '../../../failure.ts'
import type { Field } from '../../script/fieldOf.ts'
import { maxChars, readQuickly } from '../kinds/field.ts'

/** The share of the limit from which the button warns. */
const nearShare = 0.8
/** Longest text that may be a counter. */
const counterChars = 60
/** How many levels above the field to look for a counter. */
const counterLevels = 3

/** A longer text is counted only in UTF-16 units. */
const countedChars = 50_000

const pair = /^\D*?([\d,.\s\u00a0]*\d)\s*(?:\/|of|von|sur|de)\s*(\d[\d,.\s\u00a0]*?)(?!\d)\D*$/i
const left = /(\d[\d,.\u00a0]*)\s*(?:characters?|chars?)?\s*(?:left|remaining)/i

/**
 * The limit in characters that a counter states; null if the words are not a counter of this field. `lengths`: the lengths of the
 * field's current text, in each unit that pages count in.
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

/** The limit of a field in characters, by the browser's rule or else by the page's words; null if there is neither. */
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
  let element: Element = field
  for (let level = 0; level < counterLevels; level++) {
    for (const sibling of [element.nextElementSibling, element.previousElementSibling]) {
      // Without this limit, each key might read the text of a whole page.
      if (sibling !== null && sibling.childElementCount <= 4)
        yield (sibling.textContent ?? '').slice(0, counterChars + 1)
    }
    if (element.parentElement === null) return
    element = element.parentElement
  }
}

export interface Fit {
  readonly needs: number
  readonly takes: number
}

/** The length of the sealed text and the field's limit, if the length is at least 80 % of the limit; else null. */
export function tightFit(field: Field): Fit | null {
  const text = readQuickly(field)
  if (text.trim() === '') return null
  const takes = limitOf(field, text)
  if (takes === null) return null
  const needs = lengthSealed(text)
  return needs !== null && needs >= takes * nearShare ? { needs, takes } : null
}

/** The length in characters; null if the text is too long to be sealed. */
function lengthSealed(text: string): number | null {
  try {
    return sealedLength(new TextEncoder().encode(text).length)
  } catch (thrown) {
    if (thrown instanceof Failure) return null
    throw thrown
  }
}
