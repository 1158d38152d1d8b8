// `npm start`: a browser with Fieldseal and a demo site to try it on; without a display, the main job played headless.
// Options: --browser=firefox|chromium|chrome|edge|brave|/path  --headless  --fresh

import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ensurePackages, env, goOnUnderPinnedNode, root, run } from './ensure.mjs'

ensurePackages()
goOnUnderPinnedNode(fileURLToPath(import.meta.url))
process.env.PATH = env().PATH

const wxt = join(root, 'node_modules/wxt/bin/wxt.mjs')
const sources = ['src', 'entrypoints', 'public', 'wxt.config.ts', 'package-lock.json']

function newest(path) {
  if (!existsSync(path)) return 0
  const { mtimeMs } = statSync(path)
  if (!statSync(path).isDirectory()) return mtimeMs
  return Math.max(mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))))
}

const changed = Math.max(...sources.map((path) => newest(join(root, path))))
for (const browser of ['chrome', 'firefox']) {
  const built = join(root, '.output', `${browser}-mv3`, 'manifest.json')
  if (existsSync(built) && statSync(built).mtimeMs > changed) continue
  console.log(`Building Fieldseal for ${browser === 'chrome' ? 'Chrome and its relatives' : 'Firefox'} …`)
  if (!run(process.execPath, [wxt, 'build', '-b', browser], { stdio: ['ignore', 'ignore', 'inherit'] })) {
    console.error('The build failed: `npm run build` shows why.')
    process.exit(1)
  }
}

const { start } = await import('./start.ts')
process.exit(await start(process.argv.slice(2)))
