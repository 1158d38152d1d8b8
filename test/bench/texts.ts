// Many texts opened and sealed by the product's own modules, in a page of the extension's, beside the bare calls of WebCrypto
// and beside other programs.

import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { waitFor } from '../e2e/session.ts'
import type * as inside from './inside.ts'
import { median, type Row, type Setting } from './measures.ts'

/** What the page holds: the bundle's one name, and what became of what was asked of it. */
interface Ground {
  inside: Record<string, (...given: never[]) => Promise<unknown>>
  outcome?: { value: unknown } | { thrown: string }
}

const many = '1,000 texts of 200 bytes'
const names = { age: 'age (typage), X25519', openpgp: 'OpenPGP.js, session key', libsodium: 'libsodium, secretbox' }
/** One round is over in milliseconds: there can be more of them. */
const roundsEach = 4

/** Puts the page into an unpacked extension. */
export async function addPage(extension: string): Promise<void> {
  const made = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      minify: false,
      target: 'es2023',
      lib: { entry: fileURLToPath(new URL('./inside.ts', import.meta.url)), name: 'inside', formats: ['iife'] },
    },
  })
  const [first] = Array.isArray(made) ? made : [made]
  if (first === undefined || !('output' in first)) throw new TypeError('expected a bundle, got none')
  await writeFile(join(extension, 'inside.js'), `${first.output[0].code}\n;globalThis.inside = inside`)
  await writeFile(
    join(extension, 'inside.html'),
    '<!doctype html><meta charset="utf-8"><script src="inside.js"></script>',
  )
}

export async function openTexts(setting: Setting): Promise<Row[]> {
  const taken = await run(setting, 'opening', setting.rounds * roundsEach, false)
  return [
    row(`opening ${many}, each under a key of its own`, taken, 'together', 'bare WebCrypto, begun together', 1.2),
    row('…', taken, 'oneByOne', 'bare WebCrypto, one by one'),
  ]
}

export async function warmTexts(setting: Setting): Promise<Row[]> {
  const taken = await run(setting, 'opening', setting.rounds * roundsEach, true)
  return [
    row('opening them again', taken, 'together', 'bare decrypting by imported keys, begun together', 1.2),
    row('…', taken, 'oneByOne', 'bare decrypting, one by one'),
  ]
}

export async function sealTexts(setting: Setting): Promise<Row[]> {
  const taken = await run(setting, 'sealing', setting.rounds * roundsEach)
  return [
    row(`sealing ${many}`, taken, 'together', 'bare WebCrypto, begun together', 1.2),
    row('…', taken, 'oneByOne', 'bare WebCrypto, one by one'),
  ]
}

export async function peers(setting: Setting): Promise<Row[]> {
  const rows: Row[] = []
  for (const [what, bytes, count] of [
    [many, 200, 1_000],
    ['100 texts of 64 kB', 64_000, 100],
  ] as const) {
    const { seal, open } = await run(setting, 'peers', setting.rounds, bytes, count)
    for (const [doing, taken] of [
      ['sealing', seal],
      ['opening', open],
    ] as const)
      for (const [name, program] of Object.entries(names)) rows.push(row(`${doing} ${what}`, taken, name, program))
  }
  return rows
}

function row(what: string, taken: inside.Taken, name: string, against: string, factor?: number): Row {
  const of = (way: string) => median(taken[way] ?? [])
  return { what, unit: 'ms', ours: of('ours'), other: of(name), against, ...(factor !== undefined && { factor }) }
}

type Inside = typeof inside

/** Asks the page, for longer than a driver waits for one answer. */
async function run<Name extends keyof Inside>(
  { session }: Setting,
  name: Name,
  ...given: Parameters<Inside[Name]>
): Promise<Awaited<ReturnType<Inside[Name]>>> {
  const page = await session.openExtensionPage('inside.html')
  await page.evaluate(
    (asked: string, all: unknown[]) => {
      const ground = globalThis as unknown as Ground
      ground.inside[asked]?.(...(all as never[])).then(
        (value) => {
          ground.outcome = { value }
        },
        (thrown) => {
          ground.outcome = { thrown: String(thrown) }
        },
      )
    },
    name,
    given as unknown[],
  )
  const look = () => page.evaluate(() => (globalThis as unknown as Ground).outcome ?? null)
  const outcome = await waitFor(`${name} to be measured`, look, { timeoutMs: 600_000, everyMs: 500 })
  await page.close()
  if ('thrown' in outcome) throw new Error(outcome.thrown)
  return outcome.value as Awaited<ReturnType<Inside[Name]>>
}
