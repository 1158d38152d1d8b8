// The content script of a site that is on: finds the sealed texts of one frame of a page and has reader frames show them. Knows
// ciphertext alone. What concerns fields is brought when the person comes to one (fields/start.ts).

import { call } from '../../messages/callFromTexts.ts'
import { textsOrders } from '../../messages/orders.ts'
import type { Ground } from '../../messages/shapes.ts'
import { ChosenField } from '../fields/chosenField.ts'
import { fieldOf, focusedField } from '../fields/which.ts'
import { sweep } from '../leftovers.ts'
import { Pointed } from '../pointed.ts'
import { type Acts, isLate, Resident, settle, type TextsForOthers } from '../resident.ts'
import { onTrusted } from '../trusted.ts'
import { Opener, type ToOpen } from './opener.ts'
import { Texts } from './texts.ts'

/** What people write in most. */
const writable = 'textarea,[contenteditable],input:not([type]),input[type=text],input[type=email]'
/** After so long a page that was loaded has come to rest, more or less. */
const restedMs = 1_000

export function startTexts(): void {
  settle('fieldseal', () => new PageTexts())
}

class PageTexts extends Resident implements TextsForOthers {
  readonly #pointed = new Pointed(this.life)
  readonly chosenField = new ChosenField(this.life)
  readonly #opener = new Opener()
  #texts: Texts | null = null
  /** The person asked for the texts of this page, so that they stay open where they do not open by themselves. */
  #asked = false
  #wantsFields = false
  #hasFields = false
  /** What an earlier script has left was taken away. */
  #swept = false
  protected override readonly isFirst = true

  protected begin(): void {
    // A page that was on when it was loaded is looked through while the background is asked whether it still is.
    if (!isLate()) this.#texts = this.#newTexts()
    onTrusted(window, 'focusin', this.life, (event) => this.#came(event.composedPath()[0] ?? null))
  }

  protected override answered(): void {
    if (!isLate() || this.#swept) return
    this.#swept = true
    sweep()
  }

  protected switchedOn({ choices, marks }: Ground): void {
    if (choices.open || this.#asked) this.#openTexts()
    else this.#closeTexts()
    this.#wantsFields = choices.button || marks.length > 0
    // A field that is always sealed is guarded before the person comes to it.
    if (marks.length > 0 || (choices.button && focusedField() !== null)) this.#bringFields()
    else if (choices.button) this.#bringFieldsWhenIdle()
  }

  protected switchedOff(): void {
    this.#wantsFields = false
    this.#asked = false
    this.#closeTexts()
  }

  protected override stayedOff(): void {
    if (!this.#asked) this.#closeTexts()
  }

  openTexts(wanted: ToOpen): void {
    this.#opener.show(wanted)
  }

  hostOf(sealed: string): HTMLElement | null {
    return this.#texts?.hostOf(sealed) ?? null
  }

  #newTexts(): Texts {
    const texts = new Texts()
    texts.start()
    return texts
  }

  #openTexts(): Texts {
    this.#texts ??= this.#newTexts()
    this.#texts.show()
    return this.#texts
  }

  #closeTexts(): void {
    this.#texts?.stop()
    this.#texts = null
  }

  #came(target: EventTarget | null): void {
    if (this.#wantsFields && fieldOf(target) !== null) this.#bringFields()
  }

  /** So that nothing has to be loaded at the moment in which a person begins to type. */
  #bringFieldsWhenIdle(): void {
    const whenIdle = () => requestIdleCallback(() => document.querySelector(writable) && this.#bringFields())
    const timer = setTimeout(whenIdle, restedMs)
    this.on.addEventListener('abort', () => clearTimeout(timer))
  }

  #bringFields(): void {
    if (this.#hasFields) return
    this.#hasFields = true
    void call('bringFields', {}).catch(() => {
      this.#hasFields = false
    })
  }

  protected readonly orders = textsOrders
  protected readonly acts: Acts = {
    openPage: async () => {
      this.#asked = true
      return this.#openTexts().survey()
    },
    print: async ({ step }) => {
      if (step === 'print') window.print()
      else this.#texts?.allowPrint(step === 'ready')
      return {}
    },
    pointed: async ({ everywhere }) => ({ sealed: this.#pointed.texts(everywhere) }),
    recheck: async () => {
      await this.look('change')
      return {}
    },
  }
}
