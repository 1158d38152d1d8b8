// Shares that are typed in one after the other: what is to be said of the one being typed, and of all that are there. They
// are kept in this tab until the vault is recovered or the tab is left; every judgement is the background's.

import { batch, type Signal, signal } from '@preact/signals'
import { createRef } from 'preact'
import { call } from '../../messages/call.ts'
import type { ShareFound, Verdict } from '../../messages/recovering.ts'
import { lettersOf, writtenShare } from '../groups.ts'

const longestAsked = 4096

export interface TypedShare {
  readonly typed: string
  /** Which of the set it is. */
  readonly index: number
}

const nothingYet: ShareFound = { kind: 'length', letters: 0 }

export class TypedShares {
  readonly box = createRef<HTMLTextAreaElement>()
  readonly found: Signal<ShareFound> = signal(nothingYet)
  /** Whether an incomplete share is a mistake by now: while it is being typed it is not. */
  readonly insists: Signal<boolean> = signal(false)
  /** Those that were added, each of them good and of its own number. */
  readonly there: Signal<readonly TypedShare[]> = signal([])
  readonly verdict: Signal<Verdict>
  readonly #noVerdict: Verdict

  /** `needed` is how many are needed of the set in force; the first share may be of another. */
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
    const weighed = await this.#weigh([...this.there.peek(), { typed }]).catch(() => null)
    // What was typed in the meantime has its own answer on the way.
    if (weighed !== null && this.box.current?.value === typed) this.found.value = weighed.found.at(-1) ?? nothingYet
  }

  /** Adds what was typed. False when it can't be added; why then stands at its field, which has the focus either way. */
  async add(): Promise<boolean> {
    const typed = this.box.current?.value ?? ''
    const letters = lettersOf(typed).length
    let added = false
    if (letters !== writtenShare.letters || typed.length > longestAsked) this.found.value = { kind: 'length', letters }
    else {
      const { found, verdict } = await this.#weigh([...this.there.peek(), { typed }])
      const last = found.at(-1) ?? nothingYet
      this.found.value = last
      if (last.kind === 'good') {
        batch(() => {
          this.there.value = [...this.there.peek(), { typed, index: last.index }]
          this.verdict.value = verdict
        })
        this.#empty()
        added = true
      }
    }
    this.insists.value = !added
    this.box.current?.focus()
    return added
  }

  async remove(index: number): Promise<void> {
    const left = this.there.peek().filter((share) => share.index !== index)
    const verdict = left.length > 0 ? (await this.#weigh(left)).verdict : this.#noVerdict
    batch(() => {
      this.there.value = left
      this.verdict.value = verdict
    })
    // What is being typed may have been in the way of the one removed.
    await this.typed()
  }

  letters(): string[] {
    return this.there.peek().map(({ typed }) => typed)
  }

  wipe(): void {
    this.#empty()
    this.there.value = []
    this.verdict.value = this.#noVerdict
  }

  #empty(): void {
    if (this.box.current) this.box.current.value = ''
    this.found.value = nothingYet
  }

  #weigh(shares: readonly { readonly typed: string }[]) {
    return call('weighShares', { shares: shares.map(({ typed }) => typed) })
  }
}
