// Which field of this frame the person last entered, by their own acts alone. A page's script can move the focus, so the focus proves
// nothing: a trusted press or Tab does, wherever the focus then goes. Typing in a field without either counts too, but an opened
// text is put back only into a field that the person entered.

import { controlOf, type Field, fieldOf, focusedField, isControl } from './fieldOf.ts'
import { boxIn } from './shell.ts'
import { onTrusted } from './trusted.ts'

/**
 * How a field was chosen: `reached` by a press or by Tab; only `typed` in, wherever the focus came from; or in focus while the
 * person had done nothing in this frame that could be `watched`.
 */
export type Reached = 'reached' | 'typed' | 'unwatched'

/** What the background asks about this frame (commandTarget.ts), and parses again (tabs/tabCommands.ts). */
export interface CommandTarget {
  /** When the person last came to a field here, typed in one or left one: in milliseconds since 1970, or 0 for never. */
  readonly actedAt: number
  /** A field is chosen here. */
  readonly chosen: boolean
  /** A field of this very frame has the focus, whoever moved it there: the chosen one, or another where none is chosen. */
  readonly focused: boolean
}

/** Keys that write nothing by themselves: they come with every shortcut. */
export const modifiers: ReadonlySet<string> = new Set(['Alt', 'AltGraph', 'Control', 'Meta', 'Shift', 'OS'])
const otherFields = 'input,textarea,[contenteditable]'

/** It is in every frame of a site that is on; what to make of it is for the script that sees to fields (commandTarget.ts). */
export class ChosenField {
  /** Null where the person has left it for something that is no field. */
  field = weak(focusedField())
  how: Reached = 'unwatched'
  /** When the person last came to a field here, typed in one or left one: in milliseconds since 1970, or 0 for never. */
  actedAt = 0
  /** What was pressed last, as long as the focus that follows may be of the press. */
  #pressed: WeakRef<Element> | null = null
  /** The person has pressed something else than the chosen field since. */
  #isLeaving = false
  /** The key Tab, while the focus that it moves is on its way. */
  #tab: KeyboardEvent | null = null

  constructor(life: AbortSignal) {
    onTrusted(window, 'pointerdown', life, (event) => this.#onPointerDown(event))
    onTrusted(window, 'pointercancel', life, () => {
      this.#pressed = null
      this.#isLeaving = false
    })
    onTrusted(window, 'keydown', life, (event) => this.#onKeyDown(event))
    onTrusted(window, 'focusin', life, (event) => this.#onFocus(fieldAt(event)))
    onTrusted(window, 'focusout', life, (event) => this.#onBlur(fieldAt(event)))
    onTrusted(window, 'paste', life, (event) => this.#onTyped(fieldAt(event)))
  }

  #onPointerDown(event: PointerEvent): void {
    const [target] = event.composedPath()
    // A press on our own button or notice says nothing of where the person is.
    if (!(target instanceof Element) || boxIn(target) !== null) return
    const field = fieldOf(controlOf(target))
    this.#pressed = new WeakRef(field ?? target)
    const focused = focusedField()
    if (focused !== null && leadsTo(field ?? target, focused)) this.#choose(focused, 'reached')
    // A press on a tool bar may take no focus away: then the person has not left.
    else if (focused === null || focused !== this.field?.deref()) this.#choose(null)
    else this.#isLeaving = true
  }

  #onKeyDown(event: KeyboardEvent): void {
    const { key, altKey, ctrlKey, metaKey } = event
    if (modifiers.has(key)) return
    this.#pressed = null
    if (key === 'Tab') {
      this.#tab = event
      // The focus moves before anything else happens, or not at all.
      setTimeout(() => (this.#tab = null))
    } else if (!(altKey || ctrlKey || metaKey)) {
      this.#onTyped(fieldAt(event))
    }
  }

  #onFocus(field: Field | null): void {
    const pressed = this.#pressed?.deref()
    const tab = this.#tab
    if (tab !== null) {
      this.#tab = null
      // While the key is still being dispatched, it is the page that moves the focus.
      if (tab.eventPhase === Event.NONE && !tab.defaultPrevented) this.#choose(field, 'reached')
    } else if (pressed !== undefined && field !== null && leadsTo(pressed, field)) {
      this.#choose(field, 'reached')
    }
  }

  #onBlur(field: Field | null): void {
    // A window that goes to the back takes the focus along, and brings it again.
    if (field === null || field !== this.field?.deref() || !document.hasFocus()) return
    if (this.#isLeaving || this.#tab?.eventPhase === Event.NONE) this.#choose(null)
  }

  #onTyped(field: Field | null): void {
    if (field === null) return
    const isReached = field === this.field?.deref() && this.how === 'reached'
    this.#choose(field, isReached ? 'reached' : 'typed')
  }

  #choose(field: Field | null, how: Reached = 'typed'): void {
    this.field = weak(field)
    this.how = how
    this.actedAt = Date.now()
    this.#isLeaving = false
  }
}

const fieldAt = (event: Event) => fieldOf(event.composedPath()[0] ?? null)
const weak = (field: Field | null) => (field === null ? null : new WeakRef(field))

/**
 * Whether a press leads to a field: it was on the field, or on an editor around it that passes the focus on to the one place
 * in it that takes keys. A page that lays a clear field over all of itself gains as much.
 */
function leadsTo(pressed: Element, field: Field): boolean {
  if (pressed === field) return true
  if (isControl(pressed)) return false
  let around: Element | null = pressed
  while (around !== null && !around.contains(field)) around = around.parentElement
  if (around === null || around === document.body || around === document.documentElement) return false
  return [...around.querySelectorAll(otherFields)].every((other) => [null, field].includes(fieldOf(other)))
}
