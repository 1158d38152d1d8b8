// Fields of a page: which there are, what stands in them, and how text is put into them so that the page's own code
// notices, a person can undo it, and nothing is lost when the page will not have it.

import { onTrusted } from '../trusted.ts'

const textLike = new Set(['text', 'search', 'url', 'tel', 'email', ''])

/** How long a page may take to refuse or alter what was put into its field, looked at in these steps. */
const settleStepsMs = [0, 40, 200] as const

export type Field = HTMLInputElement | HTMLTextAreaElement | HTMLElement

/** The field that `target` is, or lies in; null when it is none that a person could write in. */
export function fieldOf(target: EventTarget | null): Field | null {
  if (!(target instanceof HTMLElement)) return null
  if (target instanceof HTMLTextAreaElement) return writable(target) ? target : null
  if (target instanceof HTMLInputElement) {
    return textLike.has((target.getAttribute('type') ?? '').toLowerCase()) && writable(target) ? target : null
  }
  return target.isContentEditable ? editingHost(target) : null
}

function writable(control: HTMLInputElement | HTMLTextAreaElement): boolean {
  return !control.readOnly && !control.disabled
}

function editingHost(inside: HTMLElement): HTMLElement {
  let host = inside
  while (host.parentElement?.isContentEditable) host = host.parentElement
  return host
}

/** The field in focus in this document, open shadow roots included. */
export function focusedField(): Field | null {
  let active: Element | null = document.activeElement
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement
  return fieldOf(active)
}

function isControl(field: Field): field is HTMLInputElement | HTMLTextAreaElement {
  return field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement
}

/** What stands in a field, as text. */
export function readField(field: Field): string {
  return isControl(field) ? field.value : field.textContent.replace(/\n$/, '')
}

/** How many UTF-16 units a field takes, or null where it says nothing. */
export function maxChars(field: Field): number | null {
  return isControl(field) && field.maxLength >= 0 ? field.maxLength : null
}

/** What to call a field when speaking to its person. */
export function labelOf(field: Field): string {
  const labelled = field.getAttribute('aria-labelledby')?.split(/\s+/) ?? []
  const words = [
    field.getAttribute('aria-label'),
    labelled.map((id) => document.getElementById(id)?.textContent ?? '').join(' '),
    isControl(field) ? field.labels?.[0]?.textContent : null,
    field.getAttribute('placeholder'),
    field.getAttribute('title'),
    field.getAttribute('name'),
  ]
  const found = words.map((word) => (word ?? '').replace(/\s+/g, ' ').trim()).find((word) => word !== '')
  return (found ?? '').slice(0, 80)
}

/** What became of putting a text into a field. After anything but `placed` the field holds what it held before. */
export type Put = 'placed' | 'altered' | 'too-long' | 'gone'

/** Replaces all text of a field. The page's code sees it as typing; a browser's own undo takes it back. */
export async function putText(field: Field, text: string): Promise<Put> {
  if (!field.isConnected) return 'gone'
  const limit = maxChars(field)
  if (limit !== null && text.length > limit) return 'too-long'
  const before = readField(field)
  const markup = isControl(field) ? null : [...field.childNodes].map((node) => node.cloneNode(true))
  if (!typeOver(field, text) || !(await staysAs(field, text))) {
    putBack(field, before, markup)
    return field.isConnected ? 'altered' : 'gone'
  }
  if (isControl(field)) field.dispatchEvent(new Event('change', { bubbles: true }))
  return 'placed'
}

/** Tries the browser's editing command first, which keeps the undo history; then the value itself. */
function typeOver(field: Field, text: string): boolean {
  field.focus({ preventScroll: true })
  selectAll(field)
  document.execCommand(text === '' ? 'delete' : 'insertText', false, text)
  if (holds(field, text)) return true
  if (!isControl(field)) return false
  field.value = text
  field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true, inputType: 'insertText', data: text }))
  return holds(field, text)
}

function selectAll(field: Field): void {
  if (isControl(field)) {
    field.select()
    return
  }
  const selection = field.ownerDocument.getSelection()
  selection?.removeAllRanges()
  const range = field.ownerDocument.createRange()
  range.selectNodeContents(field)
  selection?.addRange(range)
}

/** An editor may keep white space its own way; a control keeps every character. */
function holds(field: Field, text: string): boolean {
  const now = readField(field)
  if (isControl(field)) return now === text
  const folded = (value: string) => value.replace(/\s+/g, ' ').trim()
  return folded(now) === folded(text)
}

/**
 * Whether a page leaves in its field what was put there. What the person does meanwhile is no refusal of the page's: they
 * may go on typing, or send the text off, whereupon the page empties the field or takes it away.
 */
async function staysAs(field: Field, text: string): Promise<boolean> {
  const watching = new AbortController()
  const acts = new Promise<'acted'>((resolve) => {
    for (const kind of ['keydown', 'beforeinput', 'paste', 'pointerdown'] as const) {
      onTrusted(window, kind, watching.signal, () => resolve('acted'))
    }
  })
  try {
    for (const ms of settleStepsMs) {
      const passed = new Promise<'passed'>((resolve) => setTimeout(() => resolve('passed'), ms))
      const happened = await Promise.race([acts, passed])
      if (happened === 'acted') return true
      if (!field.isConnected || !holds(field, text)) return false
    }
    return true
  } finally {
    watching.abort()
  }
}

/** Gives a field back what it held. An editor's own undo comes first, since it knows more than the text. */
function putBack(field: Field, before: string, markup: readonly Node[] | null): void {
  if (!field.isConnected || holds(field, before)) return
  document.execCommand('undo')
  if (holds(field, before)) return
  typeOver(field, before)
  if (holds(field, before) || markup === null) return
  field.replaceChildren(...markup)
  field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true, inputType: 'insertReplacementText' }))
}
