// `npm run bench`, on a fresh machine too: sees to packages, browsers and builds, and measures. See bench.ts for the options.

import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ensurePackages, ensurePrograms, env, goOnUnderPinnedNode, root, run } from '../../demo/ensure.mjs'

ensurePackages()
goOnUnderPinnedNode(fileURLToPath(import.meta.url))
process.env.PATH = env().PATH

const missing = ensurePrograms({ chromium: 'chromium', 'firefox-esr': 'firefox-esr' })
if (missing.length > 0) {
  console.error(`The benchmark needs ${missing.join(', ')}. On Debian: apt-get install ${missing.join(' ')}`)
  process.exit(1)
}
const quiet = { stdio: ['ignore', 'ignore', 'inherit'] }
const built = ['chrome', 'firefox'].every((browser) =>
  run(process.execPath, [join(root, 'node_modules/wxt/bin/wxt.mjs'), 'build', '-b', browser], quiet),
)
if (!built || !run(process.execPath, [join(root, 'test/bench/bench.ts'), ...process.argv.slice(2)])) process.exit(1)
