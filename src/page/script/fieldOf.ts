// Decides which elements of a page are fields.

import { markerPrefix } from '../../crypto/prefilter.ts'

const textLike = new Set(['text', 'search', 'url', 'tel', 'email', ''])

export type Control = HTMLInputElement | HTMLTextAreaElement
export type Field = Control | HTMLElement

/** An element whose text the page draws itself: the part of the EditContext API that we use. */
interface Drawn {
  readonly editContext?: {
    readonly text: string
    readonly selectionStart: number
    readonly selectionEnd: number
  } | null
}

/** The field that `target` is or is in; null if a person can neither write in it nor read a sealed text in it. */
export function fieldOf(target: EventTarget | null): Field | null {
  if (target instanceof Document) return target.designMode === 'on' ? target.body : null
  if (!(target instanceof HTMLElement)) return null
  if (isControl(target)) {
    const speaksText = target instanceof HTMLTextAreaElement || textLike.has(typeOf(target))
    return speaksText && !target.disabled && (!target.readOnly || target.value.includes(markerPrefix)) ? target : null
  }
  if (drawnIn(target) !== null) return target
  if (target.isContentEditable) return editingHost(target)
  return target.ownerDocument.designMode === 'on' ? target.ownerDocument.body : null
}

/** The control of a label, for a click on the label; else `target` itself. */
export function controlOf(target: EventTarget | null): EventTarget | null {
  return (target instanceof Element && target.closest('label')?.control) || target
}

function typeOf(input: HTMLInputElement): string {
  return (input.getAttribute('type') ?? '').toLowerCase()
}

function editingHost(inside: HTMLElement): HTMLElement {
  let host = inside
  while (host.parentElement?.isContentEditable) host = host.parentElement
  // A document in design mode is editable as a whole, and its text is in the body.
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

/** The EditContext of an element whose text the page draws itself; null for other elements. */
export function drawnIn(field: Field): NonNullable<Drawn['editContext']> | null {
  return (field as Drawn).editContext ?? null
}
