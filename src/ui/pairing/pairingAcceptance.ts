// Accepts a vault that another browser shows, step by step: gather its frames, enter the code, inspect it, open it, see what it
// would bring, accept it. Nothing changes before the last step. Code and password stay in their fields, or in this object until
// it restarts.

import { batch, type Signal, signal } from '@preact/signals'
import { call } from '../../messages/call.ts'
import type { Request, Response } from '../../messages/protocol.ts'
import { maxFramesChars } from '../../messages/vault/pairing.ts'
import { Task } from '../app/task.ts'
import { callWithProof } from '../secrets/proof.tsx'
import { collect, isWhole, joinTexts, pickCollection, type ScannedFrames } from './collected.ts'

export type Secret = Exclude<Request<'acceptPairing'>['secret'], null>
export type InspectedVault = Response<'inspectPairing'>
export type Opened = Extract<InspectedVault, { kind: 'opened' }>

export type AcceptanceStep =
  | { readonly kind: 'gathering' }
  | { readonly kind: 'code' }
  | { readonly kind: 'closed'; readonly about: InspectedVault }
  | { readonly kind: 'opened'; readonly about: Opened }
  | { readonly kind: 'done' }

/** How many frames of a text were read, damaged, or of a newer version. */
export interface ReadFrames {
  readonly parts: number
  readonly damaged: number
  readonly newer: number
}

export class PairingAcceptance {
  readonly step: Signal<AcceptanceStep> = signal<AcceptanceStep>({ kind: 'gathering' })
  readonly collections: Signal<readonly ScannedFrames[]> = signal<readonly ScannedFrames[]>([])
  readonly task = new Task()
  #code = ''
  #secret: Secret | null = null

  /** Reads the frames in a text that was scanned, chosen or pasted. Throws what `call` throws. */
  async read(text: string): Promise<ReadFrames> {
    // We make no longer text: a complete pairing is within this length.
    const { parts, damaged, newer } = await call('readPairingFrames', { text: text.slice(0, maxFramesChars) })
    if (this.step.peek().kind !== 'gathering') return { parts: 0, damaged: 0, newer: 0 }
    batch(() => {
      this.collections.value = collect(this.collections.peek(), parts)
      const collection = pickCollection(this.collections.peek())
      if (collection !== null && isWhole(collection)) this.step.value = { kind: 'code' }
    })
    return { parts: parts.length, damaged, newer }
  }

  /** True when the code opened it. */
  enterCode(code: string): Promise<boolean> {
    return this.task.run('open-pairing', async () => {
      this.#code = code
      await this.#inspect(null)
    })
  }

  /** Opens it, to see what it would bring. */
  open(secret: Secret): Promise<boolean> {
    return this.task.run('accept-pairing', async () => {
      await this.#inspect(secret)
      this.#secret = secret
    })
  }

  /** `secret`: only where `open` was not called before. */
  accept(secret: Secret | null = this.#secret): Promise<boolean> {
    return this.task.run('accept-pairing', async () => {
      await callWithProof('acceptPairing', { ...this.#scanned(), secret })
      this.step.value = { kind: 'done' }
      this.#forget()
    })
  }

  restart(): void {
    this.#forget()
    this.task.error.value = null
    this.step.value = { kind: 'gathering' }
  }

  async #inspect(secret: Secret | null): Promise<void> {
    const about = await call('inspectPairing', { ...this.#scanned(), secret })
    this.step.value = about.kind === 'opened' ? { kind: 'opened', about } : { kind: 'closed', about }
  }

  #scanned() {
    const collection = pickCollection(this.collections.peek())
    return { parts: collection === null ? '' : joinTexts(collection), code: this.#code }
  }

  #forget(): void {
    this.#code = ''
    this.#secret = null
    this.collections.value = []
  }
}
