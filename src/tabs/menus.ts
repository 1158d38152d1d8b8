// The context menus: the same commands as the keyboard shortcuts.

import { browser } from 'wxt/browser'
import { Queue } from '../queue.ts'
import { words } from '../words.ts'

const menus = {
  'seal-field': { title: 'menus.sealField', contexts: ['editable'] },
  compose: { title: 'menus.compose', contexts: ['editable', 'page'] },
  'open-pointed': { title: 'menus.openPointed', contexts: ['page', 'selection', 'link', 'image', 'editable'] },
  'put-back': { title: 'menus.putBack', contexts: ['editable'] },
  'open-page': { title: 'menus.openPage', contexts: ['page', 'selection'] },
} as const

/**
 * Installs the menus when Fieldseal is installed or updated, and at every start of the browser, which keeps the old titles even if
 * the person has chosen another language.
 */
export function keepMenusInstalled(): void {
  // After an update both events fire at once, and a browser refuses to create a menu twice.
  const installations = new Queue()
  const install = () => void installations.run(installMenus)
  browser.runtime.onInstalled.addListener(install)
  browser.runtime.onStartup.addListener(install)
}

async function installMenus(): Promise<void> {
  await browser.contextMenus.removeAll()
  for (const [id, { title, contexts }] of Object.entries(menus)) {
    browser.contextMenus.create({
      id,
      title: words(title),
      contexts: [...contexts],
      documentUrlPatterns: ['http://*/*', 'https://*/*'],
    })
  }
}
