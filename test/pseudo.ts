// A language that nobody speaks, made from the catalogue to see what becomes of our windows in another one: its words are longer,
// its letters are none of English, it is written from right to left, and it has all plural forms there are.

import { en } from '../locales/en.ts'
import { type Catalogue, type Messages, toMessages } from '../locales/messages.ts'

const vowels = /[aeiou]/i
const plain = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'
const accented = 'áƀçðéƒĝĥíĵķļɱñóþɋŕšŧúṽŵẋýžÁƁÇÐÉƑĜĤÍĴĶĻṀÑÓÞɊŔŠŦÚṼŴẊÝŽ'

/** Shows the letters between them from right to left, as those of Arabic are by themselves. */
const [rightToLeft, end] = ['\u202e', '\u202c']

/** A sentence in that language. Values and the marks of elements stay as they are. */
const pseudoSentence = (sentence: string): string =>
  sentence
    .split(/(\{\w+\}|<\/?\w+>)/)
    .map((piece, index) => (index % 2 === 1 ? piece : piece.replace(/[^\s\d]*[a-z][^\s\d]*/gi, pseudoWord)))
    .join('')

function pseudoWord(word: string): string {
  // Vowels are two fifths of what is written in English.
  const letters = [...word].map((letter) => accentedOf(letter).repeat(vowels.test(letter) ? 2 : 1))
  return `${rightToLeft}${letters.join('')}${end}`
}

const accentedOf = (letter: string): string => [...accented][plain.indexOf(letter)] ?? letter

const forms = new Intl.PluralRules('ar').resolvedOptions().pluralCategories

/** The catalogue in that language, which says that it is Arabic. */
export function pseudoCatalogue(source: Catalogue = en): Catalogue {
  const translated = translate(source) as { extension?: Catalogue }
  return { ...translated, extension: { ...translated.extension, locale: 'ar', dir: 'rtl' } }
}

function translate(catalogue: Catalogue): Catalogue {
  const entries = Object.entries(catalogue).map(([name, entry]): [string, string | Catalogue] => {
    if (typeof entry === 'string') return [name, pseudoSentence(entry)]
    const { other } = entry
    if (typeof other !== 'string') return [name, translate(entry)]
    const formOf = (form: string) => pseudoSentence((entry[form] as string | undefined) ?? other)
    return [name, Object.fromEntries(forms.map((form) => [form, formOf(form)]))]
  })
  return Object.fromEntries(entries)
}

/** What a browser reads of it, in the place of `_locales/en/messages.json`. */
export const pseudoMessages = (): Messages => toMessages(pseudoCatalogue())
