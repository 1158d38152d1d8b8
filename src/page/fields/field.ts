// Fields of a page: which there are, of what kind they are, and what to call them.

import { inkling } from '../texts/inkling.ts'
import { copied } from './copying.ts'
import { readLines } from './lines.ts'

const textLike = new Set(['text', 'search', 'url', 'tel', 'email', ''])

export type Control = HTMLInputElement | HTMLTextAreaElement
export type Field = Control | HTMLElement

/** An element whose text the page draws itself, as far as it is used (the EditContext API). */
interface Drawn {
  readonly editContext?: {
    readonly text: string
    readonly selectionStart: number
    readonly selectionEnd: number
  } | null
}

/** The field that `target` is, or lies in; null when it is none that a person could write in, or read a sealed text in. */
export function fieldOf(target: EventTarget | null): Field | null {
  if (target instanceof Document) return target.designMode === 'on' ? target.body : null
  if (!(target instanceof HTMLElement)) return null
  if (isControl(target)) {
    const speaksText = target instanceof HTMLTextAreaElement || textLike.has(typeOf(target))
    return speaksText && !target.disabled && (!target.readOnly || target.value.includes(inkling)) ? target : null
  }
  if (drawnIn(target) !== null) return target
  if (target.isContentEditable) return editingHost(target)
  return target.ownerDocument.designMode === 'on' ? target.ownerDocument.body : null
}

function typeOf(input: HTMLInputElement): string {
  return (input.getAttribute('type') ?? '').toLowerCase()
}

function editingHost(inside: HTMLElement): HTMLElement {
  let host = inside
  while (host.parentElement?.isContentEditable) host = host.parentElement
  // A document in design mode is editable as a whole; what is written is in its body.
  return host instanceof HTMLHtmlElement ? host.ownerDocument.body : host
}

/** The field in focus in this document, open shadow roots included. */
export function focusedField(): Field | null {
  let active: Element | null = document.activeElement
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement
  return fieldOf(active)
}

export function isControl(field: Element): field is Control {
  return field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement
}

export function isReadOnly(field: Field): boolean {
  return isControl(field) && field.readOnly
}

/** What an element is given to edit whose text the page draws itself, elsewhere; null for other elements. */
export function drawnIn(field: Field): NonNullable<Drawn['editContext']> | null {
  return (field as Drawn).editContext ?? null
}

/** What stands in a field, as text. Of an editor that shows a part of its document: that part, or what is about the caret. */
export function readField(field: Field): string {
  if (isControl(field)) return field.value
  const drawn = drawnIn(field)
  // What such an element is given to edit need not be what stands in the document.
  return drawn === null ? readLines(field).text : (copied(field) ?? drawn.text)
}

/** The letters of what stands in a field, in order but without its lines: cheap enough to be asked at each key. */
export function glance(field: Field): string {
  return isControl(field) ? field.value : (drawnIn(field)?.text ?? field.textContent)
}

/** Whether there may be a sealed text in the field. */
export function mayHoldSealed(field: Field): boolean {
  return glance(field).includes(inkling)
}

/** How many UTF-16 units a field takes by the browser's own rule, or null where it has none. */
export function maxChars(field: Field): number | null {
  return isControl(field) && field.maxLength >= 0 ? field.maxLength : null
}

/** What to call a field when speaking to its person. */
export function labelOf(field: Field): string {
  const labelled = field.getAttribute('aria-labelledby')?.split(/\s+/) ?? []
  const root = field.getRootNode() as Document | ShadowRoot
  const words = [
    field.getAttribute('aria-label'),
    labelled.map((id) => root.getElementById(id)?.textContent ?? '').join(' '),
    isControl(field) ? field.labels?.[0]?.textContent : null,
    field.getAttribute('placeholder'),
    field.getAttribute('title'),
    field.getAttribute('name'),
  ]
  const found = words.map((word) => (word ?? '').replace(/\s+/g, ' ').trim()).find((word) => word !== '')
  return (found ?? '').slice(0, 80)
}
