// Reads the person's selection in a field, and selects what is about to be replaced. An editor notices a selection only after a while, and a
// key pressed meanwhile must not replace the selected text.

import { modifiers } from '../../script/chosenField.ts'
import type { Field } from '../../script/fieldOf.ts'
import { onTrusted } from '../../script/trusted.ts'

/** How long editors take to notice a selection: those that listen to events, and those that poll it, at worst every 100 ms (Slate). */
export const noticeMs = { listening: 30, looking: 120 } as const

/** In Chromium a shadow root has its own selection. In Firefox the document's selection includes shadow roots. */
type Selects = { getSelection?(): Selection | null }

function selectionFor(field: Field): Selection | null {
  return (field.getRootNode() as Selects).getSelection?.() ?? field.ownerDocument.getSelection()
}

/** The selection in an editable element; null if it is empty or elsewhere. */
export function selectedRange(field: Field): Range | null {
  const range = caretIn(field)
  return range === null || range.collapsed ? null : range
}

/** The caret or selection in an editable element; null if it is elsewhere. */
export function caretIn(field: Field): Range | null {
  const selection = selectionFor(field)
  if (selection === null || selection.rangeCount === 0) return null
  const root = field.getRootNode()
  const [inShadow] = root instanceof ShadowRoot ? (selection.getComposedRanges?.({ shadowRoots: [root] }) ?? []) : []
  const { startContainer, startOffset, endContainer, endOffset } = inShadow ?? selection.getRangeAt(0)
  if (!field.contains(startContainer) || !field.contains(endContainer)) return null
  return rangeFrom(field, startContainer, startOffset, endContainer, endOffset)
}

/** Creates a range, whose ends must be in the field. */
export function rangeFrom(field: Field, from: Node, fromOffset: number, to: Node, toOffset: number): Range {
  const range = field.ownerDocument.createRange()
  range.setStart(from, fromOffset)
  range.setEnd(to, toOffset)
  return range
}

export function select(field: Field, range: Range): void {
  const { startContainer, startOffset, endContainer, endOffset } = range
  // Unlike `addRange`, this reaches into shadow roots.
  selectionFor(field)?.setBaseAndExtent(startContainer, startOffset, endContainer, endOffset)
}

/** Everything in an editable element. */
export function wholeRange(field: Field): Range {
  const range = field.ownerDocument.createRange()
  range.selectNodeContents(field)
  return range
}

export function focusOn(field: Field): void {
  const active = (field.getRootNode() as Document | ShadowRoot).activeElement
  if (active !== field) field.focus({ preventScroll: true })
  if (document.hasFocus()) return
  // While our own window is in front, an editor believes that it is blurred, and ignores keys and selections.
  field.dispatchEvent(new FocusEvent('focus'))
  field.dispatchEvent(new FocusEvent('focusin', { bubbles: true, composed: true }))
}

/** Dispatches a key with Ctrl or Command, for editors that draw their own selection. True if one handled it. */
export function pressCommandKey(field: Field, letter: 'a' | 'z', reach: 'field' | 'editor'): boolean {
  return pressKey(field, { key: letter, code: `Key${letter.toUpperCase()}`, ...commandHeld() }, reach)
}

const commandHeld = () => (navigator.platform.startsWith('Mac') ? { metaKey: true } : { ctrlKey: true })

function pressKey(field: Field, init: KeyboardEventInit & { key: string }, reach: 'field' | 'editor'): boolean {
  // Older editors read `keyCode`.
  const keyCode = init.key.length === 1 ? init.key.toUpperCase().charCodeAt(0) : rightKeyCode
  const bubbles = reach === 'editor'
  return !field.dispatchEvent(
    new KeyboardEvent('keydown', {
      ...init,
      keyCode,
      bubbles,
      composed: bubbles,
      cancelable: true,
    } as KeyboardEventInit),
  )
}

const rightKeyCode = 39

/** Moves the caret behind the selection, so that the next key replaces nothing. */
export function collapse(field: Field): void {
  if (selectedRange(field) !== null) selectionFor(field)?.collapseToEnd()
}

/** The same, in editors that draw their own selection. */
export const pressRight = (field: Field): void =>
  void pressKey(field, { key: 'ArrowRight', code: 'ArrowRight' }, 'editor')

/** Notices when the person acts while we work on a field. The work must then end before their key takes effect. */
export class Interruption {
  readonly #watching = new AbortController()
  readonly came: Promise<void>
  happened = false

  constructor(letGo: () => void) {
    this.came = new Promise((resolve) => {
      for (const kind of ['keydown', 'beforeinput', 'paste', 'pointerdown'] as const) {
        onTrusted(window, kind, this.#watching.signal, (event) => {
          if (event instanceof KeyboardEvent && modifiers.has(event.key)) return
          this.happened = true
          this.#watching.abort()
          letGo()
          resolve()
        })
      }
    })
  }

  end(): void {
    this.#watching.abort()
  }
}

/** Restores the caret, or moves it behind the selection. */
export function release(field: Field, before: Range | null): void {
  if (before !== null) select(field, before)
  else collapse(field)
}

/** Waits until an editor has noticed the selection. If the person interrupts, calls `letGo` before their act takes effect; then false. */
export async function noticed(letGo: () => void, ms: number): Promise<boolean> {
  const interruption = new Interruption(letGo)
  await Promise.race([interruption.came, new Promise((resolve) => setTimeout(resolve, ms))])
  interruption.end()
  return !interruption.happened
}
