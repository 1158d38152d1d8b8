// Bundles a script of the tests for a page, real packages and all.

import { fileURLToPath } from 'node:url'
import { build, type Rollup } from 'vite'

const bundled = new Map<string, Promise<string>>()

/** The script, to be served as one file; made once, whichever browsers it is for. */
export function bundle(file: string): Promise<string> {
  const made = bundled.get(file) ?? make(file)
  bundled.set(file, made)
  return made
}

async function make(file: string): Promise<string> {
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
