// A browser with the build that is shipped and, beside it, the watcher that times it. Nothing of the build is changed.

import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'puppeteer-core'
import { buildFor, launch } from '../e2e/browsers.ts'
import { type Kind, type Session, waitFor } from '../e2e/session.ts'

export interface Task {
  readonly kind: string
  readonly begun: number
  readonly ms: number
}

/** What the watcher saw in one page, in milliseconds of that page's clock. */
export interface Seen {
  readonly startedAt: number | null
  readonly now: number
  readonly tasks: readonly Task[]
  /** When a reader said that its text is laid out, one after the other. */
  readonly readable: readonly number[]
}

export interface Bench {
  readonly session: Session
  close(): Promise<void>
}

/** `add` may put files of its own into the copy of the extension. */
export async function openBench(kind: Kind, add?: (extension: string) => Promise<void>): Promise<Bench> {
  const folder = await mkdtemp(join(tmpdir(), 'fieldseal-bench-'))
  const extension = join(folder, kind === 'firefox' ? 'firefox-mv3' : 'chrome-mv3')
  await cp(buildFor(kind), extension, { recursive: true })
  await cp(new URL('./watcher.js', import.meta.url), join(extension, 'watcher.js'))
  await add?.(extension)
  // Clocks are coarse on purpose in Firefox, too coarse for what is measured here.
  const prefs = { 'privacy.reduceTimerPrecision': false }
  const session = await launch(kind, { extension, prefs })
  return {
    session,
    async close() {
      await session.close()
      await rm(folder, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

/** From now on the watcher is in every page of this site, before the content script. */
export async function watchSite(session: Session, origin: string): Promise<void> {
  await session.grantSite(origin)
  const matches = [`${new URL(origin).protocol}//${new URL(origin).hostname}/*`]
  await waitFor('the site to be registered', () =>
    session.inBackground(async ({ chrome }) => {
      const present = (await chrome.scripting?.getRegisteredContentScripts?.()) as unknown[]
      return present.length === 1
    }),
  )
  await session.inBackground(async ({ chrome }, patterns: string[]) => {
    const script = { id: 'watcher', matches: patterns, js: ['watcher.js'], runAt: 'document_start' }
    await chrome.scripting?.registerContentScripts?.([script])
  }, matches)
}

/** Asks the watcher in a page what it has seen. */
export async function seenIn(page: Page): Promise<Seen> {
  return page.evaluate(() => {
    document.dispatchEvent(new Event('bench'))
    const { bench = '{"tasks":[],"readable":[],"startedAt":null,"now":0}' } = document.documentElement.dataset
    delete document.documentElement.dataset.bench
    return JSON.parse(bench)
  })
}

/** Waits until the watched world has done nothing for a second, and gives what it did. */
export function whenQuiet(page: Page, quietMs = 1_000): Promise<Seen> {
  return waitFor(
    'the content script to be done',
    async () => {
      const seen = await seenIn(page)
      const last = seen.tasks.at(-1)
      return seen.startedAt !== null && seen.now - Math.max(seen.startedAt, last ? last.begun + last.ms : 0) > quietMs
        ? seen
        : null
    },
    { timeoutMs: 60_000, everyMs: 100 },
  )
}
