// What all reader frames of a page show, asked of many at once. In Chromium each is asked over its own line to the browser:
// Puppeteer loses track of some of the documents when many frames come up together, and then never answers for them.

import type { CDPSession, Page } from 'puppeteer-core'
import { type Session, waitFor, within } from './session.ts'

/** In a reader frame: the text that a person reads there; null for none. */
export const openedText = `document.querySelector('[role="region"][aria-label="Opened text"]')?.textContent ?? null`
const said = `document.body?.innerText.trim() ?? null`
const patienceMs = 2_000

/** What Puppeteer has for every document that the browser let it attach to, also where it did not find the frame for it. */
interface Attached {
  _session(): CDPSession | undefined
}

/** In any frame: `expression` in one of ours that is a reader, null in others. Asked so, a frame is asked once. */
export function inReader(session: Session, expression: string): string {
  return `location.href.startsWith(${JSON.stringify(session.extensionUrl('reader.html'))}) ? ${expression} : null`
}

async function each(session: Session, page: Page, expression: string): Promise<string[]> {
  const answers = (session.origin.startsWith('chrome-extension:') ? inChromium() : byFrames()).map((answer) =>
    within(answer, patienceMs).catch(() => null),
  )
  return (await Promise.all(answers)).filter((answer) => typeof answer === 'string')

  function byFrames(): Promise<unknown>[] {
    return page.frames().map((frame) => frame.evaluate(inReader(session, expression)))
  }
  function inChromium(): Promise<unknown>[] {
    const readers = session.browser.targets().filter((target) => target.type() === 'other')
    const top = JSON.stringify(new URL(page.url()).origin)
    const ofPage = `location.pathname === '/reader.html' && [...location.ancestorOrigins].at(-1) === ${top} ? ${expression} : undefined`
    return readers.map(async (target) => {
      const line = (target as unknown as Attached)._session()
      return (await line?.send('Runtime.evaluate', { expression: ofPage, returnByValue: true }))?.result.value
    })
  }
}

/** The opened texts, sorted. */
export const openedNow = async (session: Session, page: Page): Promise<string[]> =>
  (await each(session, page, openedText)).sort()

/** Everything that reader frames say, their buttons too. */
export const saidNow = (session: Session, page: Page): Promise<string[]> => each(session, page, said)

/** Waits until exactly these texts are read in the page, in any order. */
export function allRead(session: Session, page: Page, texts: readonly string[], timeoutMs = 20_000): Promise<true> {
  const wanted = JSON.stringify([...texts].sort())
  const look = async () => {
    const seen = JSON.stringify(await openedNow(session, page))
    if (seen === wanted) return true as const
    throw new Error(`it shows ${seen.slice(0, 500)}`)
  }
  return waitFor(`the page to show ${wanted.slice(0, 200)}`, look, { timeoutMs })
}
