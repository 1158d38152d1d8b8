// `npm run build`: the extension for both families of browsers, and the command line program.

import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ensurePackages, env, goOnUnderPinnedNode, root, run } from './ensure.mjs'

ensurePackages()
goOnUnderPinnedNode(fileURLToPath(import.meta.url))
process.env.PATH = env().PATH

const wxt = join(root, 'node_modules/wxt/bin/wxt.mjs')
const steps = [[wxt, 'build', '-b', 'chrome'], [wxt, 'build', '-b', 'firefox'], [join(root, 'cli.build.ts')]]
process.exitCode = steps.every((step) => run(process.execPath, step)) ? 0 : 1
