// Records which field of this frame the person last entered, by trusted events alone. A page's script can move the focus, so the focus proves
// nothing; a trusted press or Tab does. Typing without either counts too, but an opened text goes back only into a field that the
// person entered.

import { controlOf, type Field, fieldOf, focusedField, isControl } from './fieldOf.ts'
import { boxIn } from './shell.ts'
import { onTrusted } from './trusted.ts'

/**
 * How the person chose a field. `reached`: by a press or Tab. `typed`: by typing alone, whoever moved the focus there. `unwatched`: it
 * had the focus when this script started, and no act of the person has been seen since.
 */
export type Reached = 'reached' | 'typed' | 'unwatched'

/** This frame's report to the background (commandTarget.ts), which tabs/tabCommands.ts parses. */
export interface CommandTarget {
  /** When the person last entered a field of this frame, typed in one or left one, in ms since 1970; 0 for never. */
  readonly actedAt: number
  /** This frame has a chosen field. */
  readonly chosen: boolean
  /** The chosen field of this frame has the focus, or any field of it if none is chosen. Whoever moved the focus. */
  readonly focused: boolean
}

/** Keys that write nothing by themselves, but are part of shortcuts. */
export const modifiers: ReadonlySet<string> = new Set(['Alt', 'AltGraph', 'Control', 'Meta', 'Shift', 'OS'])
const otherFields = 'input,textarea,[contenteditable]'

/** Runs in every frame of a site that is on. The script for fields interprets it (commandTarget.ts). */
export class ChosenField {
  /** Null once the person has left it for an element that is not a field. */
  field = weak(focusedField())
  how: Reached = 'unwatched'
  /** As in `CommandTarget`. */
  actedAt = 0
  /** The element last pressed, while a change of focus may still result from that press. */
  #pressed: WeakRef<Element> | null = null
  /** The person has since pressed an element outside the chosen field. */
  #isLeaving = false
  /** The event of the key Tab, until the focus has moved. */
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
    // A press on our own button or notice does not change the person's field.
    if (!(target instanceof Element) || boxIn(target) !== null) return
    const field = fieldOf(controlOf(target))
    this.#pressed = new WeakRef(field ?? target)
    const focused = focusedField()
    if (focused !== null && leadsTo(field ?? target, focused)) this.#choose(focused, 'reached')
    // A press on a tool bar may leave the focus in the field. Then the person has not left it.
    else if (focused === null || focused !== this.field?.deref()) this.#choose(null)
    else this.#isLeaving = true
  }

  #onKeyDown(event: KeyboardEvent): void {
    const { key, altKey, ctrlKey, metaKey } = event
    if (modifiers.has(key)) return
    this.#pressed = null
    if (key === 'Tab') {
      this.#tab = event
      // If Tab moves the focus, it does so before the next task.
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
      // If the focus moves during the dispatch of the key, the page moved it.
      if (tab.eventPhase === Event.NONE && !tab.defaultPrevented) this.#choose(field, 'reached')
    } else if (pressed !== undefined && field !== null && leadsTo(pressed, field)) {
      this.#choose(field, 'reached')
    }
  }

  #onBlur(field: Field | null): void {
    // When the window loses the focus, so does the field, and both get it back together.
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
 * Whether a press enters a field: a press on the field, or on an editor around it that passes the focus on to its only field. A page
 * gains nothing by this, since it could cover itself with a transparent field just as well.
 */
function leadsTo(pressed: Element, field: Field): boolean {
  if (pressed === field) return true
  if (isControl(pressed)) return false
  let around: Element | null = pressed
  while (around !== null && !around.contains(field)) around = around.parentElement
  if (around === null || around === document.body || around === document.documentElement) return false
  return [...around.querySelectorAll(otherFields)].every((other) => [null, field].includes(fieldOf(other)))
}
