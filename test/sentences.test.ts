// What a person reads stands in the catalogue (locales/) and nowhere else: neither in the code of what is on screen, nor in tests, which
// look it up by its key (words.ts).

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { en } from '../locales/en.ts'
import { flatten } from '../locales/messages.ts'
import { filesIn, root } from './files.ts'
import { attributeOf, calleeOf, literalsIn, type Node, rootOf } from './literals.ts'

const read = (path: string) => readFileSync(join(root, path), 'utf8')

/** Two words in a row, and a capital letter or a full stop: what a person reads has both, and names of things in code have not. */
const isSentence = (text: string): boolean =>
  /(?<![^\s“(])[\p{L}’'-]+\s+[\p{L}’'-]+(?![^\s.,:;!?…”)])/u.test(text) && /\p{Lu}|\.(?:\s|$)/u.test(text)

const isStyleSheet = (text: string): boolean => /\{[^}]*:[^}]*;/.test(text)

/** What errors of programmers say, of which none reaches a person. */
const errors = /Error$|Exception$/
const selectors = /^(?:querySelector(?:All)?|closest|matches)$/

function sentencesIn(path: string, code: string): string[] {
  return literalsIn(path, code)
    .filter(({ text }) => isSentence(text) && !isStyleSheet(text))
    .filter(
      ({ within }) =>
        !within.some((node) => {
          const callee = calleeOf(node) ?? ''
          return errors.test(callee) || selectors.test(callee) || attributeOf(node) === 'class'
        }),
    )
    .map(({ text, line }) => `${path}:${line} ${text}`)
}

describe('the code of what is on screen holds no sentence:', () => {
  const files = filesIn(['src/ui', 'src/page', 'src/frames', 'src/tabs'], /\.tsx?$/)

  test('none does', () => {
    expect(files.length).toBeGreaterThan(150)
    expect(files.flatMap((path) => sentencesIn(path, read(path)))).toEqual([])
  })

  test.each([
    ['<p>The vault is locked.</p>', 'The vault is locked.'],
    ['<Button label="Start again" />', 'Start again'],
    ["const title = open ? 'Open it' : null", 'Open it'],
    ['const made = `Made on $' + '{day}, with no texts.`', 'Made on …, with no texts.'],
    ["const table = { off: 'Nothing is sent.' }", 'Nothing is sent.'],
    ["notify('it failed. try again')", 'it failed. try again'],
  ])('%s is found', (line, text) => {
    expect(sentencesIn('planted.tsx', line)).toEqual([`planted.tsx:1 ${text}`])
  })

  test.each([
    "import { Notice } from '../parts/A notice.tsx'",
    "export * from './A notice.ts'",
    '<div class="actions Foot wide" />',
    "<div class={open ? 'actions Foot' : 'foot'} />",
    "throw new TypeError('expected a canvas. Got none')",
    'reject(new Error(`The decoder failed: $' + '{message}`))',
    "throw new DOMException('There is no camera', 'NotFoundError')",
    "document.querySelector('main H1')",
    "words('pairing.show.title')",
    "type State = 'In place'",
    "addEventListener('visibilitychange', tick)",
    'const path = `M0 0h$' + '{size}v4z`',
    "const properties = 'font-size line-height'",
  ])('%s holds none', (line) => {
    expect(sentencesIn('planted.tsx', line)).toEqual([])
  })
})

/** Each as it is read, without its elements. */
const catalogue = [...flatten(en, ['one', 'other']).values()].map((sentence) => sentence.replace(/<\/?\w+>/g, ''))
const whole = new Set(catalogue)
const all = catalogue.join('\n')
/** Fewer words are in many sentences. */
const isPart = (text: string): boolean => text.split(/\s+/).length >= 4 && all.includes(text)

/** Whether the literal names a test, or a group of tests. */
const isTitle = ([call]: readonly Node[]): boolean =>
  call?.type === 'CallExpression' && /^(?:describe|test|it)$/.test(rootOf(call) ?? '')

/** Literals of two words or more that are a sentence of the catalogue, or a part of one. */
function copiesIn(path: string, code: string): string[] {
  return literalsIn(path, code)
    .filter(({ text }) => isSentence(text) && (whole.has(text) || isPart(text)))
    .filter(({ within }) => !isTitle(within) && !within.some((node) => errors.test(calleeOf(node) ?? '')))
    .map(({ text, line }) => `${path}:${line} ${text}`)
}

/** End-to-end tests that know sentences by heart, one for each kind of window: of tabs, of the composer, of the popup. */
const byHeart: readonly string[] = ['test/e2e/mainJob.test.ts', 'test/e2e/private.test.ts', 'test/e2e/sites.test.ts']

describe('a test has no sentence of the catalogue as a literal:', () => {
  // These rooms know no sentence, or have their own; and two tests are about the catalogue.
  const elsewhere =
    /^test\/(?:(?:pages|cli|background|custody|keyring|crypto|messages|storage|bundle|bench)\/|sentences\.test|locales\.test)/
  const files = filesIn(['test', 'demo'], /\.(?:ts|tsx|mjs)$/).filter((path) => !elsewhere.test(path))

  test('none does', () => {
    expect(files.length).toBeGreaterThan(120)
    expect(files.filter((path) => !byHeart.includes(path)).flatMap((path) => copiesIn(path, read(path)))).toEqual([])
  })

  test('what is excepted has some', () => {
    expect(byHeart.filter((path) => copiesIn(path, read(path)).length === 0)).toEqual([])
  })

  test.each([
    ["await press(popup, 'Use on this site', 'switch')", 'Use on this site'],
    ["await says(popup, 'Off here, though on all other sites')", 'Off here, though on all other sites'],
    ["const unlock = 'Unlock with a passkey'", 'Unlock with a passkey'],
    ["test.each([['popup', 'Your vault is gone']])('%s', look)", 'Your vault is gone'],
    ["const link = 'Join your vault, or pair with another browser'", 'Join your vault, or pair with another browser'],
  ])('%s is found', (line, text) => {
    expect(copiesIn('planted.ts', line)).toEqual([`planted.ts:1 ${text}`])
  })

  test.each([
    "await press(popup, words('popup.site.use'), 'switch')",
    "test('Use on this site', () => undefined)",
    "describe.each(kinds)('Use on this site', () => undefined)",
    "await press(page, 'Save note')",
    "await says(page, 'Of the vault')",
    "throw new Error('There is no vault')",
    "await fill(page, 'Password', password)",
  ])('%s has none', (line) => {
    expect(copiesIn('planted.ts', line)).toEqual([])
  })
})
