// What is measured, each beside its named alternative in the same browser and the same run, turn by turn.

import { readFileSync } from 'node:fs'
import type { Page } from 'puppeteer-core'
import type { Pages } from '../e2e/pages.ts'
import { pause, type Session, waitFor } from '../e2e/session.ts'
import { openedTexts } from '../e2e/steps.ts'
import { type Seen, seenIn, whenQuiet } from './watch.ts'

export interface Setting {
  readonly session: Session
  readonly pages: Pages
  /** The same server under a name that Fieldseal is switched off for: another site, where nothing of ours runs. */
  readonly elsewhere: string
  readonly rounds: number
}

export interface Row {
  readonly what: string
  readonly unit: 'ms' | 'MB' | 'frames' | 'texts'
  readonly ours: number
  readonly other: number
  /** What ours is held against, in words. */
  readonly against: string
  /** The most that ours may be: `factor` times the other, or `most` by itself; neither where it is only to be known. */
  readonly factor?: number
  readonly most?: number
}

/** The longest task of ours in any page so far, by page. */
export type Longest = Map<string, number>

const total = ({ tasks }: Seen) => tasks.reduce((sum, { ms }) => sum + ms, 0)
const longest = ({ tasks }: Seen) => Math.max(0, ...tasks.map(({ ms }) => ms))

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const [low = 0, high = 0] = [sorted[Math.ceil(sorted.length / 2) - 1], sorted[middle]]
  return (low + high) / 2
}

interface Going {
  go(count?: number, other?: string): Promise<number>
}

async function opened<T>(session: Session, url: string, use: (page: Page) => Promise<T>): Promise<T> {
  const page = await session.newPage(url)
  try {
    return await use(page)
  } finally {
    await page.close()
  }
}

/** Takes turns: one of each per round, the first of them changing from round to round. Gives the medians. */
async function turns(rounds: number, one: () => Promise<number>, other: () => Promise<number>) {
  const taken: { ours: number[]; other: number[] } = { ours: [], other: [] }
  for (let round = 0; round < rounds; round++) {
    const order = round % 2 === 0 ? (['ours', 'other'] as const) : (['other', 'ours'] as const)
    for (const which of order) taken[which].push(await (which === 'ours' ? one() : other()))
  }
  return { ours: median(taken.ours), other: median(taken.other) }
}

export async function firstScan({ session, pages, rounds }: Setting, tasks: Longest): Promise<Row[]> {
  const scan = (plan: string) =>
    opened(session, `${pages.origin}/large?plan=${plan}`, async (page) => {
      const seen = await whenQuiet(page, 1_500)
      if (plan === 'ours') noteLongest(tasks, 'first scan', seen)
      // When all of the text was looked at and the page has come to rest, it is gone through again for shadow roots.
      const rest = seen.tasks.findIndex(({ kind }) => kind === 'later')
      const first = rest < 0 ? seen.tasks : seen.tasks.slice(0, rest)
      return total({ ...seen, tasks: first })
    })
  const { ours, other } = await turns(
    rounds,
    () => scan('ours'),
    () => scan('walk'),
  )
  const against = 'a TreeWalker and includes'
  return [{ what: 'first scan of 100,000 text nodes, 5 MB', unit: 'ms', ours, other, against, factor: 0.5 }]
}

export async function bursts({ session, pages, rounds }: Setting, tasks: Longest): Promise<Row[]> {
  const burst = (plan: string) =>
    opened(session, `${pages.origin}/bursts?plan=${plan}`, async (page) => {
      const before = await whenQuiet(page, 1_500)
      await page.evaluate(() => (window as unknown as Going).go())
      const seen = await whenQuiet(page)
      if (plan === 'ours') noteLongest(tasks, 'bursts', seen)
      return total(seen) - total(before)
    })
  const { ours, other } = await turns(
    rounds,
    () => burst('ours'),
    () => burst('observe'),
  )
  const against = 'an observer that collects roots, and includes'
  return [{ what: '10,000 nodes added in 20 bursts', unit: 'ms', ours, other, against, factor: 1.2 }]
}

export async function streaming({ session, pages, elsewhere, rounds }: Setting, tasks: Longest): Promise<Row[]> {
  const stream = (origin: string) =>
    // Nothing is watched here: what comes so often is made dearer by being timed.
    opened(session, `${origin}/stream`, async (page) => {
      await pause(1_500)
      return page.evaluate(() => (window as unknown as Going).go())
    })
  const { ours, other } = await turns(
    rounds,
    () => stream(pages.origin),
    () => stream(elsewhere),
  )
  for (let round = 0; round < rounds; round++) {
    await opened(session, `${pages.origin}/stream?plan=ours`, async (page) => {
      await whenQuiet(page)
      await page.evaluate(() => (window as unknown as Going).go())
      noteLongest(tasks, 'streamed words', await whenQuiet(page))
    })
  }
  const against = 'the page without the extension'
  return [{ what: '5,000 words appended one by one: time to finish', unit: 'ms', ours, other, against, factor: 1.1 }]
}

