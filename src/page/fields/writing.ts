// What a person was last doing in a field. A command that a person gives while writing means "seal this": a page that swaps
// a sealed text in at that moment, to have it opened into its field, is not obeyed. It is no proof against a page that
// makes a person believe to be writing elsewhere (docs/THREATS.md).

import { onTrusted } from '../trusted.ts'
import { mayHoldSealed } from './field.ts'
import { type Field, fieldOf } from './which.ts'

/** Keys that write nothing by themselves: they come with every shortcut. */
export const modifiers: ReadonlySet<string> = new Set(['Alt', 'AltGraph', 'Control', 'Meta', 'Shift', 'OS'])

export class Writing {
  /** The field that was written in, when it held no sealed text; null after any other act. */
  #field: WeakRef<Field> | null = null

  constructor(life: AbortSignal) {
    onTrusted(window, 'keydown', life, (event) => this.#pressed(event))
    for (const kind of ['pointerdown', 'paste', 'drop'] as const) onTrusted(window, kind, life, () => this.ended())
  }

  /** The person's last act was writing in this field, while no sealed text stood in it. */
  isIn(field: Field): boolean {
    return this.#field?.deref() === field
  }

  /** What stands in the field now is known to be there by the person's wish. */
  ended(): void {
    this.#field = null
  }

  #pressed(event: KeyboardEvent): void {
    const { key, altKey, ctrlKey, metaKey } = event
    // The shortcut itself, and undo and paste by keys, say nothing about what was being written.
    if (modifiers.has(key) || altKey) return
    const field = ctrlKey || metaKey ? null : fieldOf(event.composedPath()[0] ?? null)
    this.#field = field !== null && !mayHoldSealed(field) ? new WeakRef(field) : null
  }
}
