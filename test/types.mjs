// Compiles each world with nothing in it but what that world has (test/worlds): the core without DOM, browser and Node, and
// so on. All worlds are compiled, also when one fails. The pages (test/pages) need packages of their own: without these they are
// left out, unless `--pages` asks for them.

import { spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc')
const worlds = readdirSync(join(root, 'test/worlds'))
  .filter((name) => name.endsWith('.json') && name !== 'base.json')
  .sort()
  .map((name) => join('test/worlds', name))

const pages = JSON.parse(readFileSync(join(root, 'test/pages/package.json'), 'utf8'))
const missing = Object.keys(pages.devDependencies).filter((name) => !existsSync(join(root, 'node_modules', name)))
const mustHavePages = process.argv.includes('--pages')
if (missing.length === 0) worlds.push('test/pages/tsconfig.json')

const compile = (world) =>
  new Promise((resolve) => {
    let said = ''
    const child = spawn(process.execPath, [tsc, '-p', world, '--pretty', 'false'], { cwd: root })
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes) => (said += bytes))
    child.on('close', (code) => resolve({ world, said, failed: code !== 0 }))
  })

// The compiler uses several threads itself: two at a time keep two cores busy.
const results = []
while (worlds.length > 0) results.push(...(await Promise.all(worlds.splice(0, 2).map(compile))))
for (const { world, said, failed } of results) {
  console.log(`${failed ? 'FAILED' : 'fine  '} ${world}`)
  if (failed) console.log(said)
}
if (missing.length > 0) {
  console.log(`${mustHavePages ? 'FAILED' : 'left out'} test/pages/tsconfig.json: \`npm ci\` installs what it needs`)
}
if (results.some(({ failed }) => failed) || (mustHavePages && missing.length > 0)) process.exitCode = 1
