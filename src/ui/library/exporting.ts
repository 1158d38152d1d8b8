// Writing texts of the library into a file that is not sealed. Only for who confirms that they are the owner (proof.tsx); in parts, so that it can be watched and called off.

import { type Signal, signal } from '@preact/signals'
import { Failure } from '../../failure.ts'
import { idsAtOnce, type PlainEntry } from '../../messages/library.ts'
import { Deed } from '../deed.ts'
import { callProved } from '../proof.tsx'
import { dayOf, saveFile } from '../saveFile.ts'
import { markdownHead, markdownText } from './markdown.ts'
import { plainHead, plainTail, plainText } from './plainFile.ts'

export type PlainKind = 'json' | 'markdown'

export interface Exported {
  readonly texts: number
  /** Those that do not open, and are not in the file. */
  readonly damaged: number
}

export class Exporting {
  readonly deed = new Deed()
  readonly far: Signal<number> = signal(0)
  readonly exported: Signal<Exported | null> = signal<Exported | null>(null)
  #calledOff = false

  /** True when the file was handed to the browser. */
  run(kind: PlainKind, ids: readonly string[]): Promise<boolean> {
    this.#calledOff = false
    this.far.value = 0
    this.exported.value = null
    return this.deed.run('export', async () => {
      const now = new Date()
      const parts: string[] = [kind === 'json' ? plainHead(now) : markdownHead(now)]
      let [texts, damaged] = [0, 0]
      for (let at = 0; at < ids.length; ) {
        if (this.#calledOff) throw new Failure('cancelled')
        const part = await callProved('exportPart', { ids: ids.slice(at, at + idsAtOnce) })
        if (part.taken === 0) throw new Failure('unavailable')
        parts.push(...part.texts.map((one, nth) => written(kind, one, texts + nth === 0)))
        texts += part.texts.length
        damaged += part.damaged
        at += part.taken
        this.far.value = at
      }
      if (this.#calledOff) throw new Failure('cancelled')
      if (kind === 'json') parts.push(plainTail)
      const [ending, type] = kind === 'json' ? ['json', 'application/json'] : ['md', 'text/markdown']
      saveFile(`fieldseal-texts-${dayOf(now)}.${ending}`, parts, type)
      this.exported.value = { texts, damaged }
    })
  }

  callOff(): void {
    this.#calledOff = true
  }
}

function written(kind: PlainKind, one: PlainEntry, first: boolean): string {
  return kind === 'json' ? plainText(one, first) : markdownText(one)
}
