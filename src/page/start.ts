// The content script: what Fieldseal does in one frame of a page. Knows ciphertext and fields; it is never given a key, a
// password or a plaintext, but for the opened text that a person's own command puts back into a field (sealing.ts).

import * as v from 'valibot'
import { browser } from 'wxt/browser'
import { Failure } from '../failure.ts'
import { call } from '../messages/call.ts'
import { type Done, type Order, orderShape, orders, type Told } from '../messages/orders.ts'
import { FieldButton } from './fields/button.ts'
import { type Field, fieldOf, focusedField } from './fields/field.ts'
import { boxOnScreen, fieldNamed, nameField } from './fields/names.ts'
import { firstSealed, holdsSealed, type Outcome, placeSealed, sealField, unsealField } from './fields/sealing.ts'
import { toldWords, wordsFor } from './fields/words.ts'
import { Writing } from './fields/writing.ts'
import { Notices } from './notice.ts'
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

const world = globalThis as { fieldseal?: Presence }

/** Starts in this frame, unless a content script that still has its extension is at work here already. */
export function startOnPage(): void {
  if (world.fieldseal?.alive()) return
  world.fieldseal?.leave()
  const page = new Page()
  world.fieldseal = page
  page.start().catch((thrown: unknown) => {
    // The background refused this frame or did not answer: then nothing is done here until a person commands it.
    if (!(thrown instanceof Failure)) throw thrown
  })
}

class Page implements Presence {
  readonly #life = new AbortController()
  readonly #ours = new WeakSet<Element>()
  readonly #notices = new Notices(this.#ours)
  readonly #opener = new Opener(this.#ours)
  readonly #writing = new Writing(this.#life.signal)
  readonly #button: FieldButton
  #texts: Texts | null = null
  /** The person has switched this site on: the button shows, and texts open by themselves. */
  #on = new AbortController()
  #field: WeakRef<Field> | null = null
  #focusedAt = 0

  constructor() {
    this.#button = new FieldButton(
      {
        seal: (field) => void this.#seal(field),
        compose: (field) => void this.#compose(field),
        read: (field) => this.#read(field),
        holdsSealed,
      },
      this.#ours,
    )
  }

  focusedAt(): number {
    return this.#lastField() === null ? 0 : this.#focusedAt
  }

  alive(): boolean {
    return !this.#life.signal.aborted && isOurExtensionThere()
  }

  leave(): void {
    this.#life.abort()
    this.#on.abort()
    this.#texts?.stop()
    this.#texts = null
    this.#button.hide()
    // Without its extension there is nobody left to hear from, and the browser throws at the attempt to say so.
    if (isOurExtensionThere()) browser.runtime.onMessage.removeListener(this.#obey)
  }

  async start(): Promise<void> {
    browser.runtime.onMessage.addListener(this.#obey)
    this.#on.abort()
    onTrusted(window, 'focusin', this.#life.signal, (event) => this.#focused(fieldOf(event.composedPath()[0] ?? null)))
    onTrusted(window, 'focusout', this.#life.signal, () => this.#blurred())
    this.#focused(focusedField())
    await this.#recheck()
  }

  /** Asks whether this site is switched on, and acts upon it. */
  async #recheck(): Promise<void> {
    // In a sandboxed page the background answers nobody; what can be said there is said on the spot.
    const { on } = isSandboxed() ? { on: true } : await call('hello', {})
    if (on === !this.#on.signal.aborted) return
    if (on) {
      this.#on = new AbortController()
      this.#openTexts()
      const field = focusedField()
      if (field !== null) this.#button.show(field, this.#on.signal)
    } else {
      this.#on.abort()
      this.#texts?.stop()
      this.#texts = null
    }
  }

  #focused(field: Field | null): void {
    if (field === null || this.#isOurs(field)) return
    this.#field = new WeakRef(field)
    this.#focusedAt = Date.now()
    if (!isOurExtensionThere()) this.leave()
    else if (!this.#on.signal.aborted) this.#button.show(field, this.#on.signal)
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
    const outcome = await sealField(field)
    this.#writing.ended()
    this.#report(outcome, field)
  }

  /** Seals, or where a sealed text stands puts the opened one back: the one thing that only a vouched command may do. */
  async #toggle(field: Field): Promise<Outcome> {
    const sealed = holdsSealed(field)
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
    await call('compose', { field: nameField(field), sealed: firstSealed(field), box: boxOnScreen(field) })
  }

  #read(field: Field): void {
    this.#notices.clear()
    const sealed = firstSealed(field)
    if (sealed !== null) this.#opener.show(field, sealed, this.#life.signal)
  }

  readonly #obey = (message: unknown, sender: { id?: string; tab?: unknown }): Promise<unknown> | undefined => {
    const parsed = v.safeParse(orderShape, message)
    // Only the background speaks to content scripts: a sender of ours that is in no tab.
    if (sender.id !== browser.runtime.id || sender.tab !== undefined || !parsed.success) return undefined
    const { order } = parsed.output
    const told = v.safeParse(orders[order].told, parsed.output.told)
    return told.success ? this.#acts[order](told.output as never) : undefined
  }

  readonly #acts: { [O in Order]: (told: Told<O>) => Promise<Done<O>> } = {
    sealField: async () => {
      const field = this.#lastField()
      if (field === null) this.#notices.say(toldWords['no-field'], null, this.#life.signal)
      else this.#report(await this.#toggle(field), field)
      return {}
    },
    compose: async () => {
      const field = this.#lastField()
      if (field !== null) await this.#compose(field)
      return {}
    },
    openPage: async () => this.#openTexts().survey(),
    put: async ({ field: id, sealed, replaces }) => {
      const field = fieldNamed(id)
      if (field === null) return { placed: false, why: 'gone' }
      const put = await placeSealed(field, sealed, replaces)
      this.#writing.ended()
      return put === 'placed' ? { placed: true } : { placed: false, why: put }
    },
    say: async ({ what }) => {
      this.#notices.say(toldWords[what], null, this.#life.signal)
      return {}
    },
    recheck: async () => {
      await this.#recheck()
      return {}
    },
  }
}

/** False in the content script of an extension that was updated, reloaded or removed since. */
function isOurExtensionThere(): boolean {
  try {
    return browser.runtime.id !== undefined
  } catch {
    return false
  }
}
