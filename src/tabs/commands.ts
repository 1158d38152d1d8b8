// A person's commands, whichever way they come: keyboard shortcut, context menu, popup button. Each ends as an order to
// the content script of the frame at hand.

import { browser } from 'wxt/browser'
import { Failure } from '../failure.ts'
import type { Answer } from '../messages/protocol.ts'
import { type Frame, focusedFrame, framesOf, tell } from './orders.ts'
import { patternOf } from './sites.ts'

const commands = ['seal-field', 'compose', 'open-page', 'lock'] as const
type Command = (typeof commands)[number]

/** What commands need of those who hold the vault. */
export interface VaultSide {
  lock(): Promise<void>
  /** Notes that the browser itself has told of a person's command for this frame. */
  vouch(tabId: number, frameId: number): Promise<void>
  /** Opens a composer that belongs to no field; for a site, or with null for none. */
  composeFor(tabId: number, origin: string | null): Promise<void>
  /** Opens a window of ours with these texts. */
  readInWindow(origin: string, sealed: readonly string[]): Promise<void>
}

interface Tab {
  readonly id?: number | undefined
  readonly url?: string | undefined
}

/** Carries out a command for a tab; `frameId` is known when it came by a context menu. Failure 'refused' off the web. */
async function carryOut(command: Command, tab: Tab, frameId: number | null, vault: VaultSide): Promise<void> {
  if (command === 'lock') return vault.lock()
  if (tab.id === undefined || patternOf(tab.url) === null) throw new Failure('refused')
  if (command === 'open-page') {
    const { texts } = await openPage(tab, vault)
    if (texts === 0) await tell(tab.id, 0, 'say', { what: 'nothing-here' })
    return
  }
  const frames = await framesOf(tab.id)
  const frame = frameId ?? focusedFrame(frames)
  if (frame === null) {
    if (command === 'compose') return vault.composeFor(tab.id, new URL(tab.url ?? '').origin)
    await tell(tab.id, 0, 'say', { what: 'no-field' })
    return
  }
  if (command === 'seal-field') {
    await vault.vouch(tab.id, frame)
    await tell(tab.id, frame, 'sealField', {})
  } else {
    await tell(tab.id, frame, 'compose', {})
  }
}

/** Finds and opens the texts of a page. Those whose frames cannot run in it are shown in a window of ours. */
export async function openPage(tab: Tab, vault: VaultSide): Promise<Answer<'openPage'>> {
  if (tab.id === undefined || patternOf(tab.url) === null) throw new Failure('refused')
  const found = await Promise.all((await framesOf(tab.id)).map(openFrame(tab.id)))
  const stuck = found.flatMap((one) => one?.stuck ?? [])
  if (stuck.length > 0) await vault.readInWindow(new URL(tab.url ?? '').origin, stuck.slice(0, 100))
  return { texts: found.reduce((sum, one) => sum + (one?.texts ?? 0), 0), inWindow: stuck.length }
}

function openFrame(tabId: number) {
  return ({ frameId }: Frame) => tell(tabId, frameId, 'openPage', {})
}

/** Hears the browser's keyboard commands and context menus from now on. */
export function hearCommands(vault: VaultSide): void {
  browser.commands.onCommand.addListener((name, tab) => {
    const command = commands.find((one) => one === name)
    if (command !== undefined) void attempt(command, tab ?? {}, null, vault)
  })
  browser.contextMenus.onClicked.addListener((info, tab) => {
    const command = commands.find((one) => one === info.menuItemId)
    const frameId = info.editable ? (info.frameId ?? 0) : null
    if (command !== undefined) void attempt(command, tab ?? {}, frameId, vault)
  })
}

async function attempt(command: Command, tab: Tab, frameId: number | null, vault: VaultSide): Promise<void> {
  try {
    await carryOut(command, tab, frameId, vault)
  } catch (thrown) {
    // On a page of the browser's own there is nobody to tell.
    if (!(thrown instanceof Failure)) throw thrown
  }
}
