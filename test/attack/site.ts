// The hostile web: two servers on loopback, which serve whatever pages a test has given them. The same page can be asked for
// as `127.0.0.1`, as `localhost` and from the second port, and is of another origin each time.

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Given {
  readonly html: string
  readonly headers?: Readonly<Record<string, string>>
  /** Whoever asks for it waits for ever. */
  readonly never?: true
}

export interface HostileSite {
  /** `http://127.0.0.1:…`, without a slash at the end. Here the extension is switched on. */
  readonly origin: string
  /** The same host on another port. */
  readonly other: string
  /** The same server under another name, where the extension is not switched on unless a test does so. */
  readonly localhost: string
  /** Serves a page at `/path` of every origin from now on, and gives its address at `origin`. */
  give(path: string, page: Given | string): string
  /** Every address that was asked for, queries included. */
  readonly asked: string[]
  close(): Promise<void>
}

export async function startHostileSite(): Promise<HostileSite> {
  const pages = new Map<string, Given>()
  const asked: string[] = []
  const start = async () => {
    const server = createServer((request, response) => {
      const path = (request.url ?? '/').replace(/\?.*/s, '')
      asked.push(request.url ?? '/')
      const page = pages.get(path)
      if (page?.never) return
      const headers = { 'content-type': 'text/html; charset=utf-8', ...page?.headers }
      response.writeHead(page === undefined ? 404 : 200, headers)
      response.end(page?.html ?? '')
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return { server, port: (server.address() as AddressInfo).port }
  }
  const [one, two] = await Promise.all([start(), start()])
  const origin = `http://127.0.0.1:${one.port}`
  return {
    origin,
    other: `http://127.0.0.1:${two.port}`,
    localhost: `http://localhost:${one.port}`,
    asked,
    give(path, page) {
      pages.set(`/${path}`, typeof page === 'string' ? { html: page } : page)
      return `${origin}/${path}`
    },
    async close() {
      for (const { server } of [one, two]) {
        server.closeAllConnections()
        await new Promise((resolve) => server.close(resolve))
      }
    },
  }
}

/** A page with a body and, before anything else in it, a script. */
export const html = (body: string, script = ''): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Hostile</title><script>${script}</script></head><body>${body}</body></html>`
