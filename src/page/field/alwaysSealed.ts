// Always-sealed fields. Typing, pasting or dropping there enters nothing, and opens the composer instead. Only the person's own act opens it,
// at most one window per act; a focus alone never does.

import type { AlwaysSealedField } from '../../messages/contentScript.ts'
import { controlOf, type Field, fieldOf } from '../script/fieldOf.ts'
import { onTrusted } from '../script/trusted.ts'
import { alwaysSealedFor } from './description.ts'

const kinds = [
  'pointerdown',
  'click',
  'keydown',
  'focusin',
  'beforeinput',
  'paste',
  'drop',
  'compositionstart',
] as const

export class AlwaysSealed {
  readonly #open: (field: Field) => Promise<void>
  #fields: readonly AlwaysSealedField[] = []
  #known = new WeakMap<Field, AlwaysSealedField | null>()
  /** The person has acted, and no window has opened for that act yet. */
  #hasActed = false
  /** That act was the key Tab, and the focus has not moved yet. */
  #isTabbing = false
  #isOpening = false
  #exempt: Field | null = null

  /** `open` opens a composer for a field. */
  constructor(life: AbortSignal, open: (field: Field) => Promise<void>) {
    this.#open = open
    for (const kind of kinds) {
      onTrusted(window, kind, life, (event) => {
        if (this.#fields.length > 0) this.#handle(event)
      })
    }
  }

  set(marks: readonly AlwaysSealedField[]): void {
    this.#fields = marks
    this.#known = new WeakMap()
  }

  /** The mark on this field, or null. */
  find(field: Field): AlwaysSealedField | null {
    let mark = this.#known.get(field)
    if (mark === undefined) {
      mark = this.#fields.length === 0 ? null : alwaysSealedFor(field, this.#fields)
      this.#known.set(field, mark)
    }
    return mark
  }

  /** Lets our own work put text into a marked field. */
  async exempt<T>(field: Field, work: () => Promise<T>): Promise<T> {
    this.#exempt = field
    try {
      return await work()
    } finally {
      this.#exempt = null
    }
  }

  #handle(event: Event): void {
    const { type } = event
    if (type === 'pointerdown') this.#hasActed = true
    if (type === 'keydown') this.#onKeyDown(event as KeyboardEvent)
    const target = event.composedPath()[0] ?? null
    const field = fieldOf(type === 'click' ? controlOf(target) : target)
    if (field === null) return
    // Match again when the person enters the field: the page may have changed.
    if (type === 'click' || type === 'focusin') this.#known.delete(field)
    if (this.find(field) === null || field === this.#exempt) return
    if (type === 'click' || (type === 'focusin' && this.#isTabbing)) this.#openComposer(field)
    else if (enters(event)) this.#keepOut(event, field)
  }

  #onKeyDown({ key }: KeyboardEvent): void {
    this.#hasActed = true
    this.#isTabbing = key === 'Tab'
    // If Tab moves the focus, it does so before the next task.
    if (this.#isTabbing) setTimeout(() => (this.#isTabbing = false))
  }

  #keepOut(event: Event, field: Field): void {
    event.preventDefault()
    event.stopImmediatePropagation()
    // The composition of an input method cannot be prevented, but it ends when the field loses the focus.
    if (event.type === 'compositionstart' || (event as KeyboardEvent).isComposing) field.blur()
    this.#openComposer(field)
  }

  #openComposer(field: Field): void {
    if (!this.#hasActed || this.#isOpening) return
    this.#hasActed = false
    this.#isOpening = true
    void this.#open(field).finally(() => {
      this.#isOpening = false
    })
  }
}

/** Whether this event brings text into a field. Line breaks and deletions do not, and many pages use Enter to send. */
function enters(event: Event): boolean {
  if (event.type === 'keydown') {
    const { key, ctrlKey, metaKey, altKey } = event as KeyboardEvent
    return key === 'Process' || ([...key].length === 1 && !ctrlKey && !metaKey && !altKey)
  }
  if (event.type === 'beforeinput') return /^insert(?!Line|Para)/.test((event as InputEvent).inputType)
  return event.type === 'paste' || event.type === 'drop' || event.type === 'compositionstart'
}
