// The content script: what Fieldseal does in one frame of a page. Knows ciphertext and fields; it is never given a key, a
// password or a plaintext, but for the opened text that a person's own command puts back into a field (sealing.ts).

import * as v from 'valibot'
import { Failure } from '../failure.ts'
import { call } from '../messages/callFromPage.ts'
import { type Done, type Order, orderShape, orders, type Told } from '../messages/orders.ts'
import { hear, runtime, type Teller } from '../messages/runtime.ts'
import type { Ground } from '../messages/shapes.ts'
import { isExtensionThere, onOrphaned } from './alive.ts'
import { FieldButton } from './fields/button.ts'
import { describe } from './fields/description.ts'
import { type Field, fieldOf, focusedField, labelOf, readField } from './fields/field.ts'
import { Marks } from './fields/marks.ts'
import { boxOnScreen, fieldNamed, nameField } from './fields/names.ts'
import {
  allSealed,
  firstSealed,
  holdsSealed,
  holdsSealedUnseen,
  type Outcome,
  placeSealed,
  sealField,
  unsealField,
} from './fields/sealing.ts'
import { markWords, toldWords, wordsFor } from './fields/words.ts'
import { Writing } from './fields/writing.ts'
import { sweep } from './leftovers.ts'
import { Notices } from './notice.ts'
import { Pointed } from './pointed.ts'
import { isSandboxed } from './texts/frame.ts'
import { Opener } from './texts/opener.ts'
import { Texts } from './texts/texts.ts'
import { onTrusted } from './trusted.ts'

/** What the background may look at from outside, in this world that the page cannot enter (tabs/orders.ts). */
interface Presence {
  /** When a field of this frame was last in focus, in milliseconds since 1970; 0 for never. */
  focusedAt(): number
  alive(): boolean
  leave(): void
}

/** `fieldsealLate` is left by the background when it brings this script to a page that stood before (tabs/sites.ts). */
const world = globalThis as { fieldseal?: Presence; fieldsealLate?: boolean }

/** Starts in this frame, unless a content script that still has its extension is at work here already. */
export function startOnPage(): void {
  if (world.fieldseal?.alive()) return
  world.fieldseal?.leave()
  if (world.fieldsealLate) sweep()
  const page = new Page()
  world.fieldseal = page
  page.start().catch((thrown: unknown) => {
    // The background refused this frame or did not answer: then nothing is done here until a person commands it.
    if (!(thrown instanceof Failure)) throw thrown
  })
}

/** What holds where the background cannot be asked. */
const sandboxed: Ground = { on: true, choices: { open: true, button: true }, marks: [] }

class Page implements Presence {
  readonly #life = new AbortController()
  readonly #root = document.documentElement
  readonly #ours = new WeakSet<Element>()
  readonly #notices = new Notices(this.#ours)
  readonly #opener = new Opener(this.#ours)
  readonly #writing = new Writing(this.#life.signal)
  readonly #button: FieldButton
  readonly #marks: Marks
  readonly #pointed = new Pointed(this.#life.signal)
  #texts: Texts | null = null
  /** The person asked for the texts of this page, so that they stay open where they do not open by themselves. */
  #asked = false
  /** Ends when the site is switched off. What stands there only while it is on lives by this. */
  #on = new AbortController()
  #withButton = false
  /** Counts what was asked of the background: only the last answer holds. */
  #looks = 0
  #field: WeakRef<Field> | null = null
  #focusedAt = 0
  #deafen = (): void => undefined

