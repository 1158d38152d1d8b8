// Fields that a person has marked to be always sealed. What is typed, pasted or dropped there does not enter them: it opens
// the composer. Only a person's own act does that, each act at most one window, and never a focus that came by itself.

import type { FieldMark } from '../../messages/shapes.ts'
import { onTrusted } from '../trusted.ts'
import { markFor } from './description.ts'
import { controlOf, type Field, fieldOf } from './which.ts'

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

export class Marks {
  readonly #open: (field: Field) => Promise<void>
  #marks: readonly FieldMark[] = []
  #known = new WeakMap<Field, FieldMark | null>()
  /** The person has done something for which no window was opened yet. */
  #acted = false
  /** That was the key Tab, whose focus is on its way. */
  #tabbed = false
  #opening = false
  #letting: Field | null = null

  /** `open` brings a composer up for a field. */
  constructor(life: AbortSignal, open: (field: Field) => Promise<void>) {
    this.#open = open
    for (const kind of kinds) {
      onTrusted(window, kind, life, (event) => {
        if (this.#marks.length > 0) this.#heard(event)
      })
    }
  }

  set(marks: readonly FieldMark[]): void {
    this.#marks = marks
    this.#known = new WeakMap()
  }

  /** The mark on this field, or null. */
  on(field: Field): FieldMark | null {
    let mark = this.#known.get(field)
    if (mark === undefined) {
      mark = this.#marks.length === 0 ? null : markFor(field, this.#marks)
      this.#known.set(field, mark)
    }
    return mark
  }

  /** Lets our own work put text into a marked field. */
  async letting<T>(field: Field, work: () => Promise<T>): Promise<T> {
    this.#letting = field
    try {
      return await work()
    } finally {
      this.#letting = null
    }
  }

  #heard(event: Event): void {
    const { type } = event
    if (type === 'pointerdown') this.#acted = true
    if (type === 'keydown') this.#pressed(event as KeyboardEvent)
    const target = event.composedPath()[0] ?? null
    const field = fieldOf(type === 'click' ? controlOf(target) : target)
    if (field === null) return
    // Looked for anew when the person comes to it: the page may have changed.
    if (type === 'click' || type === 'focusin') this.#known.delete(field)
    if (this.on(field) === null || field === this.#letting) return
    if (type === 'click' || (type === 'focusin' && this.#tabbed)) this.#come(field)
    else if (enters(event)) this.#keepOut(event, field)
  }

  #pressed({ key }: KeyboardEvent): void {
    this.#acted = true
    this.#tabbed = key === 'Tab'
    // The focus moves before anything else happens, or not at all.
    if (this.#tabbed) setTimeout(() => (this.#tabbed = false))
  }

  #keepOut(event: Event, field: Field): void {
    event.preventDefault()
    event.stopImmediatePropagation()
    // A word that an input method puts together cannot be prevented, but ends with the focus.
    if (event.type === 'compositionstart' || (event as KeyboardEvent).isComposing) field.blur()
    this.#come(field)
  }

  #come(field: Field): void {
    if (!this.#acted || this.#opening) return
    this.#acted = false
    this.#opening = true
    void this.#open(field).finally(() => {
      this.#opening = false
    })
  }
}

/** Whether this event brings text into a field. New lines and deletions bring none, and many a page sends by Enter. */
function enters(event: Event): boolean {
  if (event.type === 'keydown') {
    const { key, ctrlKey, metaKey, altKey } = event as KeyboardEvent
    return key === 'Process' || ([...key].length === 1 && !ctrlKey && !metaKey && !altKey)
  }
  if (event.type === 'beforeinput') return /^insert(?!Line|Para)/.test((event as InputEvent).inputType)
  return event.type === 'paste' || event.type === 'drop' || event.type === 'compositionstart'
}
