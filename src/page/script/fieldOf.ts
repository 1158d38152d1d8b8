// Which elements of a page are fields, and of what kind.

import { markerPrefix } from '../../crypto/prefilter.ts'

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
    return speaksText && !target.disabled && (!target.readOnly || target.value.includes(markerPrefix)) ? target : null
  }
  if (drawnIn(target) !== null) return target
  if (target.isContentEditable) return editingHost(target)
  return target.ownerDocument.designMode === 'on' ? target.ownerDocument.body : null
}

/** A click on a field's label goes to the field. */
export function controlOf(target: EventTarget | null): EventTarget | null {
  return (target instanceof Element && target.closest('label')?.control) || target
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
