// `npm test`: everything there is to check, in order, on a fresh machine too. A failing step does not stop the rest, so
// that one run shows all. The last line is `N passed, N failed`. `--only=types,unit,…` runs some steps alone.
//
// `--all` runs every case there is: the longest sweeps whole, of which else a share runs, another one each day (test/depth.ts), and
// in both browsers, with the extension around them, what else is run without it or in one of them; also what is known to be unsteady
// (test/unsteady.ts), and what no quick test would notice is looked for (test/unnoticed.mjs). `--shard=1/4` runs a quarter.

import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ensurePackages, ensurePrograms, env, goOnUnderPinnedNode, root, run } from '../demo/ensure.mjs'

const only = process.argv
  .find((argument) => argument.startsWith('--only='))
  ?.slice('--only='.length)
  .split(',')
/** Steps that do without the packages of test/pages. */
const ofRoot = ['prepare', 'types', 'lint', 'rules', 'unused', 'documents', 'unit', 'build', 'bundle']
const withPages = only === undefined || !only.every((name) => ofRoot.includes(name))

ensurePackages({ workspaces: withPages })
goOnUnderPinnedNode(fileURLToPath(import.meta.url))

const results = join(root, 'test-results')
mkdirSync(results, { recursive: true })

/** The tests that failed, said once more at the end. */
const failures = []
/** By the folder in test/: how many tests ran, and how long workers were at them. */
const rooms = new Map()
const shard = process.argv.find((argument) => argument.startsWith('--shard='))
/** What vitest is told where a step is split. */
const part = shard === undefined ? [] : [shard]

/** Runs a program that leaves cores idle beside others of its kind. What it says is printed in one piece at its end. */
function beside(...args) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { cwd: root, env: env(), stdio: ['ignore', 'pipe', 'pipe'] })
    const said = []
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes) => said.push(bytes))
    child.on('error', (thrown) => said.push(Buffer.from(`${thrown}\n`)))
    child.on('close', (code) => resolve({ ...one(code === 0), said: Buffer.concat(said).toString() }))
  })
}
const tool = (path, ...args) => run(process.execPath, [join(root, 'node_modules', path), ...args])
const one = (passed) => (passed ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 })
const wxt = (...args) => tool('wxt/bin/wxt.mjs', ...args)

/** Why a test failed: the first lines of each message, and the lines of our own code on its stack. */
function causesOf(messages) {
  return messages
    .flatMap((message) => {
      const lines = message.split('\n').map((line) => line.trim())
      const stack = lines.findIndex((line) => line.startsWith('at '))
      const said = stack < 0 ? lines : lines.slice(0, stack)
      const ours = lines.filter((line) => line.startsWith('at ') && !line.includes('node_modules'))
      return [...said.slice(0, 3), ...ours.slice(0, 4)]
    })
    .map((line) => `        ${line.replaceAll(`${root}${sep}`, '').slice(0, 300)}`)
    .join('\n')
}

/** Runs vitest and counts by its report. No report, no tests, or a file that does not load is a failure. */
function vitest(name, ...args) {
  const report = join(results, `${name}.json`)
  rmSync(report, { force: true })
  const fine = tool(
    'vitest/vitest.mjs',
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
    ...args,
  )
  if (!existsSync(report)) return one(false)
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = JSON.parse(
    readFileSync(report, 'utf8'),
  )
  const broken = testResults
    .filter(({ status }) => status === 'failed')
    .map(({ name: file, assertionResults }) => {
      const names = assertionResults
        .filter((each) => each.status === 'failed')
        .map(
          ({ ancestorTitles, title, failureMessages }) =>
            `${[...ancestorTitles, title].join(' > ')}\n${causesOf(failureMessages)}`,
        )
      const loaded = names.length > 0
      return { file, names: loaded ? names : [`${file} did not load`], loaded }
    })
  let failed = numFailedTests + broken.filter(({ loaded }) => !loaded).length
  for (const { name: file, startTime, endTime, assertionResults } of testResults) {
    const room = relative(join(root, 'test'), file).split(sep)[0]
    const { tests, workerMs } = rooms.get(room) ?? { tests: 0, workerMs: 0 }
    const ran = assertionResults.filter(({ status }) => status === 'passed' || status === 'failed').length
    rooms.set(room, { tests: tests + ran, workerMs: workerMs + endTime - startTime })
  }
  if (numPassedTests + failed === 0) failed = 1
  // An error outside of any test fails the run without failing a test.
  if (!fine && failed === 0) failed = 1
  return { passed: numPassedTests, failed, skipped: (numPendingTests ?? 0) + (numTodoTests ?? 0), broken }
}

function noting({ broken = [], ...result }) {
  failures.push(...broken.flatMap(({ names }) => names))
  return result
}

/** Runs tests that need browsers, and what comes with them. */
function inBrowsers(name, config) {
  const programs = {
    chromium: 'chromium',
    'firefox-esr': 'firefox-esr',
    Xvfb: 'xvfb',
    openbox: 'openbox',
    xdotool: 'xdotool',
  }
  const missing = ensurePrograms(programs)
  if (missing.length > 0) {
    console.error(`Tests in browsers need ${missing.join(', ')}. On Debian: apt-get install ${missing.join(' ')}`)
    return one(false)
  }
  return noting(vitest(name, '--config', config, ...part))
}

