// Compiles each world with nothing in it but what that world has (test/worlds): the core without DOM, browser and Node, and
// so on. All worlds are compiled, also when one fails.

import { spawn } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc')
const worlds = readdirSync(join(root, 'test/worlds'))
  .filter((name) => name.endsWith('.json') && name !== 'base.json')
  .sort()

const compile = (world) =>
  new Promise((resolve) => {
    let said = ''
    const child = spawn(process.execPath, [tsc, '-p', join('test/worlds', world), '--pretty', 'false'], { cwd: root })
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
if (results.some(({ failed }) => failed)) process.exitCode = 1
