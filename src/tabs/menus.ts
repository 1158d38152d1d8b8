// The context menus. They stand for the same commands as the keyboard shortcuts.

import { browser } from 'wxt/browser'

const menus = {
  'seal-field': { title: 'Seal this field', contexts: ['editable'] },
  compose: { title: 'Write a sealed text', contexts: ['editable', 'page'] },
  'open-pointed': { title: 'Open this sealed text', contexts: ['page', 'selection', 'link', 'image', 'editable'] },
  'put-back': { title: 'Put the opened text back…', contexts: ['editable'] },
  'open-page': { title: 'Open texts on this page', contexts: ['page', 'selection'] },
} as const

export async function installMenus(): Promise<void> {
  await browser.contextMenus.removeAll()
  for (const [id, { title, contexts }] of Object.entries(menus)) {
    browser.contextMenus.create({
      id,
      title,
      contexts: [...contexts],
      documentUrlPatterns: ['http://*/*', 'https://*/*'],
    })
  }
}
