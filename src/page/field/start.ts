// The content script for the fields of one frame. It loads when the person enters a field or gives a command. It never receives a key or a
// password, and receives a plaintext only if the person agreed to put that text back into its field.

import { Failure } from '../../failure.ts'
import { call } from '../../messages/callFromPage.ts'
import type { Box, Field as FieldName } from '../../messages/shapes.ts'
import { fieldCommands } from '../../messages/tabCommands.ts'
import { words } from '../../words.ts'
import { runContentScript, type ScriptLife } from '../script/contentScript.ts'
import { type Field, fieldOf, focusedField, isReadOnly } from '../script/fieldOf.ts'
import { type NoticeManner, Notices } from '../script/notice.ts'
import { isChoosing, openTexts, type PlaceResult } from '../script/scriptApis.ts'
import { onTrusted } from '../script/trusted.ts'
import { AlwaysSealed } from './alwaysSealed.ts'
import { FieldButton } from './button/button.ts'
import { commandTarget, fieldOfCommand } from './commandTarget.ts'
import { describe } from './description.ts'
import { boxOnScreen, fieldWithId, idOfField } from './fieldIds.ts'
import { labelOf, readField } from './kinds/field.ts'
import {
  allSealed,
  holdsSealed,
  isAllSealed,
  placeOpened,
  placeSealed,
  type SealOutcome,
  sealField,
} from './sealing.ts'
import { needsWindow, sealedAtCaret } from './toSeal.ts'
import { commandSentences, outcomeSentence } from './words.ts'

export function startFields(): void {
  runContentScript({ kind: 'fieldsealFields', commands: fieldCommands, start })
}

