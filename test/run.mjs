// `npm test`: everything there is to check, in order, on a fresh machine too. A failing step does not stop the rest, so
// that one run shows all. The last line is `N passed, N failed`. `--only=types,unit,…` runs some steps alone. `--all` runs the
// longest sweeps of the units whole, of which else a share runs, another one each day (test/depth.ts).

import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ensurePackages, ensurePrograms, env, goOnUnderPinnedNode, root, run } from '../demo/ensure.mjs'

ensurePackages()
goOnUnderPinnedNode(fileURLToPath(import.meta.url))

const results = join(root, 'test-results')
mkdirSync(results, { recursive: true })

/** The tests that failed, said once more at the end; and those that did so beside others, and not alone. */
const failures = []
const unsteady = []

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
      const names = assertionResults.filter((each) => each.status === 'failed').map(({ fullName }) => fullName)
      const loaded = names.length > 0
      const passed = assertionResults.filter((each) => each.status === 'passed').length
      return { file, names: loaded ? names : [`${file} did not load`], loaded, passed }
    })
  let failed = numFailedTests + broken.filter(({ loaded }) => !loaded).length
  if (numPassedTests + failed === 0) failed = 1
  // An error outside of any test fails the run without failing a test.
  if (!fine && failed === 0) failed = 1
  return { passed: numPassedTests, failed, skipped: (numPendingTests ?? 0) + (numTodoTests ?? 0), broken }
}

function noting({ broken = [], ...result }) {
  failures.push(...broken.flatMap(({ names }) => names))
  return result
}

/** Browsers that share two cores keep each other waiting: files with a test that failed run once more, one after the other. */
function endToEndTests() {
  const config = ['--config', 'test/e2e/vitest.config.ts']
  const first = vitest('e2e', ...config)
  const files = first.broken?.map(({ file }) => file) ?? []
  if (files.length === 0) return first
  console.log(`\nOnce more, alone: ${files.join(', ')}`)
  const { passed, failed, broken } = vitest('e2e-alone', ...config, '--maxWorkers=1', ...files)
  const still = new Set(broken?.flatMap(({ names }) => names))
  unsteady.push(...first.broken.flatMap(({ names }) => names).filter((name) => !still.has(name)))
  const counted = first.broken.reduce((sum, each) => sum + each.passed, 0)
  return { passed: first.passed - counted + passed, failed, skipped: first.skipped, broken }
}

/** Runs tests that need browsers, and what comes with them. */
function inBrowsers(tests) {
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
  return noting(tests())
}

const steps = {
  prepare: () => one(wxt('prepare')),
  types: () => beside(join(root, 'test/types.mjs')),
  lint: () => beside(join(root, 'node_modules/@biomejs/biome/bin/biome'), 'check', '.'),
  rules: () =>
    beside(
      join(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs'),
      '--config',
      '.dependency-cruiser.cjs',
      'src',
      'entrypoints',
    ),
  unused: () => beside(join(root, 'node_modules/knip/bin/knip.js')),
  unit: () => {
    const { FIELDSEAL_DEPTH, FIELDSEAL_SEED } = process.env
    console.log(`FIELDSEAL_SEED=${FIELDSEAL_SEED}${FIELDSEAL_DEPTH ? ` FIELDSEAL_DEPTH=${FIELDSEAL_DEPTH}` : ''}`)
    return noting(vitest('unit'))
  },
  build: () =>
    one(
      [
        wxt('build', '-b', 'chrome'),
        wxt('build', '-b', 'firefox'),
        run(process.execPath, [join(root, 'cli.build.ts')]),
      ].every(Boolean),
    ),
  bundle: () => noting(vitest('bundle', '--config', 'test/bundle/vitest.config.ts')),
  dom: () => inBrowsers(() => vitest('dom', '--config', 'test/dom/vitest.config.ts')),
  e2e: () => inBrowsers(endToEndTests),
}

if (process.argv.includes('--all')) process.env.FIELDSEAL_DEPTH = '1'
process.env.FIELDSEAL_SEED ??= String(Math.floor(Date.now() / 86_400_000))

const only = process.argv
  .find((argument) => argument.startsWith('--only='))
  ?.slice('--only='.length)
  .split(',')
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
const wanted = Object.keys(steps).filter((name) => only === undefined || only.includes(name))
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
for (const name of unsteady) console.log(`passed only when it was run again, alone: ${name}`)
for (const name of failures) console.log(`FAILED  ${name}`)
console.log(`${total.passed} passed, ${total.failed} failed${total.skipped > 0 ? `, ${total.skipped} skipped` : ''}`)
process.exitCode = total.failed === 0 ? 0 : 1