export async function typing({ session, pages, elsewhere, rounds }: Setting, tasks: Longest): Promise<Row[]> {
  const gaps = { ours: [] as number[], other: [] as number[] }
  const type = (origin: string) =>
    opened(session, `${origin}/typing?plan=ours`, async (page) => {
      if (origin === pages.origin) await whenQuiet(page)
      else await pause(1_500)
      await page.focus('textarea')
      await page.keyboard.type('ten chars '.repeat(20))
      const typed = await waitFor('200 echoes', () =>
        page.evaluate(() => {
          const seen = (window as unknown as { typed(): { count: number; longest: number; took: number } }).typed()
          return seen.count === 200 ? seen : null
        }),
      )
      gaps[origin === pages.origin ? 'ours' : 'other'].push(typed.longest)
      if (origin === pages.origin) noteLongest(tasks, 'typing', await whenQuiet(page))
      return typed.took
    })
  const { ours, other } = await turns(
    rounds,
    () => type(pages.origin),
    () => type(elsewhere),
  )
  const against = 'the page without the extension'
  const what = '200 characters typed among 50,000 nodes'
  return [
    { what: `${what}: time to finish`, unit: 'ms', ours, other, against, factor: 1.1 },
    {
      what: `${what}: longest wait for an echo`,
      unit: 'ms',
      ours: median(gaps.ours),
      other: median(gaps.other),
      against,
      factor: 1.1,
    },
  ]
}

/** Waits until so many frames of a page are there, and gives how long that took from the start of the script that made them. */
async function framesThere(page: Page, count: number): Promise<number> {
  const { readable, startedAt } = await waitFor(`${count} frames`, async () => {
    const now = await seenIn(page)
    return now.readable.length >= count ? now : null
  })
  return (readable[count - 1] ?? 0) - (startedAt ?? 0)
}

/** How long frames of another site take in the same page, in the places of its first texts, made at the moment of our start. */
function bareFrames({ session, elsewhere, pages }: Setting, path: string, count: number): Promise<number> {
  const asked = new URLSearchParams({ plan: 'frames', count: String(count), other: `${elsewhere}/framed` })
  return opened(session, `${pages.origin}${path}?${asked}`, (page) => framesThere(page, count))
}

export async function twenty(setting: Setting): Promise<Row[]> {
  const { session, pages, rounds } = setting
  const read = () => opened(session, `${pages.origin}/twenty?plan=ours`, (page) => framesThere(page, 20))
  const { ours, other } = await turns(rounds, read, () => bareFrames(setting, '/twenty', 20))
  return [
    {
      what: '20 texts in view: all readable',
      unit: 'ms',
      ours,
      other,
      against: '20 bare cross-site frames in the same page',
      factor: 1.5,
    },
  ]
}

export async function thousand(setting: Setting, tasks: Longest): Promise<Row[]> {
  const { session, pages, rounds } = setting
  const read = () =>
    opened(session, `${pages.origin}/thousand?plan=ours`, async (page) => {
      const took = await framesThere(page, 1)
      noteLongest(tasks, '1,000 sealed texts', await whenQuiet(page))
      return took
    })
  const { ours, other } = await turns(rounds, read, () => bareFrames(setting, '/thousand', 1))
  const first: Row = {
    what: '1,000 sealed texts: the first one readable',
    unit: 'ms',
    ours,
    other,
    against: 'one bare cross-site frame in the same page',
    factor: 1.5,
  }
  const { most, shown, grownMb } = await opened(session, `${pages.origin}/thousand?plan=ours`, (page) =>
    scrollAll(setting, page),
  )
  return [
    first,
    { what: '… frames alive at once', unit: 'frames', ours: most, other: 30, against: 'at most', most: 30 },
    {
      what: '… texts shown, scrolled from top to bottom',
      unit: 'texts',
      ours: 1_000 - shown,
      other: 0,
      against: 'none left out',
      most: 0,
    },
    { what: '… memory at the end, over the start', unit: 'MB', ours: grownMb, other: 40, against: 'at most', most: 40 },
  ]
}

const collectedMs = 30_000

/** Scrolls on, a screen at a time, once what is in view can be read. */
async function scrollAll({ session }: Setting, page: Page) {
  const texts = new Set<string>()
  let most = 0
  const look = async () => {
    most = Math.max(most, (await session.readerFrames(page)).length)
    for (const text of await openedTexts(session, page)) texts.add(text)
  }
  /** The numbers of the texts that can be seen now, in full. */
  const inView = () =>
    page.evaluate(() =>
      [...document.querySelectorAll('article')].flatMap((article, i) => {
        const { top, bottom } = article.getBoundingClientRect()
        return top >= 0 && bottom <= innerHeight ? [i] : []
      }),
    )
  const screenRead = () =>
    waitFor('all that is in view to be read', async () => {
      await look()
      const missing = (await inView()).filter((i) => !texts.has(`text ${i}`))
      if (missing.length === 0) return true
      throw new Error(`not yet: ${missing.join(', ')}`)
    })
  await screenRead()
  await pause(2_000)
  const before = await memoryMb(session)
  for (;;) {
    const atEnd = await page.evaluate(() => {
      const { scrollY } = window
      scrollBy(0, innerHeight * 0.8)
      return window.scrollY === scrollY
    })
    if (atEnd) break
    await screenRead()
  }
  // Frames that are gone are collected by the browser when it finds the time.
  await pause(collectedMs)
  return { most, shown: texts.size, grownMb: (await memoryMb(session)) - before }
}

/** What the browser and all of its processes hold, each page of memory counted once, in MB. */
async function memoryMb(session: Session): Promise<number> {
  const pid = session.browser.process()?.pid
  if (pid === undefined) throw new Error('The browser has no process')
  let kb = 0
  const waiting = [pid]
  for (let each = waiting.pop(); each !== undefined; each = waiting.pop()) {
    try {
      kb += Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${each}/smaps_rollup`, 'utf8'))?.[1] ?? 0)
      waiting.push(
        ...readFileSync(`/proc/${each}/task/${each}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
      )
    } catch {
      // A process that ends while it is asked holds nothing.
    }
  }
  return kb / 1024
}

function noteLongest(tasks: Longest, page: string, seen: Seen): void {
  tasks.set(page, Math.max(tasks.get(page) ?? 0, longest(seen)))
}
