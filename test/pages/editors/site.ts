// The site with the mounted editors: bundled for the browser from their real packages, once for a run of tests, and served.

import { readdirSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { compile, compileModule } from 'svelte/compiler'
import { build, type Plugin } from 'vite'
import { soonMs, watchWork } from '../../e2e/watchWork.ts'

const here = fileURLToPath(new URL('.', import.meta.url))
const notEntries = new Set(['site', 'mounted'])
const entries = readdirSync(here).filter((name) => /^\w+\.ts$/.test(name) && !notEntries.has(basename(name, '.ts')))

/** An editor's timers are counted, so that a test can wait for them; and time passes for it when a test says so. */
const clock = `(${watchWork})(${soonMs}); (${letTimePass})()`

function letTimePass(): void {
  const now = Date.now.bind(Date)
  let aheadMs = 0
  Date.now = () => now() + aheadMs
  const timePasses = (ms: number) => {
    aheadMs += ms
  }
  Object.assign(globalThis, { timePasses })
}

export interface EditorSite {
  /** The address of the page with an editor. */
  pageOf(name: string): string
  readonly origin: string
  close(): Promise<void>
}

export async function serveEditors(): Promise<EditorSite> {
  const files = await buildEditors()
  const pageOf = (name: string) => {
    const style = files.has(`/${name}.css`) ? `<link rel="stylesheet" href="/${name}.css">` : ''
    return `<!doctype html><html lang="en"><meta charset="utf-8"><title>${name}</title><link rel="icon" href="data:,">${style}
<script>${clock}</script><div id="place"></div><script type="module" src="/${name}.js"></script>`
  }
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://site.invalid')
    const name = /^\/page\/(\w+)$/.exec(pathname)?.[1]
    const found = name === undefined ? files.get(pathname) : pageOf(name)
    const type = name !== undefined ? 'text/html' : pathname.endsWith('.css') ? 'text/css' : 'text/javascript'
    response.writeHead(found === undefined ? 404 : 200, { 'content-type': `${type}; charset=utf-8` })
    response.end(found)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    origin,
    pageOf: (name) => `${origin}/page/${name}`,
    async close() {
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

/** Builds all of them into one folder, and gives the files in it by their path on the site. */
async function buildEditors(): Promise<Map<string, string>> {
  const outDir = await mkdtemp(join(tmpdir(), 'fieldseal-editors-'))
  try {
    await build({
      root: here,
      configFile: false,
      logLevel: 'error',
      plugins: [svelte()],
      define: { 'process.env.NODE_ENV': '"production"', global: 'globalThis' },
      build: {
        outDir,
        minify: false,
        target: 'esnext',
        modulePreload: false,
        assetsInlineLimit: 0,
        rollupOptions: {
          input: Object.fromEntries(entries.map((name) => [basename(name, '.ts'), join(here, name)])),
          output: { entryFileNames: '[name].js', assetFileNames: '[name][extname]', chunkFileNames: 'part-[hash].js' },
        },
      },
    })
    const files = readdirSync(outDir, { recursive: true, encoding: 'utf8' }).filter((name) => /\.(js|css)$/.test(name))
    return new Map(
      await Promise.all(files.map(async (name) => [`/${name}`, await readFile(join(outDir, name), 'utf8')] as const)),
    )
  } finally {
    await rm(outDir, { recursive: true, force: true })
  }
}

function svelte(): Plugin {
  return {
    name: 'svelte',
    transform(code, id) {
      const options = { filename: id, generate: 'client' as const, dev: false }
      if (id.endsWith('.svelte')) return compile(code, { ...options, css: 'injected' }).js
      if (id.endsWith('.svelte.js')) return compileModule(code, options).js
      return undefined
    },
  }
}
