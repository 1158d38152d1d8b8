// `npm run bench`: how fast the built extension is in the real browsers, as ratios to named alternatives of the same run.
// `--browser=chromium|firefox`, `--only=scan,bursts,stream,typing,twenty,thousand,unlock,readable,texts,warmTexts,sealTexts,peers,rekey,open,search,huge,merge`, `--rounds=N` (5).

import { readFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { buildFor } from '../e2e/browsers.ts'
import { servePages } from '../e2e/pages.ts'
import { type Kind, kinds } from '../e2e/session.ts'
import { clear, fill, placeVault, sealedIn, sealField } from '../e2e/steps.ts'
import { lengths } from './lengths.ts'
import { hugeLibrary, libraryOpens, rekeying, searching } from './library.ts'
import {
  bursts,
  firstScan,
  type Longest,
  type Row,
  type Setting,
  streaming,
  thousand,
  twenty,
  typing,
} from './measures.ts'
import { serveSites, serveTexts } from './sites.ts'
import { addPage, openTexts, peers, sealTexts, warmTexts } from './texts.ts'
import { merging, password, readable, unlocking } from './vault.ts'
import { openBench, watchSite } from './watch.ts'

/** What is asked of the browser here. */
interface Api {
  tabs: { query(asked: object): Promise<{ id: number }[]> }
  scripting: { executeScript(what: object): Promise<{ result: string[] }[]> }
  runtime: { sendMessage(message: object): Promise<{ value: { sealed: string } }> }
}

const option = (name: string) => process.argv.find((each) => each.startsWith(`--${name}=`))?.slice(name.length + 3)
const rounds = Number(option('rounds') ?? 5)
const only = option('only')?.split(',')
const longestTaskMs: Record<Kind, number> = { chromium: 16, firefox: 30 }
const contentScriptAtMost = 20_000

const measures = {
  scan: firstScan,
  bursts,
  stream: streaming,
  typing,
  twenty,
  thousand,
  unlock: unlocking,
  readable,
  texts: openTexts,
  warmTexts,
  sealTexts,
  peers,
  rekey: rekeying,
  open: libraryOpens,
  search: searching,
  huge: hugeLibrary,
} as const
const inPage: readonly (keyof typeof measures)[] = ['texts', 'warmTexts', 'sealTexts', 'peers']
const sealedFirst: readonly (keyof typeof measures)[] = ['twenty', 'thousand', 'unlock', 'readable']

async function measure(kind: Kind): Promise<{ rows: Row[]; tasks: Longest; version: string }> {
  const pages = await servePages()
  const names = (Object.keys(measures) as (keyof typeof measures)[]).filter((name) => only?.includes(name) ?? true)
  const { session, close } = await openBench(kind, names.some((name) => inPage.includes(name)) ? addPage : undefined)
  try {
    serveSites(pages)
    const elsewhere = pages.origin.replace('127.0.0.1', 'localhost')
    const setting: Setting = { session, pages, elsewhere, rounds }
    await watchSite(session, pages.origin)
    if (names.some((name) => sealedFirst.includes(name))) await placeTexts(setting)
    const rows: Row[] = []
    const tasks: Longest = new Map()
    for (const name of names) {
      console.error(`${kind}: ${name} …`)
      const measured = () => measures[name](setting, tasks)
      // A tab that the driver loses sight of ends a measurement; it is begun anew, once.
      rows.push(
        ...(await measured().catch((thrown: unknown) => {
          console.error(`${kind}: ${name}, once more: ${String(thrown)}`)
          return measured()
        })),
      )
    }
    if (session.problems.length > 0) throw new Error(session.problems.join('\n'))
    return { rows, tasks, version: await session.browser.version() }
  } finally {
    await close()
    await pages.close()
  }
}

/** Seals a thousand texts as a person would, by the extension itself, and serves pages of them. */
async function placeTexts({ session, pages }: Setting): Promise<void> {
  await placeVault(session, password)
  const page = await session.newPage(`${pages.origin}/write`)
  await fill(page, 'Text', 'text 0')
  await sealField(session, page, 'Text')
  await sealedIn(page, 'Text')
  await clear(page, 'Text')
  // The rest by the same question that the content script asks, from its world.
  const texts = await session.inBackground(async ({ chrome }, count: number) => {
    const { tabs, scripting } = chrome as unknown as Api
    const [tab] = await tabs.query({ active: true, lastFocusedWindow: true })
    const [done] = await scripting.executeScript({ target: { tabId: tab?.id }, func: sealMany, args: [count] })
    return done?.result ?? []

    async function sealMany(many: number): Promise<string[]> {
      const { runtime } = (globalThis as unknown as { chrome: Api }).chrome
      const ask = (i: number) => runtime.sendMessage({ name: 'seal', request: { text: `text ${i}`, replaces: null } })
      const answers = await Promise.all(Array.from({ length: many }, (_, i) => ask(i)))
      return answers.map(({ value }) => value.sealed)
    }
  }, 1_000)
  if (texts.length !== 1_000) throw new Error(`${texts.length} texts were sealed`)
  await page.close()
  serveTexts(pages, '/thousand', texts, 'margin: 24px 0')
  serveTexts(pages, '/twenty', texts.slice(0, 20), 'float: left; width: 200px; height: 90px; overflow: hidden')
}

const fixed = (value: number, unit: string) => `${value.toFixed(unit === 'ms' || unit === 'MB' ? 1 : 0)} ${unit}`

function line(row: Row): string[] {
  const { what, unit, ours, other, against, most } = row
  const beside = most === undefined && against !== ''
  const ratio = beside ? (ours / other).toFixed(2) : ''
  const shown = unit === 'texts' ? `${1_000 - ours} of 1,000` : fixed(ours, unit)
  return [what, shown, beside ? `${fixed(other, unit)} (${against})` : '', ratio, ...wantedOf(row)]
}

/** What was wanted, and whether it holds; nothing where it is only to be known. */
function wantedOf({ unit, ours, other, factor, most }: Row): string[] {
  if (factor !== undefined) return [`≤ ${factor}`, ours <= factor * other ? 'yes' : 'NO']
  if (most === undefined) return ['', '']
  const wanted = unit === 'texts' ? 'all' : `≤ ${most} ${unit}`
  return [wanted, ours <= most ? 'yes' : 'NO']
}

function table(rows: readonly (readonly string[])[]): string {
  return rows
    .map((cells, i) => `| ${cells.join(' | ')} |${i === 0 ? `\n|${'---|'.repeat(cells.length)}` : ''}`)
    .join('\n')
}

const browsers = kinds.filter((kind) => (option('browser') ?? kind) === kind)
const head = ['what', 'ours', 'the alternative', 'ratio', 'wanted', 'holds']
console.log(
  `Measured on ${new Date().toISOString().slice(0, 10)}, ${cpus().length} × ${cpus()[0]?.model.trim()}, medians of ${rounds} rounds.`,
)
for (const kind of browsers) {
  const { rows, tasks, version } = await measure(kind)
  console.log(`\n### ${version}\n`)
  const longest = [...tasks].map(([page, ms]) => {
    const limit = longestTaskMs[kind]
    return [`longest task of ours: ${page}`, fixed(ms, 'ms'), '', '', `≤ ${limit} ms`, ms <= limit ? 'yes' : 'NO']
  })
  const size = gzipSync(readFileSync(join(buildFor(kind), 'page.js')), { level: 9 }).length
  const fits = size <= contentScriptAtMost
  const weight = [
    'content script, gzipped',
    `${size} bytes`,
    '',
    '',
    `≤ ${contentScriptAtMost} bytes`,
    fits ? 'yes' : 'NO',
  ]
  console.log(table([head, ...rows.map(line), ...longest, weight]))
}
if (only?.includes('merge') ?? true) {
  console.log(`\n### Node ${process.version}\n`)
  console.log(table([head, ...(await merging(rounds)).map(line)]))
}
console.log('\n### Length of what is sealed, in characters\n')
const compared = await lengths()
console.log(
  table([
    ['bytes of text', 'Fieldseal', 'age (one X25519 recipient, armored)', 'OpenPGP.js (password, armored)', 'shortest'],
    ...compared.map(({ bytes, ours, age, openpgp }) => [
      ...[bytes, ours, age, openpgp].map((value) => value.toLocaleString('en')),
      ours < Math.min(age, openpgp) ? 'yes' : 'NO',
    ]),
  ]),
)
