// Plaintext files, out of the library and back: nothing is lost on the way, and nothing is left out in silence.

import fc from 'fast-check'
import { marked } from 'marked'
import { describe, expect, it } from 'vitest'
import { codeOf } from '../../../../src/failure.ts'
import { maxIdsPerMessage, maxTextCharsPerMessage, type PlainEntry } from '../../../../src/messages/vault/library.ts'
import { readFile, splitIntoBatches } from '../../../../src/ui/library/files/fileImport.ts'
import { doneSentences, fileSentence } from '../../../../src/ui/library/files/importSentences.ts'
import { escapeText, markdownHead, markdownText } from '../../../../src/ui/library/files/markdown.ts'
import { plainHead, plainTail, plainText, readPlainFile } from '../../../../src/ui/library/files/plainFile.ts'
import { counted, words } from '../../../words.ts'

const entries: fc.Arbitrary<PlainEntry> = fc.record({
  text: fc.string({ unit: 'binary' }),
  origin: fc.option(fc.webUrl({ withFragments: false })),
  url: fc.option(fc.webUrl()),
  createdAt: fc.integer({ min: -8_640_000_000_000_000, max: 8_640_000_000_000_000 }),
  changedAt: fc.integer({ min: 0, max: 4_102_444_800_000 }),
})
const note = (text: string): PlainEntry => ({ text, origin: null, url: null, createdAt: 0, changedAt: 0 })
const fileOf = (texts: readonly PlainEntry[]) =>
  plainHead(new Date(0)) + texts.map((text, index) => plainText(text, index === 0)).join('') + plainTail

describe('an export as JSON', () => {
  it('is read back as it was, text by text', () => {
    fc.assert(
      fc.property(fc.array(entries), (texts) => {
        expect(readPlainFile(fileOf(texts))).toEqual({ texts, broken: [] })
      }),
    )
  })

  it('is plain to others: a format, and texts with their sites and dates', () => {
    expect(JSON.parse(fileOf([{ ...note('Hello'), origin: 'https://example.com', createdAt: 1_000 }]))).toEqual({
      format: 'fieldseal/v1/plain',
      exportedAt: '1970-01-01T00:00:00.000Z',
      texts: [
        {
          text: 'Hello',
          origin: 'https://example.com',
          url: null,
          createdAt: '1970-01-01T00:00:01.000Z',
          changedAt: '1970-01-01T00:00:00.000Z',
        },
      ],
    })
  })

  it('says which of its texts are not whole', () => {
    const { texts } = JSON.parse(fileOf([note('one'), note('two'), note('three'), note('four')])) as {
      texts: Record<string, unknown>[]
    }
    delete texts[1]?.createdAt
    Object.assign(texts[3] ?? {}, { createdAt: 'yesterday' })
    const read = readPlainFile(JSON.stringify({ format: 'fieldseal/v1/plain', texts: [...texts, null, 5] }))
    expect(read.texts.map(({ text }) => text)).toEqual(['one', 'three'])
    expect(read.broken).toEqual([2, 4, 5, 6])
  })

  it('is refused when it is something else, cut off, or of a later version', () => {
    const code = (content: string) => {
      try {
        readPlainFile(content)
        return null
      } catch (thrown) {
        return codeOf(thrown)
      }
    }
    expect(['', '[]', '{"texts":[]}', fileOf([note('a')]).slice(0, -9)].map(code)).toEqual(Array(4).fill('damaged'))
    expect(code('{"format":"fieldseal/v2/plain","texts":[]}')).toBe('newer-version')
  })
})

