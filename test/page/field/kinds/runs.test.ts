// Which words of a field a command to seal is about, where some of it is sealed already.

import { describe, expect, test } from 'vitest'
import { ownRunAt, sealedAt } from '../../../../src/page/field/kinds/runs.ts'
import { vectors } from '../../../crypto/vectors.ts'

const [sealed = '', other = ''] = vectors.text.map((vector) => vector.sealed)

/** The run at the caret, which stands as `|` in the text; null for none. */
function run(marked: string): string | null {
  const caret = marked.indexOf('|')
  const text = marked.replace('|', '')
  const found = ownRunAt(text, caret)
  return found === null ? null : text.slice(found.start, found.end)
}

describe('the run of words at the caret', () => {
  test.each([
    ['before a sealed text', `my own| words ${sealed}`, 'my own words'],
    ['after one', `${sealed} my own wo|rds`, 'my own words'],
    ['between two', `${sealed} my own words| ${other}`, 'my own words'],
    ['of several lines', `one\ntwo|\n\nthree\n${sealed}\nfour`, 'one\ntwo\n\nthree'],
    ['after a quoted line', `> said before\nmy| own words\n${sealed}`, 'my own words'],
    ['before a quoted line', `my own words|\n> said ${sealed}\nmore`, 'my own words'],
    ['at the very end', `${sealed}\n> said before\nmy own words|`, 'my own words'],
    ['at the very beginning', `|my own words\n${sealed}`, 'my own words'],
    ['in white space beside words', `${sealed} my own words\n\n|\n`, 'my own words'],
  ])('%s goes up to what is not the person’s own, without the white space', (_where, text, expected) => {
    expect(run(text)).toBe(expected)
  })

  test.each([
    ['in a sealed text', `words ${sealed.slice(0, 20)}|${sealed.slice(20)} words`],
    ['in a quoted line', `words\n> said| before\n${sealed}`],
    ['at the end of a quoted line', `> said before|\n${sealed}`],
    ['in an indented quoted line', `${sealed}\n  > said| before`],
    ['between two sealed texts', `${sealed} | ${other}`],
    ['after all that is sealed', `${sealed}\n|`],
  ])('%s is none', (_where, text) => {
    expect(run(text)).toBe(null)
  })

  test('ends at passages that are quoted by other means', () => {
    const text = `my own words\nquoted by the editor\n${sealed}`
    const quoted = [{ start: 13, end: 33 }]
    expect(ownRunAt(text, 3, quoted)).toEqual({ start: 0, end: 12 })
    expect(ownRunAt(text, 20, quoted)).toBe(null)
  })
})

describe('the sealed texts at a place', () => {
  const text = `a ${sealed} b ${other} c`
  const first = { start: 2, end: 2 + sealed.length }
  const at = (start: number, end = start) => sealedAt(text, { start, end }).map((found) => found.sealed)

  test('are those that a caret is in or beside', () => {
    expect([at(0), at(first.start), at(first.start + 9), at(first.end), at(first.end + 1)]).toEqual([
      [],
      [sealed],
      [sealed],
      [sealed],
      [],
    ])
  })

  test('are those of which a selection holds a part, and not those that it ends beside', () => {
    expect(at(0, first.start)).toEqual([])
    expect(at(0, first.start + 1)).toEqual([sealed])
    expect(at(first.end - 1, first.end + 2)).toEqual([sealed])
    expect(at(first.end, first.end + 3)).toEqual([])
    expect(at(0, text.length)).toEqual([sealed, other])
  })
})
