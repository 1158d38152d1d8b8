// The background: wires custody to the protocol and to the browser's tabs, windows and permissions.

import { browser } from 'wxt/browser'
import { defineBackground } from 'wxt/utils/define-background'
import { Desk } from '../src/custody/desk.ts'
import { windowClosed } from '../src/custody/errands.ts'
import type { InDocument } from '../src/custody/puttingBack.ts'
import type { Told } from '../src/messages/orders.ts'
import { serve, serveReaders } from '../src/messages/serve.ts'
import { retryAlarm } from '../src/sync/retry.ts'
import { keepFromContentScripts } from '../src/sync/synced.ts'
import { tabAnswers } from '../src/tabs/answers.ts'
import { forgetTab, showLockState } from '../src/tabs/badge.ts'
import { sitesAdded, sitesChanged } from '../src/tabs/choosing.ts'
import { clipboardAnswers, watchClipboard } from '../src/tabs/clipboard.ts'
import { hearCommands } from '../src/tabs/commands.ts'
import { findOnPage, placeOnPage } from '../src/tabs/finding.ts'
import { watchDevice, watchWhile } from '../src/tabs/idle.ts'
import { onceLoaded } from '../src/tabs/loaded.ts'
import { installMenus } from '../src/tabs/menus.ts'
import { isThere, tell } from '../src/tabs/orders.ts'
import { forgetPrivate } from '../src/tabs/settings.ts'
import { registerSites, startOnOpenTabs } from '../src/tabs/sites.ts'
import { anyPrivateWindow, openComposer, openOnboarding, openUnlock, openWindows, raise } from '../src/tabs/windows.ts'
import { writingAnswers } from '../src/tabs/writing.ts'

export default defineBackground(() => {
  const put = (tabId: number, frameId: number, told: Told<'put'>) => tell(tabId, frameId, 'put', told)
  const putOpened = ({ tabId, frameId, documentId }: InDocument, told: Told<'putOpened'>) =>
    tell(tabId, frameId, 'putOpened', told, documentId)
  const show = async (state: Parameters<typeof showLockState>[0]) => {
    await Promise.all([showLockState(state), watchWhile(state)])
  }
  const windows = { openComposer, raise, windows: openWindows, showUnlock: openUnlock, showLockState: show }
  const startOver = async () => browser.runtime.reload()
  const desk = new Desk({ ...windows, isThere, put, putOpened, find: findOnPage, place: placeOnPage, startOver })
  const vault = {
    lock: () => desk.lock(),
    composeFor: (...where: Parameters<Desk['composeFor']>) => desk.composeFor(...where),
    putBack: (...command: Parameters<Desk['putBack']>) => desk.putBack(...command),
    printable: (tabId: number, shows: boolean) => desk.readers.print(tabId, shows),
    readInWindow: (...what: Parameters<Desk['readInWindow']>) => desk.readInWindow(...what),
  }
  serve({ ...desk.answers(), ...tabAnswers(vault), ...clipboardAnswers(), ...writingAnswers() })
  serveReaders((line) => desk.readers.admit(line))
  hearCommands(vault)
  watchDevice(desk.autoLock)
  watchClipboard()
  browser.storage.sync.onChanged.addListener(() => desk.sync('arrival'))
  browser.alarms.onAlarm.addListener(({ name }) => (name === retryAlarm ? desk.sync('retry') : undefined))
  void keepFromContentScripts()
  desk.resume()
  browser.runtime.onStartup.addListener(() => void desk.startAfresh())
  browser.runtime.onInstalled.addListener(({ reason }) => {
    void Promise.all([installMenus(), desk.startAfresh()])
    if (reason === 'install') void desk.hasVault().then((has) => (has ? undefined : openOnboarding()))
  })
  void onceLoaded(() => registerSites().then(startOnOpenTabs))
  browser.permissions.onAdded.addListener(({ origins = [] }) => void sitesAdded(origins))
  browser.permissions.onRemoved.addListener(() => void sitesChanged())
  browser.windows.onRemoved.addListener((windowId) => {
    void windowClosed(windowId)
    void anyPrivateWindow().then((any) => (any ? undefined : Promise.all([desk.forgetPrivate(), forgetPrivate()])))
  })
  browser.tabs.onRemoved.addListener((tabId) => void forgetTab(tabId))
})
