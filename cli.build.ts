// Builds the command line program: one file that runs under any Node from 20.19 on, with nothing beside it.

import { chmodSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

const root = fileURLToPath(new URL('.', import.meta.url))
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
const name = 'fieldseal.mjs'

await build({
  root,
  configFile: false,
  publicDir: false,
  logLevel: 'warn',
  define: { __FIELDSEAL_VERSION__: JSON.stringify(version) },
  // Everything is taken in but what Node itself has.
  ssr: { noExternal: true, target: 'node' },
  build: {
    ssr: 'src/cli/main.ts',
    outDir: '.output/cli',
    emptyOutDir: true,
    target: 'node20.19',
    minify: false,
    rolldownOptions: {
      output: { format: 'es', entryFileNames: name, codeSplitting: false, banner: '#!/usr/bin/env node' },
    },
  },
})
chmodSync(join(root, '.output/cli', name), 0o755)
