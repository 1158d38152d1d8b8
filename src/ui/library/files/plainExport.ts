// Writes texts of the library into a file that is not sealed, once the person has proved to be the owner (secrets/proof.tsx). In
// batches, so that it shows its progress and can be cancelled.

import { type Signal, signal } from '@preact/signals'
import { Failure } from '../../../failure.ts'
import { maxIdsPerMessage, type PlainEntry } from '../../../messages/vault/library.ts'
import { dayOf, saveFile } from '../../app/saveFile.ts'
import { Task } from '../../app/task.ts'
import { callWithProof } from '../../secrets/proof.tsx'
import { markdownHead, markdownText } from './markdown.ts'
import { plainHead, plainTail, plainText } from './plainFile.ts'

export type PlainKind = 'json' | 'markdown'

export interface Exported {
  readonly texts: number
  /** How many do not open, and are not in the file. */
  readonly damaged: number
}

export class PlainExport {
  readonly task = new Task()
  /** How many texts are read so far. */
  readonly done: Signal<number> = signal(0)
  readonly exported: Signal<Exported | null> = signal<Exported | null>(null)
  #cancelled = false

  /** True when the browser got the file. */
  run(kind: PlainKind, ids: readonly string[]): Promise<boolean> {
    this.#cancelled = false
    this.done.value = 0
    this.exported.value = null
    return this.task.run('export', async () => {
      const now = new Date()
      const parts: string[] = [kind === 'json' ? plainHead(now) : markdownHead(now)]
      let [texts, damaged] = [0, 0]
      for (let offset = 0; offset < ids.length; ) {
        if (this.#cancelled) throw new Failure('cancelled')
        const batch = await callWithProof('exportPart', { ids: ids.slice(offset, offset + maxIdsPerMessage) })
        if (batch.taken === 0) throw new Failure('unavailable')
        parts.push(...batch.texts.map((entry, index) => serialize(kind, entry, texts + index === 0)))
        texts += batch.texts.length
        damaged += batch.damaged
        offset += batch.taken
        this.done.value = offset
      }
      if (this.#cancelled) throw new Failure('cancelled')
      if (kind === 'json') parts.push(plainTail)
      const [ending, type] = kind === 'json' ? ['json', 'application/json'] : ['md', 'text/markdown']
      saveFile(`fieldseal-texts-${dayOf(now)}.${ending}`, parts, type)
      this.exported.value = { texts, damaged }
    })
  }

  cancel(): void {
    this.#cancelled = true
  }
}

function serialize(kind: PlainKind, entry: PlainEntry, isFirst: boolean): string {
  return kind === 'json' ? plainText(entry, isFirst) : markdownText(entry)
}
