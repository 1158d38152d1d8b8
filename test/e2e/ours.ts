// What Fieldseal has put into a page in closed shadow roots: its button, menu and notices. The browser opens such roots to
// the extension alone, so that is who is asked; what is pressed is then pressed by the mouse, as a person would.

import type { Page } from 'puppeteer-core'
import { type Session, siteOf, waitFor } from './session.ts'

interface Shown {
  readonly words: string
  /** The directions that they are written in, each once. */
  readonly directions: readonly string[]
  readonly buttons: readonly { readonly name: string; readonly x: number; readonly y: number }[]
}

/** The hosts of what stands above the page, and of what stands in the place of a text in it. */
const above = 'html > div'
export const inPlace = 'p > div'

/** Everything of ours that stands in the page in front. */
export async function oursIn(session: Session, page: Page, hosts = above): Promise<Shown> {
  const found = await session.inBackground(
    async ({ browser }, url, selector) => {
      const { tabs, scripting } = browser
      const [tab] = ((await tabs?.query?.({ url, active: true })) ?? []) as { id: number }[]
      const look = (selector: string) => {
        type Opens = { dom?: { openOrClosedShadowRoot?(element: Element): ShadowRoot | null } }
        const { chrome: api } = globalThis as unknown as { chrome?: Opens }
        const rootOf = (host: Element) =>
          (host as unknown as { openOrClosedShadowRoot?: ShadowRoot }).openOrClosedShadowRoot ??
          api?.dom?.openOrClosedShadowRoot?.(host)
        const roots = [...document.querySelectorAll(selector)].flatMap((host) => rootOf(host) ?? [])
        const buttons = roots.flatMap((root) => [...root.querySelectorAll('button')])
        return {
          words: roots
            .map((root) => [...root.querySelectorAll('.words')].map((one) => one.textContent).join(' '))
            .join('\n'),
          directions: [
            ...new Set(roots.map((root) => getComputedStyle(root.querySelector('.box') ?? root.host).direction)),
          ],
          buttons: buttons.map((button) => {
            const { left, top, width, height } = button.getBoundingClientRect()
            const name = button.getAttribute('aria-label') ?? button.textContent ?? ''
            return { name, x: left + width / 2, y: top + height / 2 }
          }),
        }
      }
      const results = await scripting?.executeScript?.({ target: { tabId: tab?.id }, args: [selector], func: look })
      return (results as { result: unknown }[])[0]?.result
    },
    siteOf(new URL(page.url()).origin),
    hosts,
  )
  return (found ?? { words: '', directions: [], buttons: [] }) as Shown
}

/** Waits until a notice of ours says this sentence. */
export function noticed(session: Session, page: Page, sentence: string | RegExp): Promise<true> {
  return waitFor(`a notice that says ${sentence}`, async () => {
    const said = (await oursIn(session, page)).words
    if (typeof sentence === 'string' ? said.includes(sentence) : sentence.test(said)) return true as const
    throw new Error(`said: ${said}`)
  })
}

/** Waits for a button of ours with this name and gives where it is, in the page's pixels. */
export function ourButton(
  session: Session,
  page: Page,
  name: string | RegExp,
  hosts = above,
): Promise<{ x: number; y: number }> {
  return waitFor(`our button ${name}`, async () =>
    (await oursIn(session, page, hosts)).buttons.find((one) =>
      typeof name === 'string' ? one.name === name : name.test(one.name),
    ),
  )
}

export async function pressOurs(session: Session, page: Page, name: string | RegExp, hosts = above): Promise<void> {
  const { x, y } = await ourButton(session, page, name, hosts)
  await page.mouse.click(x, y)
}
