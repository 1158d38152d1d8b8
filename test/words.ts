// Sentences for tests, by their keys: so that none breaks when they are worded otherwise. Gives Node what browsers have for it.

import { en } from '../locales/en.ts'
import { type Messages, toMessages } from '../locales/messages.ts'
import { counted, type ElementsOf, parts, type ValuesOf, type WordsKey, words } from '../src/words.ts'
import { messageIn } from './i18n.ts'

const english = toMessages(en)
let messages = english

/** Looks sentences up in another language from now on, or in English again. */
export function speak(language: Messages = english): void {
  messages = language
}

/** As in a browser whose language that is: English, unless a test speaks another. */
export const i18n = { getMessage: (name: string, values?: string[]) => messageIn(messages, name, values) }

const world = globalThis as { chrome?: object }
world.chrome ??= { i18n }

/** A sentence as it is read, with its values, whatever elements stand in it. */
export function plainWords<Key extends WordsKey>(key: Key, values?: Readonly<Record<ValuesOf<Key>, string>>): string {
  const given: Readonly<Record<string, string>> = values ?? {}
  return parts(key, Object.keys(given) as ValuesOf<Key>[])
    .map((part) => (typeof part === 'string' ? part : (given[part.slot] ?? part.text)))
    .join('')
}

/** A value that a test does not know, in a sentence for `patternOf`. */
export const anyValue = '\u0000'

/** Matches a sentence, whatever stands at each `anyValue` in it. */
export const patternOf = (sentence: string): RegExp =>
  new RegExp(sentence.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll(anyValue, '.+'))

/** What stands in an element of a sentence: of a link, its name. */
export function wordsWithin<Key extends WordsKey>(key: Key, element: ElementsOf<Key>): string {
  const part = parts(key).find((each) => typeof each === 'object' && each.slot === element)
  if (typeof part !== 'object') throw new RangeError(`${key}: expected <${element}>, got none`)
  return part.text
}

export { counted, parts, words }
