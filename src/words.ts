// The sentences that a person reads, from the catalogue (locales/), by way of the browser's own `i18n`. For what is on screen: the core
// and the command line know nothing of it. Never to be called while a module loads: builds evaluate entry points where no browser is.

import type { en } from '../locales/en.ts'

type Keys<Tree, Path extends string = ''> = {
  [Name in keyof Tree & string]: Tree[Name] extends string
    ? `${Path}${Name}`
    : Tree[Name] extends { readonly other: string }
      ? never
      : Keys<Tree[Name], `${Path}${Name}.`>
}[keyof Tree & string]
type CountedKeys<Tree, Path extends string = ''> = {
  [Name in keyof Tree & string]: Tree[Name] extends string
    ? never
    : Tree[Name] extends { readonly other: string }
      ? `${Path}${Name}`
      : CountedKeys<Tree[Name], `${Path}${Name}.`>
}[keyof Tree & string]
type At<Tree, Key extends string> = Key extends `${infer Name}.${infer Rest}`
  ? Name extends keyof Tree
    ? At<Tree[Name], Rest>
    : never
  : Key extends keyof Tree
    ? Tree[Key]
    : never
type ValuesIn<Sentence> = Sentence extends `${string}{${infer Name}}${infer Rest}` ? Name | ValuesIn<Rest> : never
type ElementsIn<Sentence> = Sentence extends `${string}</${infer Name}>${infer Rest}` ? Name | ElementsIn<Rest> : never
type Sentence<Key extends string> = At<typeof en, Key>
type Given<Names extends string, Value> = [Names] extends [never] ? [] : [{ readonly [Name in Names]: Value }]

/** The key of a sentence. */
export type WordsKey = Keys<typeof en>
/** The key of a sentence without values: for tables of keys. */
export type PlainKey = { [Key in WordsKey]: [ValuesOf<Key>] extends [never] ? Key : never }[WordsKey]
/** The key of a sentence with a number, `{n}`, for each plural form of it. */
export type CountedKey = CountedKeys<typeof en>
/** The names of the values in a sentence, and of the elements. */
export type ValuesOf<Key extends string> = ValuesIn<Sentence<Key>>
export type ElementsOf<Key extends string> = ElementsIn<Sentence<Key>>

/** A piece of a sentence: words, or the place of a value (`text` is empty) or of an element with its words. */
export type SentencePart = string | { readonly slot: string; readonly text: string }

interface I18n {
  getMessage(name: string, values: string[]): string
}

function message(key: string, values: Readonly<Record<string, unknown>> = {}): string {
  const { i18n } = (globalThis as unknown as { chrome: { i18n: I18n } }).chrome
  const inOrder = Object.entries(values).sort()
  return i18n.getMessage(
    key.replaceAll('.', '_'),
    inOrder.map(([, value]) => String(value)),
  )
}

/** The language of the sentences, for dates, numbers and lists: never that of the browser, which may be another. */
export const locale = (): string => message('extension.locale')

/** The direction in which it is written. */
export const direction = (): string => message('extension.dir')

/** A sentence, with a value for each `{name}` in it. */
export function words<Key extends WordsKey>(
  key: Key,
  ...[values]: Given<ValuesIn<Sentence<Key>>, string | number>
): string {
  return message(key, values)
}

/** A sentence about `n` of something. */
export function counted<Key extends CountedKey>(
  key: Key,
  values: { readonly n: number } & {
    readonly [Name in Exclude<ValuesIn<Sentence<`${Key}.other`>>, 'n'>]: string | number
  },
): string {
  const { n } = values
  const form = new Intl.PluralRules(locale()).select(n)
  return message(`${key}.${form}`, { ...values, n: new Intl.NumberFormat(locale()).format(n) })
}

/**
 * A sentence in pieces, for elements within it: words, and the slots where a `{name}` of `values` or `<name>…</name>` stands. What is put
 * into a slot comes from elsewhere and is never read as a part of the sentence.
 */
export function parts<Key extends WordsKey>(key: Key, values: readonly ValuesIn<Sentence<Key>>[] = []): SentencePart[] {
  const sentence = message(key, Object.fromEntries(values.map((name) => [name, `<${name}></${name}>`])))
  const pieces: SentencePart[] = []
  let end = 0
  for (const found of sentence.matchAll(/<(\w+)>(.*?)<\/\1>/g)) {
    if (found.index > end) pieces.push(sentence.slice(end, found.index))
    pieces.push({ slot: found[1] ?? '', text: found[2] ?? '' })
    end = found.index + found[0].length
  }
  if (end < sentence.length) pieces.push(sentence.slice(end))
  return pieces
}