  constructor() {
    this.#button = new FieldButton(
      {
        menuOpens: () => this.#notices.clear(),
        seal: (field) => void this.#seal(field),
        compose: (field) => void this.#compose(field),
        read: (field) => void this.#read(field),
        holdsSealed,
        isMarked: (field) => this.#marks.on(field) !== null,
        mark: (field) => void this.#mark(field),
      },
      this.#ours,
    )
    this.#marks = new Marks(this.#life.signal, (field) => this.#composeMarked(field))
  }

  focusedAt(): number {
    // In a frame that a page made of nothing, Firefox may not have told of the focus.
    if (document.hasFocus()) this.#focused(focusedField())
    return this.#lastField() === null ? 0 : this.#focusedAt
  }

  alive(): boolean {
    return !this.#life.signal.aborted && isExtensionThere() && document.documentElement === this.#root
  }

  leave(): void {
    if (this.#life.signal.aborted) return
    this.#life.abort()
    this.#switchOff()
    try {
      this.#deafen()
    } catch {
      // Without its extension there is nobody left to hear from, and the browser throws at the attempt to say so.
    }
  }

  async start(): Promise<void> {
    this.#deafen = hear(this.#obey)
    this.#on.abort()
    onOrphaned(() => this.leave())
    const { signal } = this.#life
    for (const [target, kind] of [
      [document, 'visibilitychange'],
      [window, 'pageshow'],
    ] as const) {
      target.addEventListener(kind, isExtensionThere, { signal })
    }
    this.#watchRoot()
    onTrusted(window, 'focusin', this.#life.signal, (event) => this.#focused(fieldOf(event.composedPath()[0] ?? null)))
    onTrusted(window, 'focusout', this.#life.signal, () => this.#blurred())
    this.#focused(focusedField())
    await this.#look('start')
  }

  /** A page that writes its document anew (`document.open`) takes every listener away: then all begins anew. */
  #watchRoot(): void {
    const watching = new MutationObserver(() => {
      if (document.documentElement !== null && document.documentElement !== this.#root) startOnPage()
    })
    watching.observe(document, { childList: true })
    this.#life.signal.addEventListener('abort', () => watching.disconnect())
  }

  /** Asks what is switched on for this site, and acts upon it. */
  async #look(at: 'start' | 'change'): Promise<void> {
    const nth = ++this.#looks
    // In a sandboxed page the background answers nobody; what can be said there is said on the spot.
    const { on, choices, marks } = isSandboxed() ? sandboxed : await call('hello', { at })
    if (nth !== this.#looks || this.#life.signal.aborted) return
    if (!on) {
      if (!this.#on.signal.aborted) this.#switchOff()
      return
    }
    if (this.#on.signal.aborted) this.#on = new AbortController()
    this.#marks.set(marks)
    if (choices.open) this.#openTexts()
    else if (!this.#asked) this.#closeTexts()
    this.#withButton = choices.button
    this.#button.hide()
    const field = focusedField()
    if (field !== null) this.#showButton(field)
  }

  #switchOff(): void {
    this.#on.abort()
    this.#marks.set([])
    this.#closeTexts()
    this.#button.hide()
    this.#notices.clear()
  }

  #closeTexts(): void {
    this.#asked = false
    this.#texts?.stop()
    this.#texts = null
  }

  #showButton(field: Field): void {
    if (this.#withButton && !this.#on.signal.aborted) this.#button.show(field, this.#on.signal)
  }

  #focused(field: Field | null): void {
    if (field === null || this.#isOurs(field)) return
    this.#field = new WeakRef(field)
    this.#focusedAt = Date.now()
    this.#showButton(field)
  }

  #blurred(): void {
    // Focus may be on its way to another field, or to our button, which does not take it.
    setTimeout(() => {
      if (focusedField() !== this.#lastField()) this.#button.hide()
    })
  }

  #isOurs(field: Field): boolean {
    return this.#ours.has(field)
  }

  #lastField(): Field | null {
    const field = this.#field?.deref() ?? null
    return field?.isConnected ? field : null
  }

  #openTexts(): Texts {
    if (this.#texts === null) {
      this.#texts = new Texts(this.#ours)
      this.#texts.start()
    }
    return this.#texts
  }

  async #seal(field: Field): Promise<void> {
    const outcome = await this.#marks.letting(field, () => sealField(field))
    this.#writing.ended()
    this.#report(outcome, field)
  }

  /** Seals, or where a sealed text stands puts the opened one back: the one thing that only a vouched command may do. */
  async #toggle(field: Field): Promise<Outcome> {
    const sealed = await holdsSealedUnseen(field)
    if (sealed && this.#writing.isIn(field)) return { kind: 'swapped' }
    const outcome = await (sealed ? unsealField(field) : sealField(field))
    this.#writing.ended()
    return outcome
  }

  #report(outcome: Outcome, field: Field): void {
    const { words, warning } = wordsFor(outcome)
    const life = this.#life.signal
    if ('sealed' in outcome) {
      const why = outcome.kind === 'gone' ? 'gone' : 'altered'
      const act = () => void call('offer', { sealed: outcome.sealed, why }).catch(() => undefined)
      this.#notices.say(words, field, life, { action: { label: 'Copy the sealed text', act }, stays: true })
    } else if (outcome.kind === 'failed' && (outcome.code === 'locked' || outcome.code === 'no-vault')) {
      const act = () => void call('askUnlock', {}).catch(() => undefined)
      this.#notices.say(words, field, life, { action: { label: 'Open Fieldseal', act }, stays: true })
    } else {
      this.#notices.say(words, field, life, { stays: warning })
    }
  }

  async #compose(field: Field): Promise<void> {
    this.#notices.clear()
    try {
      await call('compose', { field: nameField(field), sealed: firstSealed(field), box: boxOnScreen(field) })
    } catch (thrown) {
      if (!(thrown instanceof Failure)) throw thrown
      this.#notices.say(markWords.noWindow, field, this.#life.signal, { stays: true })
    }
  }

  /** The person came to a field that is always sealed. What stands in it unsealed is offered to be sealed too. */
  async #composeMarked(field: Field): Promise<void> {
    await this.#compose(field)
    this.#offerToSeal(field, markWords.unsealed)
  }

  async #mark(field: Field): Promise<void> {
    const mark = this.#marks.on(field)
    try {
      if (mark !== null) await call('unmarkField', { id: mark.id })
      else await call('markField', { label: labelOf(field), field: describe(field) })
      await this.#look('change')
    } catch (thrown) {
      if (!(thrown instanceof Failure)) throw thrown
      this.#notices.say(markWords[thrown.code === 'full' ? 'full' : 'failed'], field, this.#life.signal)
      return
    }
    if (mark !== null) this.#notices.say(markWords.unmarked, field, this.#life.signal)
    else if (!this.#offerToSeal(field, markWords.markedUnsealed))
      this.#notices.say(markWords.marked, field, this.#life.signal)
  }

  #offerToSeal(field: Field, words: string): boolean {
    if (readField(field).trim() === '' || holdsSealed(field)) return false
    const act = () => void this.#seal(field)
    this.#notices.say(words, field, this.#life.signal, { action: { label: 'Seal it now', act } })
    return true
  }

  #read(field: Field, how: { byKeys?: boolean } = {}): number {
    this.#notices.clear()
    const sealed = allSealed(field)
    if (sealed.length > 0) this.#opener.show(field, sealed, this.#on.signal, how)
    return sealed.length
  }

  readonly #obey = (message: unknown, sender: Teller): Promise<unknown> | undefined => {
    const parsed = v.safeParse(orderShape, message)
    // Only the background speaks to content scripts: a sender of ours that is in no tab.
    if (sender.id !== runtime.id || sender.tab !== undefined || !parsed.success) return undefined
    const { order } = parsed.output
    const told = v.safeParse(orders[order].told, parsed.output.told)
    return told.success ? this.#acts[order](told.output as never) : undefined
  }

  readonly #acts: { [O in Order]: (told: Told<O>) => Promise<Done<O>> } = {
    sealField: async () => {
      const field = this.#lastField()
      if (field === null) this.#notices.say(toldWords['no-field'], null, this.#life.signal)
      // The opened text of a field that is always sealed is to be seen in our window alone.
      else if (this.#marks.on(field) !== null && holdsSealed(field)) await this.#compose(field)
      else this.#report(await this.#marks.letting(field, () => this.#toggle(field)), field)
      return {}
    },
    compose: async () => {
      const field = this.#lastField()
      if (field !== null) await this.#compose(field)
      return {}
    },
    openPage: async () => {
      this.#asked = true
      const found = await this.#openTexts().survey()
      // Where the person is in a field, its texts are meant too: this is how they are reached by the keyboard.
      const field = focusedField()
      return field === null ? found : { ...found, texts: found.texts + this.#read(field, { byKeys: true }) }
    },
    print: async ({ step }) => {
      if (step === 'print') window.print()
      else this.#texts?.allowPrint(step === 'ready')
      return {}
    },
    pointed: async ({ everywhere }) => ({ sealed: this.#pointed.texts(everywhere) }),
    put: async ({ field: id, sealed, replaces }) => {
      const field = fieldNamed(id)
      if (field === null) return { placed: false, why: 'gone' }
      const put = await this.#marks.letting(field, () => placeSealed(field, sealed, replaces))
      this.#writing.ended()
      return put === 'placed' ? { placed: true } : { placed: false, why: put }
    },
    say: async ({ what }) => {
      this.#notices.say(toldWords[what], null, this.#life.signal)
      return {}
    },
    recheck: async () => {
      await this.#look('change')
      return {}
    },
  }
}
