// A backup's text, received as the options do.

import type { Page } from 'puppeteer-core'
import { receive } from './asking.ts'

/** `options` is the options' page. The vault is unlocked. */
export async function backUp(options: Page): Promise<string> {
  return (await receive(options, 'makeBackup', { only: null })).map(({ text }) => text).join('')
}

/** The first line of a backup: the vault record as it is stored. None counts as made. */
export async function backupHead(options: Page): Promise<string> {
  const [head] = await receive(options, 'makeBackup', { only: null }, 1)
  return head?.text ?? ''
}
