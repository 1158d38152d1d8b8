// The longest task of the library's tab and of the background while something goes on. Chromium tells of every task that it runs, in
// a trace, and how long the processor was at it: not how long the task waited for the processor. In Firefox it is what a message
// of theirs to themselves had to wait at most: in that, all that goes on between two tasks is counted too, here or elsewhere.

import type { Page } from 'puppeteer-core'
import type { Session } from '../e2e/session.ts'

/** Milliseconds. */
export interface Longest {
  readonly page: number
  readonly background: number
}

export async function longestTasks(session: Session, page: Page, act: () => Promise<void>): Promise<Longest> {
  return session.kind === 'chromium' ? inTrace(page, act) : byMessages(session, page, act)
}

interface TraceEvent {
  readonly name: string
  readonly ph: string
  readonly pid: number
  readonly tid: number
  /** Microseconds of the processor's time. */
  readonly tdur?: number
  readonly args?: { readonly name?: string }
}

async function inTrace(page: Page, act: () => Promise<void>): Promise<Longest> {
  await page.tracing.start({ categories: ['-*', 'toplevel', '__metadata'] })
  await act()
  const trace = await page.tracing.stop()
  const { traceEvents } = JSON.parse(new TextDecoder().decode(trace)) as { traceEvents: TraceEvent[] }
  const threads = traceEvents.filter(({ ph, name }) => ph === 'M' && name === 'thread_name')
  const background = threads.find(({ args }) => args?.name === 'ServiceWorker thread')
  const tab = threads.find(({ args, pid }) => args?.name === 'CrRendererMain' && pid === background?.pid)
  if (background === undefined || tab === undefined) throw new Error('The trace has no process of the extension’s')
  const longestOf = ({ pid, tid }: TraceEvent) => {
    const tasks = traceEvents.filter((each) => each.pid === pid && each.tid === tid && each.name.endsWith('::RunTask'))
    const taken = tasks.flatMap(({ tdur }) => tdur ?? [])
    if (taken.length === 0) throw new Error('The trace has no tasks, or does not say how long they took')
    return Math.max(...taken) / 1_000
  }
  return { page: longestOf(tab), background: longestOf(background) }
}

async function byMessages(session: Session, page: Page, act: () => Promise<void>): Promise<Longest> {
  await page.evaluate(beginGaps)
  await session.inBackground(beginGaps)
  await act()
  return { page: await page.evaluate(endGaps), background: await session.inBackground(endGaps) }
}

interface Gaps {
  gaps?: { longest: number; stop: boolean }
}

/** Runs there. */
function beginGaps(): void {
  const gaps = { longest: 0, stop: false }
  ;(globalThis as unknown as Gaps).gaps = gaps
  const { port1, port2 } = new MessageChannel()
  let last = performance.now()
  port1.onmessage = () => {
    const now = performance.now()
    gaps.longest = Math.max(gaps.longest, now - last)
    last = now
    // Not by a timer: those of a page that is not seen wait for a second.
    if (!gaps.stop) port2.postMessage(0)
  }
  port2.postMessage(0)
}

/** Runs there. */
function endGaps(): number {
  const { gaps } = globalThis as unknown as Gaps
  if (gaps === undefined) throw new Error('nothing was begun')
  gaps.stop = true
  // What passes between two looks when nothing else happens.
  return gaps.longest
}
