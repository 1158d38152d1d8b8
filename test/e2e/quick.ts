// The build once more, with one thing changed: a new password is made to cost the least that the format allows, not what it
// should. Argon2id at its real price was half of all the work of the end-to-end tests; it is paid where it is what is tested:
// in the main job, in what a killed browser leaves on the disk, in the units and their vectors, and on the command line.

import { cp, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { leastCost } from '../../src/crypto/kdf.ts'
import { buildFor } from './browsers.ts'
import { type Kind, kinds } from './session.ts'

const folder = fileURLToPath(new URL('../../node_modules/.cache/fieldseal/quick', import.meta.url))

const { memoryKiB, iterations, parallelism } = leastCost
/** In the built background: the cost of a new password, and how it is raised to what the device can do. */
const changes: readonly (readonly [RegExp, string])[] = [
  [
    /memoryKiB:65536,iterations:3,parallelism:4/g,
    `memoryKiB:${memoryKiB},iterations:${iterations},parallelism:${parallelism}`,
  ],
  [/Math\.round\(\w+\*\w+\/\w+\.memoryKiB\)/g, '0'],
]

export const quickBuildFor = (kind: Kind): string => join(folder, kind)

/** Before all tests: makes the copies. */
export async function setup(): Promise<void> {
  for (const kind of kinds) {
    const copy = `${quickBuildFor(kind)}-${process.pid}`
    await mkdir(dirname(copy), { recursive: true })
    await cp(buildFor(kind), copy, { recursive: true })
    await weaken(join(copy, 'background.js'))
    await rm(quickBuildFor(kind), { recursive: true, force: true })
    await rename(copy, quickBuildFor(kind))
  }
}

async function weaken(file: string): Promise<void> {
  let code = await readFile(file, 'utf8')
  for (const [what, otherwise] of changes) {
    const times = code.match(what)?.length ?? 0
    if (times !== 1) throw new Error(`${file} has ${times} places like ${what}, where there should be one`)
    code = code.replace(what, otherwise)
  }
  await writeFile(file, code)
}
