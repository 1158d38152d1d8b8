// What Fieldseal does with the fields of one frame of a page. It comes when the person comes to a field, or commands something.
// It is never given a key or a password, and a plaintext only where the person agreed to put that very text back into its field.

import { Failure } from '../../failure.ts'
import { call } from '../../messages/callFromPage.ts'
import { fieldsOrders } from '../../messages/orders.ts'
import type { Box, Field as FieldName, Ground } from '../../messages/shapes.ts'
import { Notices } from '../notice.ts'
import { type Acts, type FieldsForOthers, isChoosing, openTexts, Resident, settle } from '../resident.ts'
import { onTrusted } from '../trusted.ts'
import { FieldButton } from './button.ts'
import type { CommandTarget } from './chosenField.ts'
import { chosenNow, commandTarget } from './commandTarget.ts'
import { describe } from './description.ts'
import { labelOf, readField } from './field.ts'
import { Marks } from './marks.ts'
import { boxOnScreen, fieldNamed, nameField } from './names.ts'
import {
  allSealed,
  holdsSealed,
  isAllSealed,
  type Outcome,
  type Placed,
  placeOpened,
  placeSealed,
  sealField,
} from './sealing.ts'
import { isForWindow, sealedAtCaret } from './toSeal.ts'
import { type Field, fieldOf, focusedField, isReadOnly } from './which.ts'
import { markWords, toldWords, wordsFor } from './words.ts'

export function startFields(): void {
  settle('fieldsealFields', () => new PageFields())
}

