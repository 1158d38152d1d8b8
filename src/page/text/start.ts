// The content script of a site that is on: finds the sealed texts of one frame and has reader frames show them. Knows only ciphertext. The
// script for fields is loaded when the person enters one (field/start.ts).

import { call } from '../../messages/callFromTexts.ts'
import { textCommands } from '../../messages/tabCommands.ts'
import { ChosenField } from '../script/chosenField.ts'
import { runContentScript, type ScriptLife } from '../script/contentScript.ts'
import { fieldOf, focusedField } from '../script/fieldOf.ts'
import { removeOrphans } from '../script/orphanCleanup.ts'
import { PointedTexts } from '../script/pointed.ts'
import { injectedLate } from '../script/scriptApis.ts'
import { onTrusted } from '../script/trusted.ts'
import { FieldTexts } from './fieldTexts.ts'
import { Texts } from './texts.ts'

/** The most common fields. */
const writable = 'textarea,[contenteditable],input:not([type]),input[type=text],input[type=email]'
/** How long after its start a page has mostly finished loading. */
const restedMs = 1_000

export function startTexts(): void {
  runContentScript({ kind: 'fieldseal', commands: textCommands, isFirst: true, start })
}

function start(life: AbortSignal, recheck: () => Promise<void>): ScriptLife<'fieldseal'> {
  const pointed = new PointedTexts(life)
  const chosenField = new ChosenField(life)
  const fieldTexts = new FieldTexts()
  let texts: Texts | null = null
  /** The person has opened the texts of this page by command, so they stay open even if the site does not open texts by itself. */
  let asksToOpen = false
  let wantsFields = false
  let hasFields = false
  /** Leftovers of an earlier script are removed. */
  let cleanedUp = false

  const scan = () => {
    const made = new Texts()
    made.start()
    return made
  }
  const openTexts = () => {
    texts ??= scan()
    texts.show()
    return texts
  }
  const closeTexts = () => {
    texts?.stop()
    texts = null
  }
  const bringFields = () => {
    if (hasFields) return
    hasFields = true
    void call('loadFieldScript', {}).catch(() => {
      hasFields = false
    })
  }
  /** Loads the script for fields ahead, so that it need not load when the person begins to type. */
  const bringFieldsWhenIdle = (on: AbortSignal) => {
    const whenIdle = () => requestIdleCallback(() => document.querySelector(writable) && bringFields())
    const timer = setTimeout(whenIdle, restedMs)
    on.addEventListener('abort', () => clearTimeout(timer))
  }
  const switchOff = () => {
    wantsFields = asksToOpen = false
    closeTexts()
  }

  life.addEventListener('abort', switchOff)
  // On a site that was on when the page loaded, the scan runs while the background confirms that it still is.
  if (!injectedLate()) texts = scan()
  onTrusted(window, 'focusin', life, (event) => {
    if (wantsFields && fieldOf(event.composedPath()[0] ?? null) !== null) bringFields()
  })

  return {
    api: {
      openTexts: (request) => fieldTexts.show(request),
      hostOf: (sealed) => texts?.hostOf(sealed) ?? null,
      chosenField,
    },
    onAnswer() {
      if (!injectedLate() || cleanedUp) return
      cleanedUp = true
      removeOrphans()
    },
    onSite({ choices, marks }, on) {
      on.addEventListener('abort', switchOff)
      if (choices.open || asksToOpen) openTexts()
      else closeTexts()
      wantsFields = choices.button || marks.length > 0
      // The guard of an always-sealed field must exist before the person enters it.
      if (marks.length > 0 || (choices.button && focusedField() !== null)) bringFields()
      else if (choices.button) bringFieldsWhenIdle(on)
    },
    onSiteOff() {
      if (!asksToOpen) closeTexts()
    },
    handlers: {
      async openTexts() {
        asksToOpen = true
        return openTexts().survey()
      },
      async print({ step }) {
        if (step === 'print') window.print()
        else texts?.allowPrint(step === 'ready')
        return {}
      },
      listTexts: async ({ everywhere }) => ({ sealed: pointed.texts(everywhere) }),
      async recheck() {
        await recheck()
        return {}
      },
    },
  }
}
