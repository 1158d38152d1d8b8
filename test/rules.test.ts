// The import rules hold: a small tree with one violation of each rule is checked, and every rule catches its own, also where
// the import is of a type only, dynamic, an export, or in a file with JSX.

import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))
const config: { forbidden: { name: string }[] } = createRequire(import.meta.url)('../.dependency-cruiser.cjs')
const rules = config.forbidden.map(({ name }) => name)
const rooms = rules.filter((name) => name.startsWith('room:')).map((name) => name.slice('room:'.length))

/** One violation of each rule. Every file named `plain` is innocent. */
const planted: Record<string, string> = {
  'src/plain.ts': 'export const plain = 1',
  'src/ground.ts': "import './crypto/plain.ts'",
  'src/crypto/ring.ts': "import './gnir.ts'",
  'src/crypto/gnir.ts': "import './ring.ts'",
  'src/crypto/lost.ts': "import './missing.ts'",
  'src/utils/plain.ts': "import '../plain.ts'",
  'src/ui/utils.ts': "import '../utils/plain.ts'",
  'src/ui/disk.ts': "import { readFile } from 'node:fs'\nexport { readFile }",
  'src/ui/serves.ts': "import type { serve } from '../messages/serve.ts'\nexport type Serve = typeof serve",
  'src/ui/detour.tsx': "export const Far = () => <p onClick={() => import('../keyring/plain.ts')} />",
  'src/ui/looks.ts': "import decodeQr from 'qr/decode.js'\nexport { decodeQr }",
  'src/ui/pairing/decodeQr.ts': "import '../plain.ts'",
  'src/page/detour.ts': "export * from '../custody/plain.ts'\nexport * from '../messages/protocol.ts'",
  'src/tabs/detour.ts': "import '../messages/detour.ts'",
  'src/messages/detour.ts': "import '../crypto/plain.ts'",
  'src/messages/serve.ts': 'export const serve = 1',
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
    'page-never-reaches-keys: entrypoints/page.ts → src/custody/plain.ts',
    'frames-and-ui-never-reach-the-vault: entrypoints/popup/main.tsx → src/keyring/plain.ts',
    'tabs-knows-no-secret: src/tabs/detour.ts → src/crypto/plain.ts',
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
})
