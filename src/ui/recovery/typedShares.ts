// Collects shares that the person types in one after the other, with a diagnosis of the one being typed and a verdict on all that were
// added. This tab keeps them until the vault is recovered or the tab closes; the background judges them.

import { batch, type Signal, signal } from '@preact/signals'
import { createRef } from 'preact'
import { call } from '../../messages/call.ts'
import type { ShareFound, Verdict } from '../../messages/vault/recovery.ts'
import { lettersOf, writtenShare } from '../app/groups.ts'

const maxTypedChars = 4096

export interface TypedShare {
  readonly typed: string
  /** Its number within the set. */
  readonly index: number
}

const nothingTyped: ShareFound = { kind: 'length', letters: 0 }

export class TypedShares {
  readonly box = createRef<HTMLTextAreaElement>()
  readonly found: Signal<ShareFound> = signal(nothingTyped)
  /** Whether an incomplete share is an error by now; while the person types it is not. */
  readonly insists: Signal<boolean> = signal(false)
  /** Those that were added: each good, and no two with the same number. */
  readonly added: Signal<readonly TypedShare[]> = signal([])
  readonly verdict: Signal<Verdict>
  readonly #noVerdict: Verdict

  /** `needed`: the threshold of the set in force; the first share may belong to another set. */
  constructor(needed: number) {
    this.#noVerdict = { kind: 'few', needed, wrong: [] }
    this.verdict = signal(this.#noVerdict)
  }

  async typed(): Promise<void> {
    this.insists.value = false
    const typed = this.box.current?.value ?? ''
    const letters = lettersOf(typed).length
    if (letters !== writtenShare.letters) {
      this.found.value = { kind: 'length', letters }
      return
    }
    const checked = await this.#checkShares([...this.added.peek(), { typed }]).catch(() => null)
    // What the person typed meanwhile gets an answer of its own.
    if (checked !== null && this.box.current?.value === typed) this.found.value = checked.found.at(-1) ?? nothingTyped
  }

  /** Adds what was typed. False when it can't be added; then its field says why. The field has the focus either way. */
  async add(): Promise<boolean> {
    const typed = this.box.current?.value ?? ''
    const letters = lettersOf(typed).length
    let accepted = false
    if (letters !== writtenShare.letters || typed.length > maxTypedChars) this.found.value = { kind: 'length', letters }
    else {
      const { found, verdict } = await this.#checkShares([...this.added.peek(), { typed }])
      const last = found.at(-1) ?? nothingTyped
      this.found.value = last
      if (last.kind === 'good') {
        batch(() => {
          this.added.value = [...this.added.peek(), { typed, index: last.index }]
          this.verdict.value = verdict
        })
        accepted = true
        // What the person typed meanwhile is the next share, and stays.
        if (this.box.current?.value === typed) this.#clearBox()
        else await this.typed()
      }
    }
    this.insists.value = !accepted
    this.box.current?.focus()
    return accepted
  }

  async remove(index: number): Promise<void> {
    const remaining = this.added.peek().filter((share) => share.index !== index)
    const verdict = remaining.length > 0 ? (await this.#checkShares(remaining)).verdict : this.#noVerdict
    batch(() => {
      this.added.value = remaining
      this.verdict.value = verdict
    })
    // The removed share may have been why the one being typed was refused.
    await this.typed()
  }

  letters(): string[] {
    return this.added.peek().map(({ typed }) => typed)
  }

  wipe(): void {
    this.#clearBox()
    this.added.value = []
    this.verdict.value = this.#noVerdict
  }

  #clearBox(): void {
    if (this.box.current) this.box.current.value = ''
    this.found.value = nothingTyped
  }

  #checkShares(shares: readonly { readonly typed: string }[]) {
    return call('checkShares', { shares: shares.map(({ typed }) => typed) })
  }
}
