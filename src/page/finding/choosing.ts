// Has a person choose the field that a sealed text is put into. Only their own click or key chooses, and what goes into the
// page is ciphertext: a page that lures the click into another field has got nothing by it.

import { findSealed } from '../../crypto/armor.ts'
import { Failure } from '../../failure.ts'
import { call } from '../../messages/callFromPage.ts'
import { maxChars, readField } from '../fields/field.ts'
import { controlOf, type Field, fieldOf, focusedField, isReadOnly } from '../fields/which.ts'
import type { Notices } from '../notice.ts'
import { putSealed } from '../resident.ts'
import { onTrusted } from '../trusted.ts'

const waitsMs = 120_000
/** A page may put an editor in the place of what was clicked. */
const settlesMs = 80

const words = {
  choose: 'Click the field the sealed text is to go into, or go to it and press Enter. Esc to leave it.',
  left: 'The sealed text was not put anywhere.',
  late: 'No field was chosen, so the sealed text was not put anywhere. You can begin again in the library.',
  placed: 'The sealed text is in the field.',
  there: 'The sealed text stands in this field already.',
  readOnly: 'This field can only be read, so the sealed text was not put into it.',
  altered: 'The site changed or refused the sealed text. The field is as it was.',
  gone: 'The field went away before the sealed text was in it.',
} as const

export class Choosing {
  readonly #notices: Notices
  readonly #life: AbortSignal
  #waiting: AbortController | null = null

  constructor(notices: Notices, life: AbortSignal) {
    this.#notices = notices
    this.#life = life
    life.addEventListener('abort', () => this.end())
  }

  get underWay(): boolean {
    return this.#waiting !== null
  }

  /** Waits for the person. One frame of the tab `speaks`, in the others it is only listened to. */
  begin(sealed: string, speaks: boolean): void {
    this.end()
    if (this.#life.aborted) return
    const waiting = new AbortController()
    this.#waiting = waiting
    const { signal } = waiting
    const leave = (why: 'left' | 'late') => {
      this.#over()
      if (speaks) this.#notices.say(words[why], null, this.#life)
    }
    onTrusted(window, 'click', signal, (event) => {
      const field = fieldOf(controlOf(event.composedPath()[0] ?? null))
      if (field !== null) void this.#take(field, sealed)
    })
    onTrusted(window, 'keydown', signal, (event) => {
      if (event.isComposing) return
      const field = fieldOf(event.composedPath()[0] ?? null)
      const chooses = event.key === 'Enter' && field !== null
      if (!chooses && event.key !== 'Escape') return
      // Neither is meant for the page: it would send something off, or close what the field is in.
      event.preventDefault()
      event.stopImmediatePropagation()
      if (chooses) void this.#take(field, sealed)
      else leave('left')
    })
    const timer = setTimeout(() => leave('late'), waitsMs)
    signal.addEventListener('abort', () => clearTimeout(timer))
    // A page that comes back out of the browser's cache is not waiting any more.
    window.addEventListener('pagehide', () => this.end(), { signal })
    if (speaks) this.#notices.say(words.choose, null, this.#life, { stays: true, closed: () => leave('left') })
  }

  /** It is over, in another frame or because the site was switched off. */
  end(): void {
    if (this.#waiting === null) return
    this.#waiting.abort()
    this.#waiting = null
    this.#notices.clear()
  }

  /** It is over in this frame, so in the others too. */
  #over(): void {
    this.end()
    call('fieldChosen', {}).catch((thrown: unknown) => {
      // The others give up by themselves, later.
      if (!(thrown instanceof Failure)) throw thrown
    })
  }

  async #take(chosen: Field, sealed: string): Promise<void> {
    // Until it is in the field, to come to that is not to write in it.
    this.#waiting?.abort()
    await new Promise((resolve) => setTimeout(resolve, settlesMs))
    const field = chosen.isConnected ? chosen : focusedField()
    this.#over()
    if (field === null) return this.#offer(words.gone, null, sealed, 'gone')
    if (isReadOnly(field)) return this.#notices.say(words.readOnly, field, this.#life)
    if (findSealed(readField(field)).some((one) => one.sealed === sealed)) {
      return this.#notices.say(words.there, field, this.#life)
    }
    const put = (await putSealed(field, sealed)) ?? 'gone'
    const takes = maxChars(field)
    if (put === 'placed') this.#notices.say(words.placed, field, this.#life)
    else if (put === 'too-long' && takes !== null) this.#offer(tooLong(sealed.length, takes), field, sealed, put)
    else this.#offer(put === 'gone' ? words.gone : words.altered, field, sealed, put)
  }

  #offer(said: string, field: Field | null, sealed: string, why: 'altered' | 'gone' | 'too-long'): void {
    const act = () => void call('offer', { sealed, why }).catch(() => undefined)
    this.#notices.say(said, field, this.#life, { action: { label: 'Copy the sealed text', act }, stays: true })
  }
}

function tooLong(needs: number, takes: number): string {
  return `The sealed text takes ${needs} characters; this field takes ${takes}. It was left as it is.`
}
