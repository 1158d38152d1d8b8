// Waits until a page and Fieldseal have done what they had to do: where a test claims that something does not come, it has had
// every chance to come by then; and who goes on acts on what is settled. It takes as long as it takes on this machine.

import type { Page } from 'puppeteer-core'
import { type BackgroundScope, type Session, waitFor, within } from './session.ts'
import type { Work } from './watchWork.ts'

/** A document in which no script may run draws no frame that can be waited for. */
const drawnWithinMs = 2_000
const answersWithinMs = 5_000
/** Where nothing is counted, so many looks one after the other stand for it. */
const looksUncounted = 4

/**
 * Waits until the page has drawn what it holds, and nothing is under way in it, in our scripts in any of its frames, and in the
 * background, for two looks in a row. What is counted, and what is too far off to be waited for, is said in watchWork.ts. A build that
 * is run as it ships counts nothing: a test that is content with several looks says so by `uncounted`.
 */
export async function settled(session: Session, page: Page, { uncounted = false } = {}): Promise<void> {
  let before = ''
  let alike = 0
  let draws = true
  await waitFor(
    'the page to come to rest',
    async () => {
      const here = draws ? await within(page.evaluate(drawn), drawnWithinMs).catch(() => null) : null
      if (here === null) draws = false
      const url = here?.url ?? page.url()
      const asked = session.inBackground(lookFromBackground, url.startsWith(session.origin) ? null : url)
      const theirs = await within(asked, answersWithinMs)
      if (theirs.background === null && !uncounted) throw new Error('Nothing is counted in this build (watched.ts)')
      const works = [here?.work, theirs.background, ...theirs.frames].filter(
        (work) => work !== null && work !== undefined,
      )
      const now = JSON.stringify([url, works])
      alike = now === before ? alike + 1 : 0
      before = now
      const isBusy = works.some(({ underWay }) => underWay.length > 0)
      if (!isBusy && alike >= (theirs.background === null ? looksUncounted : 1)) return true
      throw new Error(now)
    },
    // A look costs a page something, and what is under way is not faster for it.
    { everyMs: 20 },
  )
}

interface Counting {
  fieldsealWork?(): Work
}

/** In the page: once two frames were drawn and the browser had time, what is under way there, where that is counted. */
async function drawn(): Promise<{ url: string; work: Work | null }> {
  const plain = <T>(act: T): T => (act as { original?: T }).original ?? act
  const later = plain(setTimeout)
  if (document.hidden) await new Promise((resolve) => later(resolve))
  else {
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
    await new Promise((resolve) => plain(requestIdleCallback)(resolve, { timeout: 500 }))
  }
  return { url: location.href, work: (globalThis as Counting).fieldsealWork?.() ?? null }
}

interface Found {
  readonly background: Work | null
  readonly frames: readonly (Work | null)[]
}

/** In the background: what is under way there, and in our scripts in the frames of the tabs that show this address. */
async function lookFromBackground(scope: BackgroundScope, url: string | null): Promise<Found> {
  type Api = Record<string, Record<string, ((...args: unknown[]) => Promise<unknown>) & { original?: never }>>
  const { chrome, fieldsealWork } = scope as unknown as Counting & { chrome: Api }
  const call = (space: string, name: string, asked: object): Promise<unknown> => {
    const act = chrome[space]?.[name]
    return ((act?.original ?? act) as unknown as (asked: object) => Promise<unknown>).call(chrome[space], asked)
  }
  const tabs = url === null ? [] : ((await call('tabs', 'query', {})) as { id: number; url?: string }[])
  const frames: (Work | null)[] = []
  for (const tab of tabs) {
    if (tab.url !== url) continue
    const target = { tabId: tab.id, allFrames: true }
    const func = () => (globalThis as Counting).fieldsealWork?.() ?? null
    const results = (await call('scripting', 'executeScript', { target, func, injectImmediately: true }).catch(
      (thrown) => {
        // Where Fieldseal may do nothing there is nothing of it.
        if (/cannot access|permission/i.test(String(thrown))) return []
        throw thrown
      },
    )) as { result: Work | null }[]
    frames.push(...results.map(({ result }) => result))
  }
  return { background: fieldsealWork?.() ?? null, frames }
}
