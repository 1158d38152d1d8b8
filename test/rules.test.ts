// The import rules hold: a small tree with one violation of each rule is checked, and every rule catches its own, also where
// the import is of a type only, dynamic, an export, or in a file with JSX. And no test waits for a fixed time.

import { spawnSync } from 'node:child_process'
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { parseSync } from 'vite'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { filesIn, root } from './files.ts'

const config: { forbidden: { name: string }[] } = createRequire(import.meta.url)('../.dependency-cruiser.cjs')
const rules = config.forbidden.map(({ name }) => name)
const rooms = rules.filter((name) => name.startsWith('room:')).map((name) => name.slice('room:'.length))

const custodyFolders = rules.filter((name) => name.startsWith('custody:')).map((name) => name.slice('custody:'.length))

/** One violation of each rule. Every file named `plain` is innocent. */
const planted: Record<string, string> = {
  'src/plain.ts': 'export const plain = 1',
  'src/ground.ts': "import './crypto/plain.ts'",
  'src/words.ts': "import type { en } from '../locales/en.ts'\nexport type En = typeof en",
  'src/keyring/words.ts': "import '../words.ts'",
  'src/ui/sentences.ts': "import '../../locales/en.ts'",
  'locales/en.ts': 'export const en = {}',
  'src/crypto/ring.ts': "import './gnir.ts'",
  'src/crypto/gnir.ts': "import './ring.ts'",
  'src/crypto/lost.ts': "import './missing.ts'",
  'src/utils/plain.ts': "import '../plain.ts'",
  'src/ui/utils.ts': "import '../utils/plain.ts'",
  'src/ui/disk.ts': "import { readFile } from 'node:fs'\nexport { readFile }",
  'src/ui/serves.ts': "import type { serve } from '../messages/serve.ts'\nexport type Serve = typeof serve",
  'src/ui/transfers.ts': "import '../messages/serveTransfers.ts'",
  'src/ui/detour.tsx': "export const Far = () => <p onClick={() => import('../keyring/plain.ts')} />",
  'src/ui/looks.ts': "import decodeQr from 'qr/decode.js'\nexport { decodeQr }",
  'src/ui/pairing/qr/decodeQr.ts': "import '../../plain.ts'",
  'src/page/detour.ts':
    "export * from '../custody/plain.ts'\nexport * from '../messages/protocol.ts'\nimport '../messages/transfer.ts'",
  'src/page/script/climbs.ts': "import type { plain } from '../text/plain.ts'\nexport type A = typeof plain",
  'src/page/text/plain.ts': 'export const plain = 1',
  'src/page/text/climbs.ts': "import '../field/plain.ts'",
  'src/page/field/plain.ts': 'export const plain = 1',
  'src/page/field/climbs.ts': "import '../text/plain.ts'",
  'src/page/field/kinds/climbs.ts': "import '../button/plain.ts'",
  'src/page/field/button/plain.ts': 'export const plain = 1',
  'src/page/field/button/climbs.ts': "import '../plain.ts'",
  'src/page/finder/climbs.ts': "import '../plain.ts'",
  'src/tabs/detour.ts': "import '../messages/detour.ts'",
  'src/messages/detour.ts': "import '../crypto/plain.ts'",
  'src/messages/serve.ts': 'export const serve = 1',
  'src/messages/serveTransfers.ts': 'export const serveTransfer = 1',
  'src/messages/transfer.ts': 'export const receive = 1',
  'src/messages/protocol.ts': 'export const protocol = 1',
  'entrypoints/background.ts': "import '../src/ui/plain.ts'",
  'entrypoints/page.ts': "import '../src/page/detour.ts'\nimport '../src/ui/plain.ts'",
  'entrypoints/readerFrame.ts': "import '../src/ui/plain.ts'",
  'entrypoints/qrDecoder.ts': "import '../src/page/plain.ts'",
  'entrypoints/popup/main.tsx': "import '../../src/ui/detour.tsx'\nimport '../../src/page/plain.ts'",
}
for (const room of rooms) {
  const elsewhere = room === 'cli' ? 'ui' : 'cli'
  planted[`src/${room}/plain.ts`] = 'export const plain = 1'
  planted[`src/${room}/strays.ts`] =
    `import type { plain } from '../${elsewhere}/plain.ts'\nexport type A = typeof plain`
  planted[`src/${room}/buys.ts`] = "import axe from 'axe-core'\nexport { axe }"
}