function start(life: AbortSignal, recheck: () => Promise<void>): ScriptLife<'fieldsealFields'> {
  const notices = new Notices()
  const button = new FieldButton({
    menuOpens: () => notices.clear(),
    seal: (field) => void seal(field),
    compose: (field) => void compose(field),
    read: (field) => void read(field),
    holdsSealed,
    isAllSealed,
    isAlwaysSealed: (field) => alwaysSealed.find(field) !== null,
    toggleAlwaysSealed: (field) => void toggleAlwaysSealed(field),
  })
  const alwaysSealed = new AlwaysSealed(life, async (field) => {
    if (!isChoosing()) await composeAndOffer(field)
  })
  let siteOn = AbortSignal.abort()
  let withButton = false
  let lastFocused: WeakRef<Field> | null = null

  const say = (words: string, field: Field | null, manner?: NoticeManner) => notices.say(words, field, life, manner)

  const showButton = (field: Field) => {
    if (withButton && !siteOn.aborted) button.show(field, siteOn)
  }
  const focused = (field: Field | null) => {
    if (field === null) return
    lastFocused = new WeakRef(field)
    showButton(field)
  }
  const blurred = () => {
    // Wait: the focus may move to another field, or return after a press on our button.
    setTimeout(() => {
      const field = lastFocused?.deref()
      if (focusedField() !== (field?.isConnected ? field : null)) button.hide()
    })
  }

  const seal = async (field: Field) => {
    const outcome = await alwaysSealed.exempt(field, () => sealField(field))
    if (needsWindow(outcome)) await compose(field, outcome.sealed)
    else report(outcome, field)
  }
  const report = (outcome: SealOutcome, field: Field) => {
    const { sentence, warning } = outcomeSentence(outcome)
    if ('sealed' in outcome) {
      const why = outcome.kind === 'gone' ? 'gone' : 'altered'
      const act = () => void call('offerSealedText', { sealed: outcome.sealed, why }).catch(() => undefined)
      say(sentence, field, { action: { label: words('page.copySealed'), act }, stays: true })
    } else if (outcome.kind === 'failed' && (outcome.code === 'locked' || outcome.code === 'no-vault')) {
      const act = () => void call('openUnlock', {}).catch(() => undefined)
      say(sentence, field, { action: { label: words('page.openFieldseal'), act }, stays: true })
    } else {
      say(sentence, field, { stays: warning })
    }
  }
  const put = (field: Field, sealed: string, replaces: string | null): Promise<PlaceResult> =>
    alwaysSealed.exempt(field, () => placeSealed(field, sealed, replaces))

  const openWindow = async (field: Field, ask: (named: { field: FieldName; box: Box }) => Promise<unknown>) => {
    notices.clear()
    try {
      await ask({ field: idOfField(field), box: boxOnScreen(field) })
    } catch (thrown) {
      if (!(thrown instanceof Failure)) throw thrown
      say(words(thrown.code === 'full' ? 'page.always.fullWindows' : 'page.always.noWindow'), field, { stays: true })
    }
  }
  const compose = (field: Field, sealed: string | null = sealedAtCaret(field)) =>
    openWindow(field, (named) => call('compose', { ...named, sealed }))

  /** Opens a composer for a field, and offers to seal the unsealed text in it. */
  const composeAndOffer = async (field: Field) => {
    await compose(field)
    offerToSeal(field, words('page.always.unsealed'))
  }
  const offerToSeal = (field: Field, sentence: string): boolean => {
    if (readField(field).trim() === '' || holdsSealed(field)) return false
    const act = () => void seal(field)
    say(sentence, field, { action: { label: words('page.sealing.now'), act } })
    return true
  }
  const toggleAlwaysSealed = async (field: Field) => {
    const mark = alwaysSealed.find(field)
    try {
      if (mark !== null) await call('stopSealingField', { id: mark.id })
      else await call('alwaysSealField', { label: labelOf(field), field: describe(field) })
      await recheck()
    } catch (thrown) {
      if (!(thrown instanceof Failure)) throw thrown
      say(words(thrown.code === 'full' ? 'page.always.full' : 'page.always.failed'), field)
      return
    }
    if (mark !== null) say(words('page.always.unmarked'), field)
    else if (!offerToSeal(field, words('page.always.markedUnsealed'))) say(words('page.always.marked'), field)
  }

  /** Shows the opened texts of a field, and returns how many there are. */
  const read = (field: Field, byKeys = false): number => {
    notices.clear()
    const sealed = allSealed(field)
    if (sealed.length > 0) openTexts({ field, name: idOfField(field), sealed, life: siteOn, byKeys })
    return sealed.length
  }

  const switchOff = () => {
    alwaysSealed.set([])
    button.hide()
    notices.clear()
  }
  life.addEventListener('abort', switchOff)
  onTrusted(window, 'focusin', life, (event) => focused(fieldOf(event.composedPath()[0] ?? null)))
  onTrusted(window, 'focusout', life, blurred)
  focused(focusedField())

  return {
    api: { commandTarget, putSealed: (field, sealed) => put(field, sealed, null) },
    onSite({ choices, marks }, on) {
      on.addEventListener('abort', switchOff)
      siteOn = on
      alwaysSealed.set(marks)
      withButton = choices.button
      button.hide()
      const field = focusedField()
      if (field !== null) showButton(field)
    },
    handlers: {
      async sealField() {
        const chosen = fieldOfCommand()
        // If the person has not entered the focused field, the page may have moved the focus. Our window lets them decide.
        const field = chosen?.field ?? focusedField()
        if (chosen !== null) await seal(chosen.field)
        else if (field !== null) await composeAndOffer(field)
        else say(words('page.command.noField'), null)
        return {}
      },
      async requestComposer() {
        const field = fieldOfCommand()?.field ?? focusedField()
        if (field !== null) await compose(field)
        return {}
      },
      async requestPutBack() {
        const { field, how } = fieldOfCommand() ?? {}
        const sealed = field && how === 'reached' ? sealedAtCaret(field) : null
        if (!field || sealed === null) say(words('page.command.notReached'), null)
        else if (isReadOnly(field)) report({ kind: 'read-only' }, field)
        // A field that is always sealed gets no plaintext.
        else if (alwaysSealed.find(field)) await compose(field, sealed)
        else await openWindow(field, (named) => call('openPutBackWindow', { ...named, sealed }))
        return {}
      },
      async placeOpenedText({ field: id, sealed, text }) {
        const field = fieldWithId(id)
        const result = field === null ? 'gone' : await placeOpened(field, text, sealed)
        return result === 'placed' ? { placed: true } : { placed: false, why: result }
      },
      async openFieldTexts() {
        // The command includes the texts of the focused field, since a person who uses the keyboard has no other way to them.
        const field = focusedField()
        return { texts: field === null ? 0 : read(field, true) }
      },
      async placeSealedText({ field: id, sealed, replaces }) {
        const field = fieldWithId(id)
        const result = field === null ? 'gone' : await put(field, sealed, replaces)
        return result === 'placed' ? { placed: true } : { placed: false, why: result }
      },
      async showNotice({ what }) {
        say(words(commandSentences[what]), null)
        return {}
      },
      recheck() {
        // Only the script for texts responds to this command.
        void recheck().catch(() => undefined)
        return undefined
      },
    },
  }
}
