// A sentence of the catalogue with elements in it: what stands at a value, and around words.

import type { ComponentChildren } from 'preact'
import { type ElementsOf, parts, type ValuesOf, type WordsKey } from '../../words.ts'

/** What stands at each value, and what is made around the words of each element. */
export type Slots<Key extends WordsKey> = { readonly [Name in ValuesOf<Key>]: ComponentChildren } & {
  readonly [Name in ElementsOf<Key>]: (text: string) => ComponentChildren
}

/** The sentence as children of an element. */
export function say<Key extends WordsKey>(key: Key, slots: Slots<Key>): ComponentChildren {
  const given = slots as Readonly<Record<string, ComponentChildren | ((text: string) => ComponentChildren)>>
  const values = Object.keys(given).filter((name) => typeof given[name] !== 'function')
  return parts(key, values as ValuesOf<Key>[]).map((part) => {
    if (typeof part === 'string') return part
    const slot = given[part.slot]
    return typeof slot === 'function' ? slot(part.text) : slot
  })
}
