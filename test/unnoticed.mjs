// What no quick test would notice: each exported function of the page, the reader frames and our windows returns nothing, one after
// the other, while test files run that call it: units first, then files of test/dom in Chromium. Those that fail no file are
// listed. A few may be; they and the reasons stand in test/unnoticed/list.ts.
//
//     node test/unnoticed.mjs [--only=src/page/fields] [--tier=unit] [--shard=1/4] [--resume]
//
// `--resume` goes on where the last run ended: what it found out is in test-results/unnoticed.

import { spawn } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ensurePrograms, env, goOnUnderPinnedNode, root } from '../demo/ensure.mjs'

goOnUnderPinnedNode(fileURLToPath(import.meta.url))
const { parseSync } = await import('vite')
const { filesIn } = await import('./files.ts')
const { exportedFunctions } = await import('./unnoticed/plugin.ts')
const { unnoticed: listed } = await import('./unnoticed/list.ts')

/** Of all functions, how many the list may hold. */
const mostListed = 0.05
/** So many test files are tried for a function in each tier: those first that are named like a part of its path, or call it soonest. */
const mostFiles = 5
/** So many are run by one process, and noted when it ends. */
const batch = 10
/** How long tests wait for what does not come. */
const patienceMs = 5000
/** A run that tells nothing for so long hangs. */
const silenceMs = { unit: 60_000, dom: 150_000 }

const given = (name) =>
  process.argv.find((argument) => argument.startsWith(`--${name}=`))?.slice(name.length + 3) ?? null
const resuming = process.argv.includes('--resume')
const tiers = (given('tier') ?? 'unit,dom').split(',')
const results = join(root, 'test-results/unnoticed')
/** Where the build goes in which functions can be nulled (unnoticed/wxt.config.ts); it stands there for the ordinary one, too. */
const builds = join(root, '.output/nulling')
const nullingEnv = {
  ...env(),
  FIELDSEAL_NULLING: 'yes',
  FIELDSEAL_PATIENCE_MS: String(patienceMs),
  FIELDSEAL_BUILT: 'yes',
  FIELDSEAL_BUILDS: builds,
  // The share of long tests that runs each day notices as much.
  FIELDSEAL_ALL: undefined,
  FIELDSEAL_DEPTH: undefined,
}

const read = (path) => readFileSync(join(root, path), 'utf8')

const all = filesIn(['src/page', 'src/frames', 'src/ui'], /\.tsx?$/).flatMap((path) =>
  exportedFunctions(parseSync(path, read(path)).program).map(({ name }) => `${path} ${name}`),
)
const [part, parts] = (given('shard') ?? '1/1').split('/').map(Number)
const chosen = all.filter((name, index) => name.startsWith(given('only') ?? '') && index % parts === part - 1)

const isListed = (name) => listed.some((each) => each.name === name)

/** Test files by their tier. A unit test reaches these rooms by importing from them. */
const testFiles = {
  unit: filesIn(['test'], /^test\/(?!e2e|dom|attack|pages|bundle|cli|bench).*\.test\.tsx?$/).filter((path) =>
    /from '(\.\.\/)+src\/(page|frames|ui)\//.test(read(path)),
  ),
  dom: filesIn(['test/dom'], /\.test\.ts$/),
}

/** Runs a program to its end, or to where it says nothing more. */
function vitest(tier, told) {
  const args = ['run', '--config', 'test/unnoticed/vitest.config.ts', '--project', tier]
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [join(root, 'node_modules/vitest/vitest.mjs'), ...args], {
      cwd: root,
      env: { ...nullingEnv, FIELDSEAL_TOLD: told },
      stdio: ['ignore', 'ignore', 'pipe'],
      detached: true,
    })
    let complaints = ''
    child.stderr.on('data', (bytes) => {
      complaints += bytes
    })
    const stop = () => {
      // With its workers and their browsers.
      try {
        process.kill(-child.pid, 'SIGKILL')
      } catch {}
    }
    process.once('exit', stop)
    let size = 0
    let since = Date.now()
    const timer = setInterval(() => {
      const now = existsSync(told) ? readFileSync(told).length : 0
      if (now !== size) [size, since] = [now, Date.now()]
      else if (Date.now() - since > silenceMs[tier]) stop()
    }, 2000)
    child.on('close', () => {
      clearInterval(timer)
      stop()
      process.off('exit', stop)
      resolve(complaints)
    })
  })
}