for (const folder of custodyFolders) {
  planted[`src/custody/${folder}/plain.ts`] = 'export const plain = 1'
  planted[`src/custody/${folder}/rises.ts`] =
    "import type { handlers } from '../handlers.ts'\nexport type A = typeof handlers"
}
planted['src/custody/handlers.ts'] = "import './composer/plain.ts'\nexport const handlers = 1"
planted['src/custody/vault/looks.ts'] = "import '../texts/plain.ts'"
planted['src/custody/texts/looks.ts'] = "import '../sync/plain.ts'\nimport '../vault/plain.ts'"
planted['src/custody/library/looks.ts'] = "import '../composer/plain.ts'\nimport '../texts/plain.ts'"

interface Report {
  readonly summary: { readonly violations: readonly { rule: { name: string }; from: string; to: string }[] }
}

function cruise(folder: string): Report {
  const tool = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs')
  const options = ['--config', '.dependency-cruiser.cjs', '--output-type', 'json', 'src', 'entrypoints']
  const { stdout, stderr } = spawnSync(process.execPath, [tool, ...options], { cwd: folder, encoding: 'utf8' })
  if (stdout === '') throw new Error(stderr)
  return JSON.parse(stdout)
}

describe('the import rules', () => {
  let folder: string
  let caught: string[]
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'fieldseal-rules-'))
    copyFileSync(join(root, '.dependency-cruiser.cjs'), join(folder, '.dependency-cruiser.cjs'))
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction')
    for (const [path, text] of Object.entries(planted)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), text)
    }
    caught = cruise(folder).summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`)
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  test.each(rules)('%s catches its violation', (rule) => {
    expect(
      caught.some((line) => line.startsWith(`${rule}: `)),
      caught.join('\n'),
    ).toBe(true)
  })

  test.each([
    'room:keyring: src/keyring/strays.ts → src/cli/plain.ts',
    'layer:page/script: src/page/script/climbs.ts → src/page/text/plain.ts',
    'layer:page/text: src/page/text/climbs.ts → src/page/field/plain.ts',
    'layer:page/field: src/page/field/climbs.ts → src/page/text/plain.ts',
    'layer:page/field/kinds: src/page/field/kinds/climbs.ts → src/page/field/button/plain.ts',
    'layer:page/field/button: src/page/field/button/climbs.ts → src/page/field/plain.ts',
    'layer:page/finder: src/page/finder/climbs.ts → src/page/plain.ts',
    'page-never-reaches-keys: entrypoints/page.ts → src/custody/plain.ts',
    'frames-and-ui-never-reach-the-vault: entrypoints/popup/main.tsx → src/keyring/plain.ts',
    'only-background-serves: src/ui/transfers.ts → src/messages/serveTransfers.ts',
    'among-strangers-only-its-own-entries: entrypoints/page.ts → src/messages/transfer.ts',
    'tabs-knows-no-secret: src/tabs/detour.ts → src/crypto/plain.ts',
    'custody:vault: src/custody/vault/looks.ts → src/custody/texts/plain.ts',
    'custody:texts: src/custody/texts/looks.ts → src/custody/sync/plain.ts',
    'custody:library: src/custody/library/looks.ts → src/custody/composer/plain.ts',
  ])('%s', (line) => {
    expect(caught).toContain(line)
  })

  test('what is innocent is left alone', () => {
    expect(caught.filter((line) => /: src\/(?!utils)[^/]*\/?plain\.ts →/.test(line))).toEqual([])
  })

  test('there are no rooms but those with a rule', () => {
    const folders = readdirSync(join(root, 'src'), { withFileTypes: true }).filter((each) => each.isDirectory())
    expect(folders.map(({ name }) => name).filter((name) => !rooms.includes(name))).toEqual([])
  })

  test('every folder of custody has its layer', () => {
    const folders = readdirSync(join(root, 'src/custody'), { withFileTypes: true }).filter((each) => each.isDirectory())
    expect(folders.map(({ name }) => name).toSorted()).toEqual(custodyFolders.toSorted())
  })
})

const maxFilesInSmallFolder = 15
const maxFilesInFolder = 25

/** The folders of src that hold too many files. */
function crowdedFolders(paths: readonly string[]): string[] {
  const folders = Map.groupBy(paths, (path) => dirname(path))
  return [...folders].flatMap(([folder, { length }]) => {
    const most = /^src\/(custody|page|ui)(\/|$)/.test(folder) ? maxFilesInSmallFolder : maxFilesInFolder
    return length > most ? [`${folder}: ${length}`] : []
  })
}

describe('a folder of src', () => {
  const listing = (folder: string, length: number) => Array.from({ length }, (_, index) => `${folder}/file${index}.ts`)

  test('holds no more files than one can look through', () => {
    const paths = filesIn(['src'], /./)
    expect(paths.length).toBeGreaterThan(300)
    expect(crowdedFolders(paths)).toEqual([])
  })

  test('that holds too many is found', () => {
    const full = [...listing('src/custody/vault', 15), ...listing('src/keyring', 25)]
    expect(crowdedFolders(full)).toEqual([])
    expect(crowdedFolders([...full, 'src/custody/vault/more.ts', 'src/keyring/more.ts'])).toEqual([
      'src/custody/vault: 16',
      'src/keyring: 26',
    ])
  })
})

const branches = new Set([
  'IfStatement',
  'ConditionalExpression',
  'LogicalExpression',
  'SwitchStatement',
  'ForStatement',
  'ForInStatement',
  'ForOfStatement',
  'WhileStatement',
  'DoWhileStatement',
  'TryStatement',
  'AssignmentExpression',
  'UpdateExpression',
])

/** What in this code decides or remembers something, by the kinds of its syntax. */
function decisionsIn(code: string): string[] {
  const found: string[] = []
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return
    const { type, kind, readonly } = node as { type?: string; kind?: string; readonly?: boolean }
    if (type !== undefined && branches.has(type)) found.push(type)
    if (type === 'VariableDeclaration' && kind !== 'const') found.push(`${kind}`)
    if (type === 'PropertyDefinition' && readonly !== true) found.push('field')
    for (const child of Object.values(node)) visit(child)
  }
  visit(parseSync('code.ts', code).program)
  return found
}

describe('the file that puts custody together', () => {
  test('decides nothing and remembers nothing', () => {
    expect(decisionsIn(readFileSync(join(root, 'src/custody/handlers.ts'), 'utf8'))).toEqual([])
  })

  test.each([
    ['if (locked) lock()', 'IfStatement'],
    ['const a = locked ? 1 : 2', 'ConditionalExpression'],
    ['const a = locked && lock()', 'LogicalExpression'],
    ['const a = name ?? "none"', 'LogicalExpression'],
    ['switch (name) { default: lock() }', 'SwitchStatement'],
    ['for (const part of parts) part.lock()', 'ForOfStatement'],
    ['while (locked) lock()', 'WhileStatement'],
    ['let locks: number', 'let'],
    ['state.locks = 1', 'AssignmentExpression'],
    ['state.locks++', 'UpdateExpression'],
    ['class A { #locks = 0 }', 'field'],
  ])('%s is found', (code, what) => {
    expect(decisionsIn(code)).toEqual([what])
    expect(decisionsIn(`const run = () => { ${code} }`)).toEqual([what])
  })
})

/** A wait that is over after so many milliseconds, whatever has happened by then. */
const fixedWait =
  /\b(?:pause|sleep|waitForTimeout)\(|timers\/promises|\bsetTimeout\(\s*(?:\(\) =>\s*)?(?:resolve|done)\b(?:\([^)]*\))?\s*,/
/** One that is meant says why in the line before it. */
const onPurpose = /^\s*\/\/ On purpose: /
/** How browsers are driven, and what is measured while nothing is done. */
const mayWait = /^test\/(?:bench\/|e2e\/(?:session|chromium|firefox|inPage)\.ts$)/

function fixedWaitsIn(code: string): string[] {
  const lines = code.split('\n')
  return lines.filter((line, index) => fixedWait.test(line) && !onPurpose.test(lines[index - 1] ?? ''))
}

describe('a test waits for what it means, and for no fixed time:', () => {
  test('none does', () => {
    const code = filesIn(['test'], /\.tsx?$/).filter((path) => !mayWait.test(path) && path !== 'test/rules.test.ts')
    expect(code.length).toBeGreaterThan(100)
    const found = code.flatMap((path) =>
      fixedWaitsIn(readFileSync(join(root, path), 'utf8')).map((line) => `${path}: ${line.trim()}`),
    )
    expect(found).toEqual([])
  })

  test.each([
    'await pause(600)',
    'await new Promise((resolve) => setTimeout(resolve, 600))',
    'new Promise<void>((done) => setTimeout(() => done(), ms))',
    'setTimeout(() => resolve(false), 400)',
    "import { setTimeout as later } from 'node:timers/promises'",
    'await page.waitForTimeout(100)',
  ])('%s is found', (line) => {
    expect(fixedWaitsIn(line)).toEqual([line])
    expect(fixedWaitsIn(`// For a reason.\n${line}`)).toEqual([line])
    expect(fixedWaitsIn(`// On purpose: for a reason.\n${line}`)).toEqual([])
  })

  test.each(['setTimeout(resolve)', 'await settled(session, page)', 'setTimeout(() => print())'])(
    '%s is none',
    (line) => {
      expect(fixedWaitsIn(line)).toEqual([])
    },
  )
})
