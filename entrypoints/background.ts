// The background: wires custody to the protocol and to the browser's tabs, windows and permissions.

import { browser } from 'wxt/browser'
import { defineBackground } from 'wxt/utils/define-background'
import { endRequestsOf } from '../src/custody/composer/windowRequests.ts'
import { createCustody } from '../src/custody/handlers.ts'
import type { BrowserSide } from '../src/custody/vault/browserSide.ts'
import { serve, servePorts } from '../src/messages/serve.ts'
import { forgetPrivateDrafts } from '../src/storage/drafts.ts'
import { keepFromContentScripts } from '../src/sync/browserSync.ts'
import { retryAlarm } from '../src/sync/retry.ts'
import { forgetTab, showLockState } from '../src/tabs/badge.ts'
import { watchClipboard } from '../src/tabs/clipboard.ts'
import { type CustodySide, listenForCommands } from '../src/tabs/commands.ts'
import { findOnPage, placeOnPage } from '../src/tabs/findOnPage.ts'
import { tabHandlers } from '../src/tabs/handlers.ts'
import { watchDevice, watchWhile } from '../src/tabs/idle.ts'
import { onceLoaded } from '../src/tabs/loaded.ts'
import { keepMenusInstalled } from '../src/tabs/menus.ts'
import { applySiteChoices, turnOnSites } from '../src/tabs/siteChoices.ts'
import { forgetPrivateSettings } from '../src/tabs/siteSettings.ts'
import { registerSites, startOnOpenTabs } from '../src/tabs/sites.ts'
import { isDocumentPresent, sendCommand } from '../src/tabs/tabCommands.ts'
import { anyPrivateWindow, openComposer, openOnboarding, openUnlock, openWindows, raise } from '../src/tabs/windows.ts'

export default defineBackground(() => {
  const browserSide: BrowserSide = {
    openComposer,
    raise,
    windows: openWindows,
    showUnlock: openUnlock,
    showLockState: async (state) => void (await Promise.all([showLockState(state), watchWhile(state)])),
    isThere: isDocumentPresent,
    placeSealedText: (tabId, frameId, payload) => sendCommand(tabId, frameId, 'placeSealedText', payload),
    placeOpenedText: ({ tabId, frameId, documentId }, payload) =>
      sendCommand(tabId, frameId, 'placeOpenedText', payload, documentId),
    find: findOnPage,
    place: placeOnPage,
    startOver: async () => browser.runtime.reload(),
  }
  const custody = createCustody(browserSide)
  const { locking, putBack, readers, syncing, windows } = custody
  const custodySide: CustodySide = {
    lock: () => locking.lock(),
    composeFor: (tabId, url, inPrivate) => windows.composeFor(tabId, url, inPrivate),
    putBack: (tabId, frameId, tellFrame) => putBack.commanded(tabId, frameId, tellFrame),
    allowPrinting: (tabId, shows) => readers.print(tabId, shows),
    readInWindow: (origin, sealed, inPrivate) => windows.readInWindow(origin, sealed, inPrivate),
  }
  serve({ ...custody.handlers, ...tabHandlers(custodySide) })
  servePorts((connection) => readers.admit(connection), custody.transfers)
  listenForCommands(custodySide)
  watchDevice(custody.autoLock)
  watchClipboard()
  keepMenusInstalled()
  browser.storage.sync.onChanged.addListener(() => syncing.start('arrival'))
  browser.alarms.onAlarm.addListener(({ name }) => (name === retryAlarm ? syncing.start('retry') : undefined))
  void keepFromContentScripts()
  locking.resume()
  browser.runtime.onStartup.addListener(() => void locking.startAfresh())
  browser.runtime.onInstalled.addListener(({ reason }) => {
    void locking.startAfresh()
    if (reason === 'install') void custody.hasVault().then((has) => (has ? undefined : openOnboarding()))
  })
  void onceLoaded(() => registerSites().then(startOnOpenTabs))
  browser.permissions.onAdded.addListener(({ origins = [] }) => void turnOnSites(origins))
  browser.permissions.onRemoved.addListener(() => void applySiteChoices())
  browser.windows.onRemoved.addListener((windowId) => {
    void endRequestsOf(windowId)
    void anyPrivateWindow().then((any) =>
      any ? undefined : Promise.all([forgetPrivateDrafts(), forgetPrivateSettings()]),
    )
  })
  browser.tabs.onRemoved.addListener((tabId) => void forgetTab(tabId))
})
