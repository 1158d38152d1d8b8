// The build that most browser tests run in: `wxt build --mode e2e`, in which a new password costs the least that the format
// allows (src/custody/vault/kdfCalibration.ts). Argon2id at its real price was half of all the work of these tests; it is paid where it is what is
// tested: in the main job, in what a killed browser leaves on the disk, in the units and their vectors, and on the command line.

import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { buildFor } from './browsers.ts'
import { type Kind, kinds } from './session.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

export const quickBuildFor = (kind: Kind): string => `${buildFor(kind)}-e2e`

/** Before all tests, unless it has just been made (test/run.mjs). */
export async function setup(): Promise<void> {
  if (process.env.FIELDSEAL_BUILT !== undefined) return
  const wxt = join(root, 'node_modules/wxt/bin/wxt.mjs')
  for (const kind of kinds) {
    const browser = kind === 'firefox' ? 'firefox' : 'chrome'
    await promisify(execFile)(process.execPath, [wxt, 'build', '-b', browser, '--mode', 'e2e'], { cwd: root })
  }
}
