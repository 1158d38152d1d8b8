// Sealed texts of many lengths through what sites do to text, looked for in the text of the HTML that comes out. The same
// transforms are loaded in real pages by test/e2e/corpus.test.ts; here there are more lengths, and no browser.

import he from 'he'
import { describe, expect, test } from 'vitest'
import { type CircleKey, randomBytes } from '../../../src/bytes.ts'
import { findSealed } from '../../../src/crypto/armor.ts'
import { sealText } from '../../../src/crypto/text.ts'
import { transforms } from './transforms.ts'

const lengths = [0, 1, 20, 21, 22, 77, 120, 200, 333, 1_000, 5_000]
const key = randomBytes(32) as CircleKey
const seal = (bytes: number) =>
  sealText(key, { text: 'x'.repeat(bytes), minutes: 29_000_000, origin: 'https://example.com' })

/** The text of a page, near enough: tags away, line breaks as they are. */
const textOf = (html: string): string => he.decode(html.replaceAll(/<br[^>]*>/g, '\n').replaceAll(/<[^>]*>/g, ''))

const places: readonly ((sealed: readonly string[]) => string)[] = [
  ([sealed]) => `${sealed}`,
  ([sealed]) => `Dear Ann, ${sealed} yours, Bob.`,
  ([one, two]) => `one ${one} two\n\n${two}\nthree`,
]

describe.each(transforms)('$name', ({ kind, longest = Number.POSITIVE_INFINITY, html }) => {
  test(kind === 'opens' ? 'leaves sealed texts whole' : 'leaves a text that is seen to be damaged', async () => {
    for (const [at, length] of lengths.entries()) {
      const both = [await seal(length), await seal(lengths[(at * 7) % lengths.length] ?? 0)]
      for (const [nth, place] of places.entries()) {
        const source = place(both)
        // Long ones in one place each: some renderers take a second for them.
        if (length > 500 && nth !== at % places.length) continue
        if (source.length > longest) continue
        const sealed = both.filter((one) => source.includes(one))
        const found = findSealed(textOf(await html(source)))
        if (kind === 'opens') {
          expect(found.map((one) => one.sealed)).toEqual(sealed)
          expect(found.every(({ fault }) => fault === null)).toBe(true)
        } else {
          expect(found).toHaveLength(sealed.length)
          expect(found.filter((one) => one.fault === null && sealed.includes(one.sealed))).toEqual([])
        }
      }
    }
  })
})