/** Runs each of `runs`, `{ file, setup }`; gives of each, in their order, how it failed, or null, and its milliseconds. */
async function runAll(tier, runs) {
  const folder = join(results, tier)
  const outcomes = new Map()
  let left = runs.map((run, index) => ({ ...run, id: `${String(index).padStart(4, '0')}.test.ts` }))
  while (left.length > 0) {
    rmSync(folder, { recursive: true, force: true })
    mkdirSync(folder, { recursive: true })
    for (const { id, file, setup } of left) {
      // The number makes it another module, which runs anew where workers are shared.
      const again = tier === 'dom' ? `?${id}` : ''
      const lines = [
        `import { recordCalls, nullOne } from '../../../test/unnoticed/run.ts'`,
        setup,
        `await import('../../../${file}${again}')`,
      ]
      writeFileSync(join(folder, id), `${lines.join('\n')}\n`)
    }
    const told = join(results, `${tier}.jsonl`)
    rmSync(told, { force: true })
    const complaints = await vitest(tier, told)
    const lines = existsSync(told)
      ? readFileSync(told, 'utf8')
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line))
      : []
    const begun = lines.findLast(({ begins }) => begins)?.run
    for (const { run, begins, failure, ms } of lines) {
      if (run === undefined || begins) continue
      const { failure: before = null, ms: took = 0 } = outcomes.get(run) ?? {}
      outcomes.set(run, { failure: before ?? failure, ms: ms ?? took })
    }
    if (begun === undefined) throw new Error(`Nothing ran:\n${complaints}`)
    if (!outcomes.has(begun)) outcomes.set(begun, { failure: 'It hung, or its worker ended', ms: 0 })
    left = left.filter(({ id }) => !outcomes.has(id))
  }
  return runs.map((_, index) => outcomes.get(`${String(index).padStart(4, '0')}.test.ts`))
}

/** For each test file of a tier, after how many milliseconds it first calls which function. */
async function record(tier) {
  const noteOf = (file) => join(results, 'calls', `${file.replaceAll('/', '.')}.json`)
  const files = testFiles[tier]
  const unknown = files.filter((file) => !resuming || !existsSync(noteOf(file)))
  for (const file of unknown) rmSync(noteOf(file), { force: true })
  const runs = unknown.map((file) => ({ file, setup: `recordCalls(${JSON.stringify(noteOf(file))})` }))
  const outcomes = runs.length === 0 ? [] : await runAll(tier, runs)
  for (const [index, file] of unknown.entries()) {
    const { failure, ms } = outcomes[index]
    const seconds = (ms / 1000).toFixed(1).padStart(6)
    console.log(`${failure === null ? 'fine  ' : 'FAILED'} ${seconds} s  ${file}  ${failure ?? ''}`)
    if (failure === null) continue
    // What fails by itself notices nothing.
    rmSync(noteOf(file), { force: true })
    failures.push(`${file} fails where every function does its work: ${failure}`)
  }
  const known = files.filter((file) => existsSync(noteOf(file)))
  return Object.fromEntries(known.map((file) => [file, JSON.parse(readFileSync(noteOf(file), 'utf8'))]))
}

/** What is wrong, for the end. */
const failures = []
const seenFile = join(results, 'seen.json')
/** Of each function: the test file that noticed, how it failed, and all that were tried. */
const seen = resuming && existsSync(seenFile) ? JSON.parse(readFileSync(seenFile, 'utf8')) : {}
const of = (name) => (seen[name] ??= { noticedBy: null, failure: null, tried: [] })
const unseen = () => chosen.filter((name) => of(name).noticedBy === null)

