// The documents name what exists: every path, every test title that THREATS.md quotes, every section that is linked to. And
// each entry of THREATS.md says what it must, briefly.

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { filesIn } from './files.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const read = (path: string) => readFileSync(join(root, path), 'utf8')
const names = [
  'README.md',
  'SECURITY.md',
  'ARCHITECTURE.md',
  'CONTRIBUTING.md',
  ...readdirSync(join(root, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
]
const documents = names.map((name) => [name, read(name)] as const)
const topFolders = ['demo', 'docs', 'entrypoints', 'locales', 'public', 'src', 'test']

/** Everything in backticks that looks like a path of the repository. */
function pathsIn(text: string): string[] {
  return [...text.matchAll(/`([\w.@-]+(?:\/[\w.@-]*)*)`/g)]
    .map(([, path]) => path ?? '')
    .filter((path) => topFolders.includes(path.split('/')[0] ?? '') || existsSync(join(root, path)))
}

/** The anchor GitHub gives a heading. */
const anchorOf = (heading: string) =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replace(/\s/g, '-')

function anchorsIn(text: string): Set<string> {
  return new Set([...text.matchAll(/^#+ (.+)$/gm)].map(([, heading]) => anchorOf(heading ?? '')))
}

describe.each(documents)('%s', (name, text) => {
  test('names no path that does not exist', () => {
    expect(pathsIn(text).filter((path) => !existsSync(join(root, path)))).toEqual([])
  })

  test('links to files and sections that exist', () => {
    const broken = [...text.matchAll(/\]\((?!https?:)([^)#\s]*)(?:#([^)\s]+))?\)/g)].filter(([, path = '', anchor]) => {
      const target = path === '' ? name : join(dirname(name), path)
      if (!existsSync(join(root, target))) return true
      return anchor !== undefined && !anchorsIn(read(target)).has(anchor)
    })
    expect(broken.map(([link]) => link)).toEqual([])
  })
})

/** The sections of FORMAT.md by their numbers; and those that a text speaks of, as in “FORMAT.md §6.2 and §6.3”. */
const sections = new Set(
  [...read('docs/FORMAT.md').matchAll(/^##+ ([\d.]*\d)\.? /gm)].map(([, number]) => number ?? ''),
)
const sectionsIn = (text: string): string[] =>
  [...text.matchAll(/§ ?(\d+(?:\.\d+)*)/g)].map(([, number]) => number ?? '')

describe('sections of FORMAT.md', () => {
  test('that code, tests and documents speak of exist', () => {
    const code = filesIn(['src', 'entrypoints', 'locales', 'test', 'docs'], /\.(tsx?|mjs|md)$/).filter(
      (path) => path !== 'test/docs.test.ts',
    )
    const spoken = [...code, 'README.md', 'ARCHITECTURE.md'].map((path) => [path, sectionsIn(read(path))] as const)
    expect(spoken.filter(([, numbers]) => numbers.length > 0).length).toBeGreaterThan(20)
    const missing = spoken.flatMap(([path, numbers]) =>
      numbers.filter((number) => !sections.has(number)).map((number) => `${path}: §${number}`),
    )
    expect(missing).toEqual([])
  })

  test('are told from such as there are none of', () => {
    expect(sectionsIn('FORMAT.md §6.2 and §6.30').map((number) => sections.has(number))).toEqual([true, false])
  })
})

interface Entry {
  readonly attack: string
  readonly answer: string
  readonly code: string | null
  readonly tests: string | null
}

/** The entries of THREATS.md between the list of attackers and what is not protected. */
function entriesIn(text: string): Entry[] {
  const [, listed = ''] = text.split(/^## Attackers and answers$/m)
  const [attacks = ''] = listed.split(/^## /m)
  return attacks.split(/^(?=- )/m).flatMap((block) => {
    if (!block.startsWith('- ')) return []
    // An entry ends with its last indented line; what follows it is prose.
    const [first = '', ...rest] = block.split('\n')
    const end = rest.findIndex((line) => !line.startsWith('  '))
    const lines = (end < 0 ? rest : rest.slice(0, end)).map((line) => line.trim())
    const marked = (label: string) => lines.find((line) => line.startsWith(label))?.slice(label.length) ?? null
    const answer = lines.filter((line) => !/^(Code|Tests): /.test(line)).join(' ')
    return [{ attack: first.slice(2), answer, code: marked('Code: '), tests: marked('Tests: ') }]
  })
}

const plain = (text: string) => text.replaceAll('’', "'").replaceAll("\\'", "'")

/** Each test file with the parts of titles quoted after it. */
function quotedIn(tests: string): { file: string; titles: string[] }[] {
  return tests.split(/;\s*/).map((part) => ({
    file: /`([^`]+)`/.exec(part)?.[1] ?? '',
    titles: [...part.replace(/`[^`]*`/, '').matchAll(/"([^"]+)"/g)].map(([, title]) => plain(title ?? '')),
  }))
}

/** Whether this file has a title with that in it. An ellipsis stands for what differs from case to case. */
function holdsTitle(file: string, title: string): boolean {
  const source = plain(read(file))
  return title.split('…').every((piece) => source.includes(piece.trim()))
}

describe('each entry of THREATS.md', () => {
  const entries = entriesIn(read('docs/THREATS.md'))
  const described = entries.map((entry) => [entry.attack, entry] as const)
  const attackChars = 160
  const answerChars = 520

  test('is found', () => {
    expect(entries.length).toBeGreaterThan(90)
  })

  test.each(described)('%s', (_attack, { attack, answer, code, tests }) => {
    expect(attack).toMatch(/^\*\*.+\*\*/)
    expect(attack.length).toBeLessThanOrEqual(attackChars)
    expect(answer.length).toBeGreaterThan(0)
    expect(answer.length).toBeLessThanOrEqual(answerChars)
    expect(tests, 'a line that begins with “Tests: ”').not.toBeNull()
    // What nothing prevents has no code to name.
    if (!answer.startsWith('Not prevented')) expect(pathsIn(code ?? '')).not.toEqual([])
    if (tests === null || tests.startsWith('none')) return
    for (const { file, titles } of quotedIn(tests)) {
      expect(existsSync(join(root, file)), file).toBe(true)
      // Files of attacks are played by the tests beside them; helpers of other tests prove nothing.
      if (dirname(file) !== 'test/attack') expect(basename(file)).toMatch(/\.test\.tsx?$/)
      for (const title of titles) expect(holdsTitle(file, title), `${file} has “${title}”`).toBe(true)
    }
  })
})
