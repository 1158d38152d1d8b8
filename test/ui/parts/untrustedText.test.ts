// What somebody else may have written stands apart in our windows (src/ui/parts/untrustedText.tsx), wherever it is shown. Held against
// the sources: whoever shows one of these words without it, or builds a sentence around one, is found here.

import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'

const folder = fileURLToPath(new URL('../../../src/ui', import.meta.url))
const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.tsx'))

/** What pages, and people with other vaults, name as they like. */
const foreign =
  '(?:\\w+\\.)*(?:host|sealedOn|circle|name|(?:mark|draft\\.title|entry)\\.(?:label|text|title)|target\\.field|draft\\.title)'
/** As a child of an element, or in a sentence that is built around it. */
const shown = new RegExp(`(?<![=$])\\{(${foreign})(?: \\|\\| (?:words\\()?'[^']*'\\)?)?\\}`, 'g')
const within = new RegExp(`(?<!=\\{)\`[^\`]*\\$\\{(${foreign})\\}`, 'g')

/** A paragraph of its own. */
const ours: Readonly<Record<string, readonly string[]>> = {
  'library/entry/draftPane.tsx': ['draft.title.text'],
}

function bare(source: string): string[] {
  const found = [...source.matchAll(shown)].filter(
    ({ index }) => !/<UntrustedText[^<>]*>\s*$/.test(source.slice(0, index)),
  )
  const built = [...source.matchAll(within)].map(([, word = '']) => `$${word}`)
  return [...found.map(([, word = '']) => word), ...built]
}

describe('words of others', () => {
  test.each(sources)('stand apart in %s', (path) => {
    const found = bare(readFileSync(`${folder}/${path}`, 'utf8'))
    expect(found.filter((word) => ours[path]?.includes(word) !== true)).toEqual([])
  })

  test.each(Object.entries(ours))('are excepted in %s for a reason that still holds', (path, words) => {
    expect(bare(readFileSync(`${folder}/${path}`, 'utf8'))).toEqual(expect.arrayContaining([...words]))
  })

  test('stand in <bdi> by one component alone', () => {
    const by = sources.filter((path) => /<bdi\b/.test(readFileSync(`${folder}/${path}`, 'utf8')))
    expect(by).toEqual(['parts/untrustedText.tsx'])
  })

  test.each([
    ['<b>{target.host}</b>', ['target.host']],
    ['<b><UntrustedText>{target.host}</UntrustedText></b>', []],
    ["<b>{draft.title || 'Untitled'}</b>", ['draft.title']],
    ["<b>{draft.title || words('composer.unfinished.untitled')}</b>", ['draft.title']],
    [['<b>{here ? `Goes to $', '{host}` : null}</b>'].join(''), ['$host']],
    ['<b>“{circle}”</b>', ['circle']],
    ['<Line host={host} />', []],
  ])('are found where they do not: %s', (source, words) => {
    expect(bare(source)).toEqual(words)
  })
})
