// Taking in what another browser shows, step by step: its parts gathered, its code typed, what it is, what opens it, what it
// would bring, done. Nothing is changed before the last step. Code and password stay in their fields, or in this object until
// it is left.

import { batch, type Signal, signal } from '@preact/signals'
import { call } from '../../messages/call.ts'
import { partsCharsAtMost } from '../../messages/pairing.ts'
import type { Answer, Ask } from '../../messages/protocol.ts'
import { Deed } from '../deed.ts'
import { callProved } from '../proof.tsx'
import { type Collection, collect, current, isWhole, textOf } from './collected.ts'

export type Secret = Exclude<Ask<'takePairing'>['secret'], null>
export type Looked = Answer<'lookAtPairing'>
export type Opened = Extract<Looked, { kind: 'opened' }>

export type Scene =
  | { readonly at: 'gathering' }
  | { readonly at: 'code' }
  | { readonly at: 'closed'; readonly about: Looked }
  | { readonly at: 'opened'; readonly about: Opened }
  | { readonly at: 'done' }

/** What came of a text that was read. */
export interface Read {
  readonly parts: number
  readonly damaged: number
  readonly newer: number
}

export class Taking {
  readonly scene: Signal<Scene> = signal<Scene>({ at: 'gathering' })
  readonly collections: Signal<readonly Collection[]> = signal<readonly Collection[]>([])
  readonly deed = new Deed()
  #code = ''
  #secret: Secret | null = null

  /** Takes the parts out of what was scanned, chosen or pasted. Throws what `call` throws. */
  async read(text: string): Promise<Read> {
    // What is longer is none of ours; a whole pairing is in its beginning, or is not one.
    const { parts, damaged, newer } = await call('readParts', { text: text.slice(0, partsCharsAtMost) })
    if (this.scene.peek().at !== 'gathering') return { parts: 0, damaged: 0, newer: 0 }
    batch(() => {
      this.collections.value = collect(this.collections.peek(), parts)
      const now = current(this.collections.peek())
      if (now !== null && isWhole(now)) this.scene.value = { at: 'code' }
    })
    return { parts: parts.length, damaged, newer }
  }

  /** True when the code opened it. */
  giveCode(code: string): Promise<boolean> {
    return this.deed.run('open-pairing', async () => {
      this.#code = code
      await this.#look(null)
    })
  }

  /** Opens it, to see what it would bring. */
  open(secret: Secret): Promise<boolean> {
    return this.deed.run('take-pairing', async () => {
      await this.#look(secret)
      this.#secret = secret
    })
  }

  /** `secret` where it was not opened before. */
  take(secret: Secret | null = this.#secret): Promise<boolean> {
    return this.deed.run('take-pairing', async () => {
      await callProved('takePairing', { ...this.#asked(), secret })
      this.scene.value = { at: 'done' }
      this.#forget()
    })
  }

  again(): void {
    this.#forget()
    this.deed.trouble.value = null
    this.scene.value = { at: 'gathering' }
  }

  async #look(secret: Secret | null): Promise<void> {
    const about = await call('lookAtPairing', { ...this.#asked(), secret })
    this.scene.value = about.kind === 'opened' ? { at: 'opened', about } : { at: 'closed', about }
  }

  #asked() {
    const now = current(this.collections.peek())
    return { parts: now === null ? '' : textOf(now), code: this.#code }
  }

  #forget(): void {
    this.#code = ''
    this.#secret = null
    this.collections.value = []
  }
}