class PageFields extends Resident implements FieldsForOthers {
  readonly #notices = new Notices()
  readonly #button = new FieldButton({
    menuOpens: () => this.#notices.clear(),
    seal: (field) => void this.#seal(field),
    compose: (field) => void this.#compose(field),
    read: (field) => void this.#read(field),
    holdsSealed,
    isAllSealed,
    isMarked: (field) => this.#marks.on(field) !== null,
    mark: (field) => void this.#mark(field),
  })
  readonly #marks = new Marks(this.life, async (field) => {
    if (!isChoosing()) await this.#composeAndOffer(field)
  })
  #withButton = false
  #field: WeakRef<Field> | null = null

  commandTarget(): CommandTarget {
    return commandTarget()
  }

  putSealed(field: Field, sealed: string): Promise<Placed> {
    return this.#put(field, sealed, null)
  }

  protected begin(): void {
    onTrusted(window, 'focusin', this.life, (event) => this.#focused(fieldOf(event.composedPath()[0] ?? null)))
    onTrusted(window, 'focusout', this.life, () => this.#blurred())
    this.#focused(focusedField())
  }

  protected switchedOn({ choices, marks }: Ground): void {
    this.#marks.set(marks)
    this.#withButton = choices.button
    this.#button.hide()
    const field = focusedField()
    if (field !== null) this.#showButton(field)
  }

  protected switchedOff(): void {
    this.#marks.set([])
    this.#button.hide()
    this.#notices.clear()
  }

  #showButton(field: Field): void {
    if (this.#withButton && !this.on.aborted) this.#button.show(field, this.on)
  }

  #focused(field: Field | null): void {
    if (field === null) return
    this.#field = new WeakRef(field)
    this.#showButton(field)
  }

  #blurred(): void {
    // Focus may be on its way to another field, or to our button, which does not take it.
    setTimeout(() => {
      if (focusedField() !== this.#lastField()) this.#button.hide()
    })
  }

  #lastField(): Field | null {
    const field = this.#field?.deref() ?? null
    return field?.isConnected ? field : null
  }

  async #seal(field: Field): Promise<void> {
    const outcome = await this.#marks.letting(field, () => sealField(field))
    if (isForWindow(outcome)) await this.#compose(field, outcome.sealed)
    else this.#report(outcome, field)
  }

  #report(outcome: Outcome, field: Field): void {
    const { words, warning } = wordsFor(outcome)
    if ('sealed' in outcome) {
      const why = outcome.kind === 'gone' ? 'gone' : 'altered'
      const act = () => void call('offer', { sealed: outcome.sealed, why }).catch(() => undefined)
      this.#notices.say(words, field, this.life, { action: { label: 'Copy the sealed text', act }, stays: true })
    } else if (outcome.kind === 'failed' && (outcome.code === 'locked' || outcome.code === 'no-vault')) {
      const act = () => void call('askUnlock', {}).catch(() => undefined)
      this.#notices.say(words, field, this.life, { action: { label: 'Open Fieldseal', act }, stays: true })
    } else {
      this.#notices.say(words, field, this.life, { stays: warning })
    }
  }

  async #put(field: Field, sealed: string, replaces: string | null): Promise<Placed> {
    return this.#marks.letting(field, () => placeSealed(field, sealed, replaces))
  }

  async #compose(field: Field, sealed: string | null = sealedAtCaret(field)): Promise<void> {
    await this.#openWindow(field, (named) => call('compose', { ...named, sealed }))
  }

  async #openWindow(field: Field, ask: (named: { field: FieldName; box: Box }) => Promise<unknown>): Promise<void> {
    this.#notices.clear()
    try {
      await ask({ field: nameField(field), box: boxOnScreen(field) })
    } catch (thrown) {
      if (!(thrown instanceof Failure)) throw thrown
      this.#notices.say(markWords[thrown.code === 'full' ? 'fullWindows' : 'noWindow'], field, this.life, {
        stays: true,
      })
    }
  }

  /** Opens a composer for a field. What stands in it unsealed is offered to be sealed too. */
  async #composeAndOffer(field: Field): Promise<void> {
    await this.#compose(field)
    this.#offerToSeal(field, markWords.unsealed)
  }

  async #mark(field: Field): Promise<void> {
    const mark = this.#marks.on(field)
    try {
      if (mark !== null) await call('unmarkField', { id: mark.id })
      else await call('markField', { label: labelOf(field), field: describe(field) })
      await this.look('change')
    } catch (thrown) {
      if (!(thrown instanceof Failure)) throw thrown
      this.#notices.say(markWords[thrown.code === 'full' ? 'full' : 'failed'], field, this.life)
      return
    }
    if (mark !== null) this.#notices.say(markWords.unmarked, field, this.life)
    else if (!this.#offerToSeal(field, markWords.markedUnsealed)) this.#notices.say(markWords.marked, field, this.life)
  }

  /** The focus lies in a field that the person has not come to: it may be the page's doing, so our window asks. */
  async #ambiguous(): Promise<void> {
    const field = focusedField()
    if (field === null) this.#notices.say(toldWords['no-field'], null, this.life)
    else await this.#composeAndOffer(field)
  }

  #offerToSeal(field: Field, words: string): boolean {
    if (readField(field).trim() === '' || holdsSealed(field)) return false
    const act = () => void this.#seal(field)
    this.#notices.say(words, field, this.life, { action: { label: 'Seal it now', act } })
    return true
  }

  #read(field: Field, { byKeys = false } = {}): number {
    this.#notices.clear()
    const sealed = allSealed(field)
    if (sealed.length > 0) openTexts({ field, name: nameField(field), sealed, life: this.on, byKeys })
    return sealed.length
  }

  protected readonly orders = fieldsOrders
  protected readonly acts: Acts = {
    sealField: async () => {
      const chosen = chosenNow()
      if (chosen !== null) await this.#seal(chosen.field)
      else await this.#ambiguous()
      return {}
    },
    compose: async () => {
      const field = chosenNow()?.field ?? focusedField()
      if (field !== null) await this.#compose(field)
      return {}
    },
    putBack: async () => {
      const { field, how } = chosenNow() ?? {}
      const sealed = field && how === 'reached' ? sealedAtCaret(field) : null
      if (!field || sealed === null) this.#notices.say(toldWords['not-reached'], null, this.life)
      else if (isReadOnly(field)) this.#report({ kind: 'read-only' }, field)
      // A field that is always sealed gets no plaintext.
      else if (this.#marks.on(field)) await this.#compose(field, sealed)
      else await this.#openWindow(field, (named) => call('putBack', { ...named, sealed }))
      return {}
    },
    putOpened: async ({ field: id, sealed, text }) => {
      const field = fieldNamed(id)
      const put = field === null ? 'gone' : await placeOpened(field, text, sealed)
      return put === 'placed' ? { placed: true } : { placed: false, why: put }
    },
    openField: async () => {
      // Where the person is in a field, its texts are meant too: this is how they are reached by the keyboard.
      const field = focusedField()
      return { texts: field === null ? 0 : this.#read(field, { byKeys: true }) }
    },
    put: async ({ field: id, sealed, replaces }) => {
      const field = fieldNamed(id)
      if (field === null) return { placed: false, why: 'gone' }
      const put = await this.#put(field, sealed, replaces)
      return put === 'placed' ? { placed: true } : { placed: false, why: put }
    },
    say: async ({ what }) => {
      this.#notices.say(toldWords[what], null, this.life)
      return {}
    },
    recheck: () => {
      // The script for texts answers to this.
      void this.look('change').catch(() => undefined)
      return undefined
    },
  }
}
