// Our pages, built without the extension around them, and a server that has them under the addresses that they have there.

import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import type { Kind } from '../e2e/session.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const pages = ['popup', 'onboarding', 'options', 'composer', 'library'] as const
export type PageName = (typeof pages)[number]

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
}

/** Builds the pages for a browser. Gives their server's origin; the server ends with the worker. */
export async function servePages(kind: Kind): Promise<string> {
  const outDir = join(root, 'node_modules/.cache/fieldseal/dom', kind)
  await build({
    root,
    configFile: false,
    publicDir: false,
    logLevel: 'error',
    define: { 'import.meta.env.FIREFOX': `${kind === 'firefox'}` },
    build: {
      outDir,
      emptyOutDir: true,
      modulePreload: false,
      target: 'es2023',
      minify: false,
      rolldownOptions: { input: pages.map((page) => join(root, 'entrypoints', page, 'index.html')) },
    },
    // As tsconfig.json has it; Vite reads none of a root that it is not in.
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  })
  const server = createServer(async ({ url = '/' }, response) => {
    const { pathname } = new URL(url, 'http://localhost')
    const page = pages.find((name) => pathname === `/${name}.html`)
    const path = page === undefined ? pathname : `/entrypoints/${page}/index.html`
    const body = await readFile(join(outDir, path)).catch(() => null)
    response.writeHead(body === null ? 404 : 200, {
      'content-type': types[extname(path)] ?? 'application/octet-stream',
    })
    response.end(body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The server has no port')
  return `http://127.0.0.1:${address.port}`
}
