// Lets a person choose the field that a sealed text goes into. Only their own click or key chooses, and the page receives ciphertext: a page
// that lures the click into another field gains nothing.

import { findSealed } from '../../crypto/armor.ts'
import { Failure } from '../../failure.ts'
import { call } from '../../messages/callFromPage.ts'
import { words } from '../../words.ts'
import { maxChars, readField } from '../field/kinds/field.ts'
import { controlOf, type Field, fieldOf, focusedField, isReadOnly } from '../script/fieldOf.ts'
import type { Notices } from '../script/notice.ts'
import { putSealed } from '../script/scriptApis.ts'
import { onTrusted } from '../script/trusted.ts'

const waitsMs = 120_000
/** A page may replace the clicked element with an editor, within so long. */
const settlesMs = 80

export class FieldChooser {
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

  /** Waits for the person's choice. `speaks`: this frame shows the notices, as one frame of the tab does; the others only listen. */
  begin(sealed: string, speaks: boolean): void {
    this.end()
    if (this.#life.aborted) return
    const waiting = new AbortController()
    this.#waiting = waiting
    const { signal } = waiting
    const leave = (why: 'left' | 'late') => {
      this.#over()
      if (speaks) this.#notices.say(words(why === 'left' ? 'page.finder.left' : 'page.finder.late'), null, this.#life)
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
      // The page must not see this key: it might submit a form, or close a dialog around the field.
      event.preventDefault()
      event.stopImmediatePropagation()
      if (chooses) void this.#take(field, sealed)
      else leave('left')
    })
    const timer = setTimeout(() => leave('late'), waitsMs)
    signal.addEventListener('abort', () => clearTimeout(timer))
    // A page that returns from the back/forward cache no longer waits.
    window.addEventListener('pagehide', () => this.end(), { signal })
    if (speaks)
      this.#notices.say(words('page.finder.choose'), null, this.#life, { stays: true, closed: () => leave('left') })
  }

  /** Ends the choice in this frame, without a message to the others. */
  end(): void {
    if (this.#waiting === null) return
    this.#waiting.abort()
    this.#waiting = null
    this.#notices.clear()
  }

  /** Ends the choice in all frames of the tab. */
  #over(): void {
    this.end()
    call('endFieldChoice', {}).catch((thrown: unknown) => {
      // The other frames time out by themselves.
      if (!(thrown instanceof Failure)) throw thrown
    })
  }

  async #take(chosen: Field, sealed: string): Promise<void> {
    // `#waiting` stays set, so `underWay` holds: entering the field does not open a composer until the text is in it.
    this.#waiting?.abort()
    await new Promise((resolve) => setTimeout(resolve, settlesMs))
    const field = chosen.isConnected ? chosen : focusedField()
    this.#over()
    if (field === null) return this.#offer(words('page.finder.gone'), null, sealed, 'gone')
    if (isReadOnly(field)) return this.#notices.say(words('page.finder.readOnly'), field, this.#life)
    if (findSealed(readField(field)).some((item) => item.sealed === sealed)) {
      return this.#notices.say(words('page.finder.alreadyThere'), field, this.#life)
    }
    const put = (await putSealed(field, sealed)) ?? 'gone'
    const takes = maxChars(field)
    if (put === 'placed') this.#notices.say(words('page.finder.placed'), field, this.#life)
    else if (put === 'too-long' && takes !== null)
      this.#offer(words('page.finder.tooLong', { needs: sealed.length, takes }), field, sealed, put)
    else this.#offer(put === 'gone' ? words('page.finder.gone') : words('page.finder.altered'), field, sealed, put)
  }

  #offer(message: string, field: Field | null, sealed: string, why: 'altered' | 'gone' | 'too-long'): void {
    const act = () => void call('offerSealedText', { sealed, why }).catch(() => undefined)
    this.#notices.say(message, field, this.#life, { action: { label: words('page.copySealed'), act }, stays: true })
  }
}
