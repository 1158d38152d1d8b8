// Bundles a script of the tests for a page, real packages and all.

import { fileURLToPath } from 'node:url'
import { build, type Rollup } from 'vite'

/** The script, to be served as one file. */
export async function bundle(file: string): Promise<string> {
  const entry = fileURLToPath(new URL(file, import.meta.url))
  const built = (await build({
    configFile: false,
    logLevel: 'error',
    define: { 'process.env.NODE_ENV': '"production"', global: 'globalThis' },
    build: {
      write: false,
      minify: false,
      target: 'es2023',
      lib: { entry, formats: ['iife'], name: 'bundled', fileName: 'bundled' },
    },
  })) as Rollup.RollupOutput[]
  const script = built.flatMap(({ output }) => output).find(({ type }) => type === 'chunk')
  if (script?.type !== 'chunk') throw new Error(`${file} gave no script`)
  return script.code
}
