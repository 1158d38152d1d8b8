// Writes texts of the library into a file that is not sealed, once the person has proved to be the owner (secrets/proof.tsx). Shows
// its progress, and can be cancelled.

import { type Signal, signal } from '@preact/signals'
import { Failure } from '../../../failure.ts'
import type { PlainEntry } from '../../../messages/vault/library.ts'
import { dayOf, saveFile } from '../../app/saveFile.ts'
import { Task } from '../../app/task.ts'
import { receiveWithProof } from '../../secrets/proof.tsx'
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
  #life = new AbortController()

  /** True when the browser got the file. */
  run(kind: PlainKind, ids: readonly string[]): Promise<boolean> {
    this.#life = new AbortController()
    const { signal } = this.#life
    this.done.value = 0
    this.exported.value = null
    return this.task.run('export', async () => {
      const exportedAt = new Date()
      const parts: string[] = [kind === 'json' ? plainHead(exportedAt) : markdownHead(exportedAt)]
      let texts = 0
      const { damaged } = await receiveWithProof(
        'exportTexts',
        { ids: [...ids] },
        (chunk, { taken }) => {
          for (const entry of chunk.texts) {
            parts.push(serialize(kind, entry, texts === 0))
            texts++
          }
          this.done.value = taken
        },
        { signal },
      )
      if (signal.aborted) throw new Failure('cancelled')
      if (kind === 'json') parts.push(plainTail)
      const [extension, type] = kind === 'json' ? ['json', 'application/json'] : ['md', 'text/markdown']
      saveFile(`fieldseal-texts-${dayOf(exportedAt)}.${extension}`, parts, type)
      this.exported.value = { texts, damaged }
    })
  }

  cancel(): void {
    this.#life.abort()
  }
}

function serialize(kind: PlainKind, entry: PlainEntry, isFirst: boolean): string {
  return kind === 'json' ? plainText(entry, isFirst) : markdownText(entry)
}
