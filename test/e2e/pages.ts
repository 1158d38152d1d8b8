// Pages of a test's own, served on loopback: what stands at which path, with which headers.

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page } from 'puppeteer-core'
import type { Session } from './session.ts'

export interface ServedPage {
  readonly body: string
  readonly headers?: Readonly<Record<string, string>>
}

export interface Pages {
  readonly origin: string
  /** Sets what is served at a path from now on. */
  set(path: string, page: ServedPage): void
  close(): Promise<void>
}

export async function servePages(): Promise<Pages> {
  const pages = new Map<string, ServedPage>()
  const server = createServer((request, response) => {
    const page = pages.get(new URL(request.url ?? '/', 'http://page.invalid').pathname)
    response.writeHead(page === undefined ? 404 : 200, {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      ...page?.headers,
    })
    response.end(
      page === undefined
        ? ''
        : `<!doctype html><html lang="en"><meta charset="utf-8"><title>A page</title>${page.body}`,
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    origin: `http://127.0.0.1:${port}`,
    set: (path, page) => void pages.set(path, page),
    async close() {
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

/**
 * Shows an address in the tab that showed the one before, which costs half of what a new tab does; in a new one where there
 * is none, or where it goes nowhere any more.
 */
export async function showIn(session: Session, tab: Page | undefined, url: string): Promise<Page> {
  try {
    await tab?.goto(url)
    await tab?.bringToFront()
  } catch {
    await tab?.close().catch(() => undefined)
    return session.newPage(url)
  }
  return tab ?? session.newPage(url)
}
