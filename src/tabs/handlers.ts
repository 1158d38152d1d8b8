// The handlers of the messages about tabs and sites.

import { Failure } from '../failure.ts'
import type { TabsHandlers } from '../messages/handlers.ts'
import { recordTextCount, textsIn } from './badge.ts'
import { clipboardHandlers } from './clipboard.ts'
import { type CustodySide, openPage, printPage } from './commands.ts'
import { choicesOf, siteHandlers } from './siteChoices.ts'
import { readSettings, settingOf } from './siteSettings.ts'
import { allSitesOn, isAllowed, patternOf, runFieldScript } from './sites.ts'
import { spellingHandlers } from './spelling.ts'
import { findCommandFrame, prepareFrames, sendCommand, sendCommandToTab } from './tabCommands.ts'
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
      const setting = settingOf(settings, pattern ?? '')
      const host = pattern === null ? '' : new URL(tab?.url ?? '').host
      const on = allowed && !setting.off
      return { host, pattern, on, allowed, everywhere, inPrivate, choices: choicesOf(setting), texts }
    },
    async composeHere() {
      const tab = await activeTab()
      if (tab?.id === undefined || patternOf(tab.url) === null) {
        await vault.composeFor(tab?.id ?? -1, null, tab?.incognito === true)
        return {}
      }
      const frame = findCommandFrame(await prepareFrames(tab.id))
      const done = frame === null ? null : await sendCommand(tab.id, frame, 'requestComposer', {})
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
    async getSiteState(request, caller) {
      // A starting page waits for this answer; the toolbar icon can wait.
      const { tabId, frameId } = caller
      const counted = request.reason === 'start' && tabId !== null ? recordTextCount(tabId, frameId, 0) : null
      counted?.catch(() => undefined)
      return sites.getSiteState(request, caller)
    },
    async loadFieldScript(_request, { tabId, frameId }) {
      if (tabId !== null) await runFieldScript(tabId, frameId)
      return {}
    },
    async reportTextCount({ texts }, { tabId, frameId }) {
      if (tabId !== null) await recordTextCount(tabId, frameId, texts)
      return {}
    },
    async endFieldChoice(_request, { tabId }) {
      if (tabId !== null) await sendCommandToTab(tabId, 'chooseField', { sealed: null, speaks: false })
      return {}
    },
    async openUnlock() {
      await openUnlock()
      return {}
    },
  }
}
