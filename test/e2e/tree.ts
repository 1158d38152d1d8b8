// What a page has for assistive technology, and by which names and roles: computed from the document, as the browsers do for
// their accessibility trees. That all three agree is tested in tree.test.ts.

import { computeAccessibleName, getRole } from 'dom-accessibility-api'

/** What is looked for: an accessible name, a role, or both. */
export interface Wanted {
  readonly name: string | null
  readonly role: string | null
}

/** The elements that are wanted, in the order of the page. */
export function* matching({ name, role }: Wanted): Generator<Element> {
  for (const element of reachable()) {
    if (role !== null && roleOf(element) !== role) continue
    if (name === null || (mayHaveName(element) && nameOf(element) === name)) yield element
  }
}

export const nameOf = (element: Element): string => computeAccessibleName(element).replace(/\s+/g, ' ').trim()

/** As the browsers call it, where that is another word than the library's. */
export function roleOf(element: Element): string | null {
  const role = getRole(element)
  if (role === 'img') return 'image'
  // It is told of as what it is, by a name that each browser has for itself.
  return element.matches('summary:not([role])') ? null : role
}

/** What has no role of its own has a name only where an attribute gives it one. The library would go through all of its text. */
function mayHaveName(element: Element): boolean {
  return roleOf(element) !== null || element.matches('input, summary, [aria-label], [aria-labelledby], [title]')
}

/** What assistive technology can come to: all that is shown and neither hidden from it nor inert, through open shadow roots. */
function* reachable(): Generator<Element> {
  const modals = [...document.querySelectorAll('dialog:modal')]
  // What lies outside of the upmost one is inert. It has taken the focus.
  const modal = modals.find((each) => each.contains(document.activeElement)) ?? modals.at(-1)
  yield* within(modal ?? document.documentElement)
}

function* within(element: Element): Generator<Element> {
  if (element.ariaHidden === 'true' || (element as HTMLElement).inert) return
  const { display, visibility } = getComputedStyle(element)
  // What has no box has no content that has one. Choices have one only while they are shown.
  if (display === 'none' || (display !== 'contents' && !element.checkVisibility() && !element.matches('option'))) return
  if (visibility === 'visible') yield element
  for (const child of element.shadowRoot?.children ?? []) yield* within(child)
  for (const child of element.children) yield* within(child)
}