/** Runs each of `tries`, `{ name, file }`, in the tier, and notes what came of it. */
async function tryThese(tier, tries) {
  for (let index = 0; index < tries.length; index += batch) {
    const now = tries.slice(index, index + batch)
    const outcomes = await runAll(
      tier,
      now.map(({ name, file }) => ({ file, setup: `nullOne(${JSON.stringify(name)})` })),
    )
    for (const [nth, { name, file }] of now.entries()) {
      const { failure } = outcomes[nth]
      of(name).tried.push(file)
      Object.assign(of(name), failure === null ? { noticedBy: null, failure } : { noticedBy: file, failure })
    }
    writeFileSync(seenFile, JSON.stringify(seen, null, 2))
  }
}

/** The test files that call a function, in the order in which to try them. */
function filesFor(name, calls) {
  const parts = name.split(/[ /.]/)
  const isAkin = (file) => parts.includes(basename(file, '.test.ts'))
  return Object.keys(calls)
    .filter((file) => name in calls[file])
    .toSorted((one, other) => isAkin(other) - isAkin(one) || calls[one][name] - calls[other][name])
    .slice(0, mostFiles)
}

async function tryAll(tier) {
  const calls = await record(tier)
  for (let round = 0; round < mostFiles; round++) {
    const tries = unseen().flatMap((name) => {
      const file = filesFor(name, calls).find((each) => !of(name).tried.includes(each))
      return file === undefined ? [] : [{ name, file }]
    })
    if (tries.length === 0) return
    const began = Date.now()
    await tryThese(tier, tries)
    const noticed = tries.filter(({ name }) => of(name).noticedBy !== null).length
    console.log(`${tier}: ${tries.length} tried, ${noticed} noticed, ${((Date.now() - began) / 1000).toFixed(0)} s`)
  }
}

/** What files of test/dom run in. */
async function build() {
  if (ensurePrograms({ chromium: 'chromium' }).length > 0) throw new Error('Tests in browsers need chromium')
  const wxt = [
    join(root, 'node_modules/wxt/bin/wxt.mjs'),
    'build',
    '-b',
    'chrome',
    '--mode',
    'e2e',
    '--config',
    'test/unnoticed/wxt.config.ts',
  ]
  const code = await new Promise((resolve) => {
    const stdio = ['ignore', 'ignore', 'inherit']
    spawn(process.execPath, wxt, { cwd: root, env: nullingEnv, stdio }).on('close', resolve)
  })
  if (code !== 0) throw new Error('The build failed')
  const ordinary = join(builds, 'chrome-mv3')
  rmSync(ordinary, { recursive: true, force: true })
  cpSync(`${ordinary}-e2e`, ordinary, { recursive: true })
}

for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1))
mkdirSync(join(results, 'calls'), { recursive: true })
console.log(`${chosen.length} of ${all.length} exported functions`)
for (const tier of tiers) {
  if (unseen().length === 0) break
  if (tier === 'dom') await build()
  await tryAll(tier)
  // A test may fail by chance: what is said to be unnoticed has to fail one twice.
  const surprising = chosen.filter((name) => isListed(name) && testFiles[tier].includes(of(name).noticedBy))
  await tryThese(
    tier,
    surprising.map((name) => ({ name, file: of(name).noticedBy })),
  )
}

const left = unseen()
for (const name of left) {
  const { tried } = of(name)
  const line = `${name}  (${tried.length === 0 ? 'no test file calls it' : tried.join(', ')})`
  console.log(`${isListed(name) ? 'listed' : 'NEW   '}  ${line}`)
  if (!isListed(name)) failures.push(`Nothing notices that this returns nothing: ${line}`)
}
for (const { name } of listed) {
  if (!all.includes(name)) failures.push(`Listed, and there is no such function: ${name}`)
  const { noticedBy } = of(name)
  if (noticedBy !== null) failures.push(`Listed, and ${noticedBy} notices it: ${name}`)
}
if (listed.length > mostListed * all.length)
  failures.push(`${listed.length} are listed, of at most ${mostListed * all.length}`)

for (const failure of failures) console.log(`FAILED  ${failure}`)
console.log(`${chosen.length - left.length} noticed, ${left.length} unnoticed`)
process.exitCode = failures.length === 0 ? 0 : 1
