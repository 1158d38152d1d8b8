// Every box of ours that a person types into is kept from servers that check spelling or suggest words: each element of that kind
// in the sources has the attributes of src/ui/parts/box.ts. That browsers take them so is seen in test/dom/spelling.test.ts.

import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const sources = ['src/ui', 'src/frames', 'src/page', 'entrypoints'].flatMap((folder) =>
  readdirSync(`${root}/${folder}`, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.(tsx?|html)$/.test(path))
    .map((path) => `${folder}/${path}`),
)

/** Kinds of `input` that take no words. */
const wordless = /\btype="(checkbox|radio|file|number|range|button)"/
const spread = /\{\.\.\.(quietInputProps|writing)\}/
const written = ['spellcheck="false"', 'autocorrect="off"', 'writingsuggestions="false"']

/** The boxes in a source, each from its `<` to the `>` that ends it, past whatever stands in braces. */
function boxesIn(source: string): string[] {
  return [...source.matchAll(/<(?:textarea|input)\b/g)].map(({ index }) => {
    let depth = 0
    let end = index
    for (; end < source.length && (depth > 0 || source[end] !== '>'); end++) {
      if (source[end] === '{') depth++
      if (source[end] === '}') depth--
    }
    return source.slice(index, end)
  })
}

const isQuiet = (box: string) =>
  wordless.test(box) || spread.test(box) || written.every((attribute) => box.includes(attribute))

describe('a box for words', () => {
  test.each(sources)('tells nobody what is typed, in %s', (path) => {
    expect(boxesIn(readFileSync(`${root}/${path}`, 'utf8')).filter((box) => !isQuiet(box))).toEqual([])
  })

  test('is made in a source alone, and with these attributes', () => {
    const ours = sources.filter((path) => /^src\/(ui|frames)\//.test(path))
    const made = ours.filter((path) =>
      /createElement\(.(textarea|input)|contenteditable/i.test(readFileSync(`${root}/${path}`, 'utf8')),
    )
    expect(made).toEqual([])
    const box = readFileSync(`${root}/src/ui/parts/box.ts`, 'utf8')
    expect(box).toContain("quietInputProps = { spellcheck: false, autoCorrect: 'off', writingsuggestions: 'false' }")
  })

  test.each([
    ['<textarea rows={3} onInput={(event) => typed(event)} />', false],
    ['<input type="text" {...shared} />', false],
    ['<textarea onInput={(event) => typed(event)} {...writing} />', true],
    ['<input {...quietInputProps} type="text" />', true],
    ['<input type="checkbox" />', true],
    ['<textarea spellcheck="false"></textarea>', false],
  ])('is found, and judged by its own attributes: %s', (source, quiet) => {
    const [box = ''] = boxesIn(source)
    expect(isQuiet(box)).toBe(quiet)
  })
})
