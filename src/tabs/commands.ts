// A person's commands, whichever way they come: keyboard shortcut, context menu, popup button. Each ends as a tab
// command to the content script of the frame at hand. What is only pointed at, and cannot be shown in place, is shown in our window.

import { browser } from 'wxt/browser'
import { Failure } from '../failure.ts'
import type { Response } from '../messages/protocol.ts'
import { patternOf } from './sites.ts'
import { commandFrame, type Frame, framesOf, sendCommand } from './tabCommands.ts'

const commands = ['seal-field', 'compose', 'open-page', 'open-pointed', 'put-back', 'lock'] as const
type Command = (typeof commands)[number]

/** What commands need of those who hold the vault. */
export interface CustodySide {
  lock(): Promise<void>
  /** Opens a composer that belongs to no field; for the page at `url`, or with null for none. */
  composeFor(tabId: number, url: string | null, inPrivate: boolean): Promise<void>
  /** The command to put an opened text back means this frame: while it is told, it may ask for the window that asks. */
  putBack(tabId: number, frameId: number, tellFrame: () => Promise<unknown>): Promise<void>
  /** Lets the reader frames of a tab be printed, or no longer; done when they are ready. */
  printable(tabId: number, shows: boolean): Promise<void>
  /** Opens a window of ours with these texts. */
  readInWindow(origin: string, sealed: readonly string[], inPrivate: boolean): Promise<void>
}

interface Tab {
  readonly id?: number | undefined
  readonly url?: string | undefined
  readonly incognito?: boolean | undefined
}

/** Carries out a command for a tab; `frameId` is known when it came by a context menu. Failure 'refused' off the web. */
async function runCommand(command: Command, tab: Tab, frameId: number | null, vault: CustodySide): Promise<void> {
  if (command === 'lock') return vault.lock()
  if (tab.id === undefined || patternOf(tab.url) === null) throw new Failure('refused')
  if (command === 'open-page') {
    const { texts } = await openPage(tab, vault)
    if (texts === 0) await sendCommand(tab.id, 0, 'say', { what: 'nothing-here' })
    return
  }
  if (command === 'open-pointed') return openPointed(tab, frameId ?? 0, vault)
  const frames = await framesOf(tab.id)
  const frame = frameId ?? commandFrame(frames)
  if (frame === null) {
    if (command === 'compose') return vault.composeFor(tab.id, tab.url ?? null, tab.incognito === true)
    await sendCommand(tab.id, 0, 'say', { what: 'no-field' })
    return
  }
  const { id } = tab
  if (command === 'put-back') return vault.putBack(id, frame, () => sendCommand(id, frame, 'putBack', {}))
  await sendCommand(id, frame, command === 'seal-field' ? 'sealField' : 'compose', {})
}

/** Finds and opens the texts of a page. Those whose frames cannot run in it are shown in a window of ours. */
export async function openPage(tab: Tab, vault: CustodySide): Promise<Response<'openPageTexts'>> {
  if (tab.id === undefined || patternOf(tab.url) === null) throw new Failure('refused')
  const { id } = tab
  const frames = await framesOf(id)
  const found = await Promise.all(frames.map(openFrame(id)))
  const stuck = found.flatMap((one) => one?.stuck ?? [])
  const inFields = await Promise.all(frames.map(({ frameId }) => sendCommand(id, frameId, 'openField', {})))
  const texts = [...found, ...inFields].reduce((sum, one) => sum + (one?.texts ?? 0), 0)
  const inWindow = texts > 0 ? stuck : (await Promise.all(frames.map(lookEverywhere(id)))).flat()
  if (inWindow.length > 0) await show(inWindow, tab, vault)
  return { texts: Math.max(texts, inWindow.length), inWindow: inWindow.length }
}

/** Opens what the person has pointed at: a selection, or what lies in a title, a label and the like. */
async function openPointed(tab: Tab, frameId: number, vault: CustodySide): Promise<void> {
  if (tab.id === undefined) return
  await framesOf(tab.id)
  const done = await sendCommand(tab.id, frameId, 'pointed', { everywhere: false })
  if (done === null || done.sealed.length === 0) await sendCommand(tab.id, frameId, 'say', { what: 'nothing-pointed' })
  else await show(done.sealed, tab, vault)
}

async function show(sealed: readonly string[], tab: Tab, vault: CustodySide): Promise<void> {
  await vault.readInWindow(new URL(tab.url ?? '').origin, sealed.slice(0, 100), tab.incognito === true)
}

/** What stands in a frame where no frame of ours can: only when nothing else was found. */
function lookEverywhere(tabId: number) {
  return async ({ frameId }: Frame) =>
    (await sendCommand(tabId, frameId, 'pointed', { everywhere: true }))?.sealed ?? []
}

/** Prints a page with the texts that are open on it, once. Done when the print is under way. */
export async function printPage(tab: Tab, vault: CustodySide): Promise<void> {
  const { id } = tab
  if (id === undefined || patternOf(tab.url) === null) throw new Failure('refused')
  const frames = await framesOf(id)
  const tellAllFrames = (step: 'ready' | 'over') =>
    Promise.all(frames.map(({ frameId }) => sendCommand(id, frameId, 'print', { step })))
  await Promise.all([vault.printable(id, true), tellAllFrames('ready')])
  void sendCommand(id, 0, 'print', { step: 'print' }).then(() =>
    Promise.all([vault.printable(id, false), tellAllFrames('over')]),
  )
}

function openFrame(tabId: number) {
  return ({ frameId }: Frame) => sendCommand(tabId, frameId, 'openPage', {})
}

/** Hears the browser's keyboard commands and context menus from now on. */
export function listenForCommands(vault: CustodySide): void {
  browser.commands.onCommand.addListener((name, tab) => {
    const command = commands.find((one) => one === name)
    if (command !== undefined) void tryCommand(command, tab ?? {}, null, vault)
  })
  browser.contextMenus.onClicked.addListener((info, tab) => {
    const command = commands.find((one) => one === info.menuItemId)
    const frameId = info.editable || command === 'open-pointed' ? (info.frameId ?? 0) : null
    if (command !== undefined) void tryCommand(command, tab ?? {}, frameId, vault)
  })
}

async function tryCommand(command: Command, tab: Tab, frameId: number | null, vault: CustodySide): Promise<void> {
  try {
    await runCommand(command, tab, frameId, vault)
  } catch (thrown) {
    // On a page of the browser's own there is nobody to tell.
    if (!(thrown instanceof Failure)) throw thrown
  }
}
