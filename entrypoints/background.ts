// The background: wires custody to the protocol and to the browser's tabs, windows and permissions.

import { browser } from 'wxt/browser'
import { defineBackground } from 'wxt/utils/define-background'
import { Desk } from '../src/custody/desk.ts'
import { windowClosed } from '../src/custody/errands.ts'
import { vouch } from '../src/custody/vouch.ts'
import type { Told } from '../src/messages/orders.ts'
import { serve, serveReaders } from '../src/messages/serve.ts'
import { tabAnswers } from '../src/tabs/answers.ts'
import { forgetTab, showLockState } from '../src/tabs/badge.ts'
import { hearCommands } from '../src/tabs/commands.ts'
import { installMenus } from '../src/tabs/menus.ts'
import { tell, tellAll } from '../src/tabs/orders.ts'
import { registerSites, startOnOpenTabs } from '../src/tabs/sites.ts'
import { openComposer, openOnboarding, openUnlock } from '../src/tabs/windows.ts'

export default defineBackground(() => {
  const put = (tabId: number, frameId: number, told: Told<'put'>) => tell(tabId, frameId, 'put', told)
  const desk = new Desk({ openComposer, showUnlock: openUnlock, showLockState, put })
  const vault = {
    lock: () => desk.lock(),
    vouch,
    composeFor: (tabId: number, origin: string | null) => desk.composeFor(tabId, origin),
    readInWindow: (origin: string, sealed: readonly string[]) => desk.readInWindow(origin, sealed),
  }
  serve({ ...desk.answers(), ...tabAnswers(vault) })
  serveReaders((line) => desk.readers.admit(line))
  hearCommands(vault)
  browser.runtime.onStartup.addListener(() => void Promise.all([desk.startAfresh(), registerSites()]))
  browser.runtime.onInstalled.addListener(({ reason }) => {
    void Promise.all([installMenus(), registerSites(), desk.startAfresh()])
    if (reason === 'install') void desk.hasVault().then((has) => (has ? undefined : openOnboarding()))
  })
  browser.permissions.onAdded.addListener(
    ({ origins = [] }) => void registerSites().then(() => startOnOpenTabs(origins)),
  )
  browser.permissions.onRemoved.addListener(() => void registerSites().then(() => tellAll('recheck', {})))
  browser.windows.onRemoved.addListener((windowId) => void windowClosed(windowId))
  browser.tabs.onRemoved.addListener((tabId) => void forgetTab(tabId))
})
