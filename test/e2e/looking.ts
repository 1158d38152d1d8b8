// Looks at pages as people see them who need more than a mouse and a light screen: axe's rules in both colour schemes,
// where the keyboard's focus is, and whether it can be seen.

import axe from 'axe-core'
import type { Page } from 'puppeteer-core'
import { everything, kinds, type Session } from './session.ts'
import { type Place, until } from './until.ts'

export const schemes = ['light', 'dark'] as const
export type Scheme = (typeof schemes)[number]

const { source: axeSource } = axe

interface Axe {
  run(context: unknown, options: object): Promise<{ violations: Violation[] }>
}
interface Violation {
  readonly id: string
  readonly impact?: string | null
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[]
}

/** Sets what pages are told of the person's colour scheme. Chromium takes it by page, Firefox for all of them. */
export async function setScheme(session: Pick<Session, 'kind' | 'browser'>, page: Page, scheme: Scheme): Promise<void> {
  if (session.kind === 'chromium') await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }])
  else {
    // Tabs follow the first, the toolbar's popup follows the second.
    await setPreference(session, 'layout.css.prefers-color-scheme.content-override', scheme === 'dark' ? 0 : 1)
    await setPreference(session, 'ui.systemUsesDarkTheme', scheme === 'dark' ? 1 : 0)
  }
  await until(page, `the page to be ${scheme}`, (name) => matchMedia(`(prefers-color-scheme: ${name})`).matches, [
    scheme,
  ])
}

/** Whether axe looks at pages in this browser. They have the same documents and colours in both, and it is at work for long. */
export const looks = kinds.includes('chromium') || everything

/** What axe holds against a place, serious or critical, one a line. In the dark only colours are looked at again. */
export async function faults(place: Place, scheme: Scheme): Promise<string[]> {
  if (!looks) return []
  if (!(await place.evaluate(() => 'axe' in globalThis))) await place.evaluate(axeSource)
  const only = scheme === 'dark' ? { runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] } } : {}
  const options = { ...only, resultTypes: ['violations'] }
  const found = (await place.evaluate(async (given) => {
    // What fades in has half of its colour until it is there.
    for (const each of document.getAnimations())
      if (each.effect?.getComputedTiming().endTime !== Infinity) each.finish()
    const { violations } = await (globalThis as unknown as { axe: Axe }).axe.run(document, given)
    return violations
  }, options)) as Violation[]
  return found
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${scheme}: ${id}: ${html}: ${failureSummary}`))
}

/** The name of what has the focus, and whether the focus is to be seen there. */
export function focus(page: Page): Promise<{ name: string; seen: boolean }> {
  return page.evaluate(() => {
    const at = document.activeElement as HTMLInputElement
    const hasRing = (element: Element | null): boolean => {
      if (element === null) return false
      const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(element)
      const isSeen = !/^rgba\(.*, 0\)$|^transparent$/.test(outlineColor)
      return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 1 && isSeen
    }
    const labels = [...(at.labels ?? [])].map(({ textContent }) => textContent)
    const by = document.getElementById(at.getAttribute('aria-labelledby') ?? '')?.textContent
    const name = at.ariaLabel ?? by ?? (labels.length > 0 ? labels.join(' ') : at.textContent)
    // A field with a button in it has the ring around both.
    const box = at.closest('.password')
    const outlined = hasRing(at) || (at.matches('.password > input') && hasRing(box))
    return { name: (name ?? '').trim(), seen: outlined && at.matches(':focus-visible') }
  })
}

/** Presses Tab until what has this name has the focus. Throws where the focus is not to be seen on the way. */
export async function tabTo(page: Page, name: string): Promise<void> {
  const passed: string[] = []
  for (let presses = 0; presses < 40; presses++) {
    const now = await focus(page)
    if (presses > 0 && !now.seen) throw new Error(`The focus on “${now.name}” is not to be seen`)
    if (now.name === name) return
    passed.push(now.name)
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab did not come to “${name}”, but to ${JSON.stringify(passed)}`)
}

/** The parts of the raw connection to Firefox that are used. */
interface Connection {
  send(method: string, params: object): Promise<{ result: { contexts?: { context: string; url: string }[] } }>
}

/** Sets a preference of a running Firefox, as about:config does. */
async function setPreference(session: Pick<Session, 'browser'>, name: string, value: number): Promise<void> {
  const { connection } = session.browser as unknown as { connection: Connection }
  const tree = await connection.send('browsingContext.getTree', { 'moz:scope': 'chrome' })
  const context = tree.result.contexts?.find(({ url }) => url.endsWith('/browser.xhtml'))?.context
  const expression = `Services.prefs.setIntPref(${JSON.stringify(name)}, ${value})`
  await connection.send('script.evaluate', { expression, target: { context }, awaitPromise: false })
}
