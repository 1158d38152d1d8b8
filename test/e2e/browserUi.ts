// What a person does to an extension in the browser's own pages: chrome://extensions, about:addons. And private windows.

import type { Page } from 'puppeteer-core'
import { type Session, waitFor } from './session.ts'

const permissions = `const { ExtensionPermissions } = ChromeUtils.importESModule('resource://gre/modules/ExtensionPermissions.sys.mjs');`
/** Without it, Chromium does not switch an unpacked extension on again when it is loaded anew. */
const developerMode = 'await chrome.developerPrivate.updateProfileConfiguration({ inDeveloperMode: true });'
const addons = `const { AddonManager } = ChromeUtils.importESModule('resource://gre/modules/AddonManager.sys.mjs');
  const addon = await AddonManager.getAddonByID('fieldseal@fieldseal.org');`

/** The background runs, and the toolbar has its button again. */
const started = `const { ExtensionParent } = ChromeUtils.importESModule('resource://gre/modules/ExtensionParent.sys.mjs')
  return extension?.backgroundState === 'running' &&
    ExtensionParent.apiManager.global.browserActionFor(extension) != null`

/** Takes a permission away as the browser's own list of permissions does. */
export async function takeAway(session: Session, pattern: string): Promise<void> {
  await session.inBrowserUi(
    session.kind === 'chromium'
      ? 'await new Promise((done) => chrome.developerPrivate.removeHostPermission(id, given, done))'
      : `${permissions} await ExtensionPermissions.remove(extension.id, { permissions: [], origins: [given], data_collection: [] }, extension)`,
    pattern,
  )
}

/** Gives one in the same place. */
export async function giveAgain(session: Session, pattern: string): Promise<void> {
  await session.inBrowserUi(
    session.kind === 'chromium'
      ? 'await new Promise((done) => chrome.developerPrivate.addHostPermission(id, given, done))'
      : `${permissions} await ExtensionPermissions.add(extension.id, { permissions: [], origins: [given], data_collection: [] }, extension)`,
    pattern,
  )
}

/** Reloads the extension, as after an update. What ran of it is gone; what is stored stays. */
export async function reload(session: Session): Promise<void> {
  if (session.kind === 'chromium') {
    await session.inBrowserUi(`${developerMode} await chrome.developerPrivate.reload(id, { failQuietly: true })`)
  } else {
    await session.inBrowserUi(`${addons} await addon.reload()`)
    await waitFor('the extension to start', () => session.inBrowserUi(started))
  }
}

export async function enable(session: Session, enabled: boolean): Promise<void> {
  await session.inBrowserUi(
    session.kind === 'chromium'
      ? 'await chrome.management.setEnabled(id, given)'
      : `${addons} await (given ? addon.enable() : addon.disable())`,
    enabled,
  )
}

/** Lets the extension into private windows. The browser loads it anew for that. */
export async function allowPrivate(session: Session): Promise<void> {
  if (session.kind === 'chromium') {
    await session.inBrowserUi(
      `${developerMode} await chrome.developerPrivate.updateExtensionConfiguration({ extensionId: id, incognitoAccess: true })`,
    )
  } else {
    await session.inBrowserUi(`${permissions} ${addons}
      await ExtensionPermissions.add(extension.id, { permissions: ['internal:privateBrowsingAllowed'], origins: [], data_collection: [] }, extension)
      await addon.reload()`)
    await waitFor('the extension to start', () => session.inBrowserUi(started))
  }
}

/** A tab in a new private window. */
export async function privatePage(session: Session, url: string): Promise<Page> {
  await session.inBackground((scope, address) => scope.chrome.windows?.create?.({ url: address, incognito: true }), url)
  return waitFor('the private window', async () => {
    for (const page of await session.browser.pages()) {
      const at = await page.evaluate(() => location.href).catch(() => '')
      if (at === url) return page
    }
    return null
  })
}

/** Takes an open context menu away without choosing anything. */
export async function closeMenu(session: Session): Promise<void> {
  if (session.origin.startsWith('moz-extension:')) {
    await session.inBrowserUi(`for (const each of Services.wm.getEnumerator('navigator:browser'))
      each.document.getElementById('contentAreaContextMenu')?.hidePopup()`)
  }
}

/** The browser tells of one of our context menu's items as if it had been chosen over a page. */
export async function chooseMenu(session: Session, page: Page, item: string, editable = false): Promise<void> {
  await page.bringToFront()
  const info = { menuItemId: item, frameId: 0, editable, pageUrl: page.url() }
  if (session.origin.startsWith('moz-extension:')) {
    await session.inBackground(() => undefined)
    await page.bringToFront()
    await session.inBrowserUi(
      `const front = Services.wm.getMostRecentWindow('navigator:browser')
      extension.emit('webext-menu-menuitem-click', given, front.gBrowser.selectedTab)`,
      info,
    )
    return
  }
  await session.inBackground(async (scope, given) => {
    const { tabs, contextMenus } = scope.chrome as unknown as {
      tabs: { query(asked: object): Promise<unknown[]> }
      contextMenus: { onClicked: { dispatch(info: object, tab: unknown): void } }
    }
    const [tab] = await tabs.query({ active: true, lastFocusedWindow: true })
    contextMenus.onClicked.dispatch(given, tab)
  }, info)
}

/** As if the person had just touched the device: a browser that runs unseen for half a minute takes them for gone. */
export async function touchDevice(session: Session): Promise<void> {
  if (session.kind !== 'firefox') return
  await session.inBrowserUi(
    "Cc['@mozilla.org/widget/useridleservice;1'].getService(Ci.nsIUserIdleServiceInternal).resetIdleTimeOut(0)",
  )
}
