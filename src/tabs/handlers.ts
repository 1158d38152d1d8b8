// The entries of the protocol that are about tabs and sites.

import { Failure } from '../failure.ts'
import type { TabsHandlers } from '../messages/handlers.ts'
import { countTexts, textsIn } from './badge.ts'
import { clipboardHandlers } from './clipboard.ts'
import { type CustodySide, openPage, printPage } from './commands.ts'
import { choicesOf, siteHandlers } from './siteChoices.ts'
import { readSettings, settingOf } from './siteSettings.ts'
import { allSitesOn, bringFields, isAllowed, patternOf } from './sites.ts'
import { spellingHandlers } from './spelling.ts'
import { commandFrame, framesOf, sendCommand, sendCommandToTab } from './tabCommands.ts'
import { activeTab, openUnlock } from './windows.ts'

export function tabHandlers(vault: CustodySide): TabsHandlers {
  const sites = siteHandlers()
  return {
    ...sites,
    ...clipboardHandlers(),
    ...spellingHandlers(),
    async getCurrentSite() {
      const tab = await activeTab()
      const pattern = patternOf(tab?.url)
      const inPrivate = tab?.incognito === true
      const [allowed, everywhere, settings, texts] = await Promise.all([
        isAllowed(tab?.url),
        allSitesOn(),
        readSettings(inPrivate),
        tab?.id === undefined ? 0 : textsIn(tab.id),
      ])
      const kept = settingOf(settings, pattern ?? '')
      const host = pattern === null ? '' : new URL(tab?.url ?? '').host
      const on = allowed && !kept.off
      return { host, pattern, on, allowed, everywhere, inPrivate, choices: choicesOf(kept), texts }
    },
    async composeHere() {
      const tab = await activeTab()
      if (tab?.id === undefined || patternOf(tab.url) === null) {
        await vault.composeFor(tab?.id ?? -1, null, tab?.incognito === true)
        return {}
      }
      const frame = commandFrame(await framesOf(tab.id))
      const done = frame === null ? null : await sendCommand(tab.id, frame, 'compose', {})
      if (done === null) await vault.composeFor(tab.id, tab.url ?? null, tab.incognito)
      return {}
    },
    async openPageTexts() {
      const tab = await activeTab()
      if (tab === null) throw new Failure('refused')
      return openPage(tab, vault)
    },
    async printPage() {
      const tab = await activeTab()
      if (tab?.id === undefined) throw new Failure('refused')
      if ((await textsIn(tab.id)) > 0) await printPage(tab, vault)
      return {}
    },
    async getSiteState(ask, asker) {
      // A page that comes up waits for its answer; the toolbar icon can wait.
      const counted = ask.reason === 'start' && asker.tabId !== null ? countTexts(asker.tabId, asker.frameId, 0) : null
      counted?.catch(() => undefined)
      return sites.getSiteState(ask, asker)
    },
    async loadFieldScript(_ask, { tabId, frameId }) {
      if (tabId !== null) await bringFields(tabId, frameId)
      return {}
    },
    async reportTextCount({ texts }, { tabId, frameId }) {
      if (tabId !== null) await countTexts(tabId, frameId, texts)
      return {}
    },
    async endFieldChoice(_ask, { tabId }) {
      if (tabId !== null) await sendCommandToTab(tabId, 'chooseField', { sealed: null, speaks: false })
      return {}
    },
    async openUnlock() {
      await openUnlock()
      return {}
    },
  }
}
