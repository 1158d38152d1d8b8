// Finds things in a page as a person does, and waits for them inside the page, in a world of its own that the page's scripts do
// not see. until.ts brings it there.

import { matching, nameOf, roleOf, type Wanted } from './tree.ts'
import { watchFor } from './watchFor.ts'

/** A whole text, or a regular expression. */
export type Expected = { readonly text: string } | { readonly source: string; readonly flags: string }

/** An element as assistive technology is told of it. */
export interface Seen {
  readonly name: string
  readonly role: string | null
  readonly html: string
}

const inPage = {
  all: async (wanted: Wanted): Promise<Seen[]> =>
    [...matching(wanted)].map((element) => ({ name: nameOf(element), role: roleOf(element), html: element.outerHTML })),

  has: async (wanted: Wanted): Promise<boolean> => first(wanted) !== null,

  gone: (wanted: Wanted, timeoutMs: number): Promise<boolean> => watchFor(() => first(wanted) === null, timeoutMs),

  found: (wanted: Wanted, timeoutMs: number): Promise<Element> =>
    watchFor(
      () => first(wanted),
      timeoutMs,
      () => othersThan(wanted),
    ),

  field: (name: string, timeoutMs: number): Promise<Element> => watchFor(() => fieldNamed(name), timeoutMs),

  value: (name: string, timeoutMs: number): Promise<string> => watchFor(() => textIn(fieldNamed(name)), timeoutMs),

  /** What a field holds, once that is what is `expected`. */
  valueLike: (name: string, expected: Expected, timeoutMs: number): Promise<string> =>
    watchFor(() => like(expected, 'holds', textIn(fieldNamed(name))), timeoutMs),

  /** The text of an element, once it is what is `expected`. */
  textLike: (wanted: Wanted, expected: Expected, timeoutMs: number): Promise<string> =>
    watchFor(() => like(expected, 'says', first(wanted)?.textContent), timeoutMs),

  /** Selects what a field holds, so that it is typed over. */
  async selected(name: string, timeoutMs: number): Promise<true> {
    const field = (await inPage.field(name, timeoutMs)) as HTMLInputElement
    field.focus()
    field.select?.()
    return true
  },

  /** The element in view, once it is enabled and stands still: one that moves meanwhile is not met by a click. */
  async pressable(wanted: Wanted, timeoutMs: number): Promise<Element> {
    const end = performance.now() + timeoutMs
    for (;;) {
      const leftMs = end - performance.now()
      const element = await watchFor(
        () => enabled(first(wanted)),
        leftMs,
        () => othersThan(wanted),
      )
      bringIntoView(element)
      const before = JSON.stringify(element.getBoundingClientRect())
      await twoFrames()
      if (first(wanted) === element && JSON.stringify(element.getBoundingClientRect()) === before) return element
      if (performance.now() > end) throw new Error('it does not stand still')
    }
  },

  /** The middle of it, in the view of its frame. From now on it is noted whether a press meets it. */
  async pressPoint(wanted: Wanted, timeoutMs: number): Promise<{ x: number; y: number }> {
    const element = await inPage.pressable(wanted, timeoutMs)
    isMet = false
    for (const kind of ['pointerdown', 'click'])
      element.addEventListener(kind, () => (isMet = true), { capture: true, once: true })
    return middleOf(element)
  },

  /** Whether the last press has met what it was meant for. */
  met: (): Promise<boolean> => watchFor(() => isMet, metWithinMs).catch(() => false),
}
/** A document in which no press was prepared is what the press led to. */
let isMet = true
/** How long a press takes to be told of in the page, at most. */
const metWithinMs = 400
export type InPage = typeof inPage
;(globalThis as unknown as { inPage: InPage }).inPage = inPage

function first(wanted: Wanted): Element | null {
  const [element = null] = matching(wanted)
  return element
}

/** What has the role, or any, but another name. */
function othersThan({ role }: Wanted): string {
  const names = [...matching({ name: null, role })].map(nameOf).filter((name) => name !== '')
  return `there are: ${names
    .map((name) => `“${name}”`)
    .join(', ')
    .slice(0, 500)}`
}

/** The first field that can be written in. A password field has no role, so the role cannot tell it. */
function fieldNamed(name: string): Element | null {
  for (const element of matching({ name, role: null }))
    if (element.matches('input, textarea') || (element as HTMLElement).isContentEditable) return element
  return null
}

function textIn(field: Element | null): string | undefined {
  return field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement
    ? field.value
    : (field as HTMLElement | null)?.innerText
}

function like(expected: Expected, verb: string, text: string | null | undefined): string {
  if (text === null || text === undefined) throw new Error('it is not there')
  const fits = 'text' in expected ? text === expected.text : new RegExp(expected.source, expected.flags).test(text)
  if (fits) return text
  throw new Error(`it ${verb}: ${text.slice(0, 300)}`)
}

function enabled(element: Element | null): Element | null {
  if ((element as HTMLButtonElement | null)?.disabled || element?.ariaDisabled === 'true')
    throw new Error('it is disabled')
  return element
}

function bringIntoView(element: Element): void {
  const { x, y } = middleOf(element)
  const { left, top, right, bottom } = element.getBoundingClientRect()
  const isWhole = left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight
  // In a list that scrolls it may lie in the window and not be seen.
  const root = element.getRootNode() as Document | ShadowRoot
  const isMet = element.contains(root.elementFromPoint(x, y))
  if (!isWhole || !isMet) element.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' })
}

/** Of its first part, as far as that is in view. */
function middleOf(element: Element): { x: number; y: number } {
  const [part = element.getBoundingClientRect()] = element.getClientRects()
  const x = (Math.max(part.left, 0) + Math.min(part.right, innerWidth)) / 2
  const y = (Math.max(part.top, 0) + Math.min(part.bottom, innerHeight)) / 2
  return { x, y }
}

/** A hidden page draws none, and neither does a frame that is out of sight. */
const twoFrames = (): Promise<void> =>
  new Promise((resolve) => {
    if (document.hidden) return resolve()
    requestAnimationFrame(() => requestAnimationFrame(() => resolve()))
    setTimeout(resolve, 500)
  })