/** Tests that read what is written, and run nothing. */
const documents = ['docs', 'rules', 'packages', 'unsteady'].map((name) => `test/${name}.test.ts`)

const steps = {
  prepare: () => one(wxt('prepare')),
  types: () => beside(join(root, 'test/types.mjs'), ...(withPages ? ['--pages'] : [])),
  lint: () => beside(join(root, 'node_modules/@biomejs/biome/bin/biome'), 'check', '.'),
  rules: () =>
    beside(
      join(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs'),
      '--config',
      '.dependency-cruiser.cjs',
      'src',
      'entrypoints',
    ),
  unused: () => beside(join(root, 'node_modules/knip/bin/knip.js'), ...(withPages ? [] : ['--workspace', '.'])),
  documents: () => noting(vitest('documents', ...documents)),
  unit: () => {
    const { FIELDSEAL_DEPTH, FIELDSEAL_SEED } = process.env
    console.log(`FIELDSEAL_SEED=${FIELDSEAL_SEED}${FIELDSEAL_DEPTH ? ` FIELDSEAL_DEPTH=${FIELDSEAL_DEPTH}` : ''}`)
    return noting(vitest('unit', ...part, ...documents.flatMap((file) => ['--exclude', file])))
  },
  pages: () => noting(vitest('pages', '--config', 'test/pages/vitest.config.ts')),
  build: () => {
    process.env.FIELDSEAL_BUILT = 'yes'
    return one(
      [
        wxt('build', '-b', 'chrome'),
        wxt('build', '-b', 'firefox'),
        // The build of most browser tests (test/e2e/quick.ts), which need not make it again.
        wxt('build', '-b', 'chrome', '--mode', 'e2e'),
        wxt('build', '-b', 'firefox', '--mode', 'e2e'),
        run(process.execPath, [join(root, 'cli.build.ts')]),
      ].every(Boolean),
    )
  },
  bundle: () => noting(vitest('bundle', '--config', 'test/bundle/vitest.config.ts', ...part)),
  browsers: () => inBrowsers('browsers', 'test/browsers.config.ts'),
  dom: () => inBrowsers('dom', 'test/dom/vitest.config.ts'),
  e2e: () => inBrowsers('e2e', 'test/e2e/vitest.config.ts'),
  unnoticed: () => one(run(process.execPath, [join(root, 'test/unnoticed.mjs'), ...part])),
}

const everything = process.argv.includes('--all')
if (everything) Object.assign(process.env, { FIELDSEAL_DEPTH: '1', FIELDSEAL_ALL: 'yes' })
process.env.FIELDSEAL_SEED ??= String(Math.floor(Date.now() / 86_400_000))

const unknown = only?.filter((name) => !(name in steps)) ?? []
if (unknown.length > 0) {
  console.error(`No such step: ${unknown.join(', ')}. There are ${Object.keys(steps).join(', ')}.`)
  process.exit(1)
}

/** Steps that run at the same time: none makes what another reads, and none keeps all cores busy. */
const together = ['types', 'lint', 'rules', 'unused']

process.env.PATH = env().PATH
const lines = []
const total = { passed: 0, failed: 0, skipped: 0 }
/** Runs a step and gives its result, with the seconds that it took. */
async function timed(name) {
  const begun = Date.now()
  const { skipped = 0, ...result } = await steps[name]()
  return { ...result, skipped, name, seconds: ((Date.now() - begun) / 1000).toFixed(1) }
}
function tell({ name, passed, failed, skipped, seconds }) {
  total.passed += passed
  total.failed += failed
  total.skipped += skipped
  lines.push(
    `${failed === 0 ? 'fine  ' : 'FAILED'}  ${name.padEnd(8)} ${passed} passed, ${failed} failed, ${seconds} s`,
  )
}
/** What is not split runs with the first part. */
const whole = ['types', 'lint', 'rules', 'unused', 'documents', 'pages']
const isMine = (name) => shard === undefined || shard.startsWith('--shard=1/') || !whole.includes(name)
/** What runs when it is asked for alone: the two parts of `browsers`, and what takes too long for each day. */
const byName = ['dom', 'e2e', ...(everything ? [] : ['unnoticed'])]
const isWanted = (name) => only?.includes(name) ?? !byName.includes(name)
const wanted = Object.keys(steps).filter((name) => isWanted(name) && isMine(name))
while (wanted.length > 0) {
  const [first] = wanted
  const now = wanted.splice(0, together.includes(first) ? wanted.filter((name) => together.includes(name)).length : 1)
  const running = now.map(timed)
  for (const [at, name] of now.entries()) {
    console.log(`\n── ${name} ──`)
    const result = await running[at]
    if (result.said) console.log(result.said.trimEnd())
    tell(result)
  }
}
console.log(`\n${lines.join('\n')}\n`)
for (const room of ['dom', 'e2e', 'attack'].filter((name) => rooms.has(name))) {
  const { tests, workerMs } = rooms.get(room)
  console.log(`test/${room.padEnd(6)} ${tests} tests, ${(workerMs / 1000).toFixed(0)} s of workers`)
}
for (const name of failures) console.log(`FAILED  ${name}`)
if (total.skipped > 0) console.log(`${total.skipped} are left to npm run test:all, or to another browser or day`)
console.log(`${total.passed} passed, ${total.failed} failed`)
process.exitCode = total.failed === 0 ? 0 : 1