describe('an export as Markdown', () => {
  const headings = (markdown: string) =>
    marked.lexer(markdown).flatMap((each) => (each.type === 'heading' ? [each.text] : []))
  const texts = [
    '# My own heading\nText\n===\nmore\n---\n\n## Another\n- a list\n1. numbers',
    '```\n# in code, and never closed',
    '<!-- a comment that swallows all',
    '~~~\ncode\n~~~\n# after code',
    '    # indented code',
    'A | B\n--|--\n1 | 2',
  ]

  it('has a heading for every text, and none from within them', () => {
    const whole = markdownHead(new Date(0)) + texts.map((text) => markdownText(note(text))).join('')
    expect(headings(whole)).toHaveLength(1 + texts.length)
  })

  it('would have others in it if they were not escaped', () => {
    expect(headings(texts.join('\n\n')).length).toBeGreaterThan(1)
  })

  it('changes nothing else in the texts', () => {
    expect(escapeText('* list\n> quote\n**bold** `#code` a # b\n#tag')).toBe(
      '* list\n> quote\n**bold** `#code` a # b\n#tag',
    )
    expect(escapeText(texts[3] ?? '')).toBe('~~~\ncode\n~~~\n\\# after code')
  })

  it('names the site and the days', () => {
    const markdown = markdownText({
      ...note('Hello *you*'),
      origin: 'https://example.com',
      url: 'https://example.com/a',
      changedAt: 9e11,
    })
    expect(markdown).toContain('## Hello \\*you\\*')
    expect(markdown).toMatch(/<https:\/\/example\.com\/a> · written .*1970.* · changed .*1998/)
  })
})

describe('files that are read in', () => {
  const file = (name: string, content: BlobPart) => new File([content], name, { lastModified: 1_234_567 })

  it('are notes of their own when they are plain text', async () => {
    const read = await readFile(file('a.md', '\uFEFFHello\n'))
    expect(read.texts).toEqual([{ ...note('Hello\n'), createdAt: 1_234_567, changedAt: 1_234_567 }])
    expect(fileSentence(read)).toBe(counted('libraryFiles.file.texts', { n: 1 }))
  })

  it('are said to be what they are when they can’t be read in', async () => {
    const files = [
      file('empty.txt', ''),
      file('blank.txt', ' \n'),
      file('latin1.txt', new Uint8Array([0x48, 0xe9])),
      file('long.txt', 'x'.repeat(1_000_001)),
      file('other.json', '{"a":1}'),
      file('later.json', '{"format":"fieldseal/v9/plain","texts":[]}'),
      file('picture.png', 'x'),
    ]
    const read = await Promise.all(files.map(readFile))
    expect(read.map(({ refused }) => refused)).toEqual([
      'empty',
      'empty',
      'not-text',
      'too-long',
      'not-ours',
      'newer-version',
      'other-kind',
    ])
    expect(read.map(fileSentence)).toEqual([
      words('libraryFiles.file.empty'),
      words('libraryFiles.file.empty'),
      words('libraryFiles.file.notText'),
      words('libraryFiles.file.tooLong'),
      words('libraryFiles.file.notOurs'),
      words('libraryFiles.file.newerVersion'),
      words('libraryFiles.file.otherKind'),
    ])
    expect(fileSentence(await readFile(file('b.fieldseal', 'x')))).toBe(words('libraryFiles.file.backup'))
  })

  it('count what is left out', () => {
    const file = { name: 'a.json', texts: [note('a')], refused: null, backup: false }
    expect(fileSentence({ ...file, broken: [2, 4] })).toBe(
      `${counted('libraryFiles.file.texts', { n: 1 })} ${counted('libraryFiles.file.broken', { n: 2, numbers: '2, 4' })}`,
    )
    const broken = Array.from({ length: 25 }, (_, index) => index + 1)
    const sentence = fileSentence({ ...file, broken })
    expect(sentence).toMatch(/^1 text\. 25 more are not whole and will be left out: number 1, 2, .*20 and 5 more\.$/)
    expect(doneSentences(3, { 'too-long': 1, damaged: 0 })).toEqual([
      counted('libraryFiles.import.done', { n: 3 }),
      counted('libraryFiles.import.tooLong', { n: 1 }),
    ])
  })

  it('are handed over in chunks that a message holds, in their order', () => {
    const texts = Array.from({ length: 2 * maxIdsPerMessage + 1 }, (_, index) => note(String(index)))
    expect(splitIntoBatches(texts).map((batch) => batch.texts.length)).toEqual([maxIdsPerMessage, maxIdsPerMessage, 1])
    expect(splitIntoBatches(texts).flatMap((batch) => batch.texts)).toEqual(texts)
    const long = [note('x'.repeat(maxTextCharsPerMessage)), note('y'), note('z')]
    expect(splitIntoBatches(long).map((batch) => batch.texts.length)).toEqual([1, 2])
    expect(splitIntoBatches([])).toEqual([])
  })
})
