// A person's commands, from a keyboard shortcut, the context menu or the popup. Each ends as a tab command to the content script of a
// frame. A text that is only pointed at, and cannot be shown in place, opens in our own window.

import { browser } from 'wxt/browser'
import { Failure } from '../failure.ts'
import type { Response } from '../messages/protocol.ts'
import { patternOf } from './sites.ts'
import { type Frame, findCommandFrame, prepareFrames, sendCommand } from './tabCommands.ts'

const commands = ['seal-field', 'compose', 'open-page', 'open-pointed', 'put-back', 'lock'] as const
type Command = (typeof commands)[number]

/** What commands need from custody. */
export interface CustodySide {
  lock(): Promise<void>
  /** Opens a composer without a field, for the page at `url`, or for no page. */
  composeFor(tabId: number, url: string | null, inPrivate: boolean): Promise<void>
  /** Runs the command to put an opened text back: while `tellFrame` runs, that frame may request the window that asks the person. */
  putBack(tabId: number, frameId: number, tellFrame: () => Promise<unknown>): Promise<void>
  /** Makes the reader frames of a tab printable, or no longer; resolves when they are ready. */
  allowPrinting(tabId: number, shows: boolean): Promise<void>
  /** Opens our own window with these texts. */
  readInWindow(origin: string, sealed: readonly string[], inPrivate: boolean): Promise<void>
}

interface Tab {
  readonly id?: number | undefined
  readonly url?: string | undefined
  readonly incognito?: boolean | undefined
}

/** Runs a command for a tab; `frameId` is known for a context menu. Failure `refused`: not a web page. */
async function runCommand(command: Command, tab: Tab, frameId: number | null, vault: CustodySide): Promise<void> {
  if (command === 'lock') return vault.lock()
  if (tab.id === undefined || patternOf(tab.url) === null) throw new Failure('refused')
  if (command === 'open-page') {
    const { texts } = await openPage(tab, vault)
    if (texts === 0) await sendCommand(tab.id, 0, 'showNotice', { what: 'nothing-here' })
    return
  }
  if (command === 'open-pointed') return openPointed(tab, frameId ?? 0, vault)
  const frames = await prepareFrames(tab.id)
  const frame = frameId ?? findCommandFrame(frames)
  if (frame === null) {
    if (command === 'compose') return vault.composeFor(tab.id, tab.url ?? null, tab.incognito === true)
    await sendCommand(tab.id, 0, 'showNotice', { what: 'no-field' })
    return
  }
  const { id } = tab
  if (command === 'put-back') return vault.putBack(id, frame, () => sendCommand(id, frame, 'requestPutBack', {}))
  await sendCommand(id, frame, command === 'seal-field' ? 'sealField' : 'requestComposer', {})
}

/** Finds and opens the texts of a page. Shows those whose frames cannot run there in our own window. */
export async function openPage(tab: Tab, vault: CustodySide): Promise<Response<'openPageTexts'>> {
  if (tab.id === undefined || patternOf(tab.url) === null) throw new Failure('refused')
  const { id } = tab
  const frames = await prepareFrames(id)
  const found = await Promise.all(frames.map(openFrame(id)))
  const stuck = found.flatMap((answer) => answer?.stuck ?? [])
  const inFields = await Promise.all(frames.map(({ frameId }) => sendCommand(id, frameId, 'openFieldTexts', {})))
  const texts = [...found, ...inFields].reduce((sum, answer) => sum + (answer?.texts ?? 0), 0)
  const inWindow = texts > 0 ? stuck : (await Promise.all(frames.map(findEverywhere(id)))).flat()
  if (inWindow.length > 0) await show(inWindow, tab, vault)
  return { texts: Math.max(texts, inWindow.length), inWindow: inWindow.length }
}

/** Opens what the person points at: a selection, or a title, a label and the like. */
async function openPointed(tab: Tab, frameId: number, vault: CustodySide): Promise<void> {
  if (tab.id === undefined) return
  await prepareFrames(tab.id)
  const done = await sendCommand(tab.id, frameId, 'listTexts', { everywhere: false })
  if (done === null || done.sealed.length === 0)
    await sendCommand(tab.id, frameId, 'showNotice', { what: 'nothing-pointed' })
  else await show(done.sealed, tab, vault)
}

async function show(sealed: readonly string[], tab: Tab, vault: CustodySide): Promise<void> {
  await vault.readInWindow(new URL(tab.url ?? '').origin, sealed.slice(0, 100), tab.incognito === true)
}

/** Texts of a frame that cannot be shown in place; used only if nothing else was found. */
function findEverywhere(tabId: number) {
  return async ({ frameId }: Frame) =>
    (await sendCommand(tabId, frameId, 'listTexts', { everywhere: true }))?.sealed ?? []
}

/** Prints a page with its opened texts, once. Resolves when the print is under way. */
export async function printPage(tab: Tab, vault: CustodySide): Promise<void> {
  const { id } = tab
  if (id === undefined || patternOf(tab.url) === null) throw new Failure('refused')
  const frames = await prepareFrames(id)
  const tellAllFrames = (step: 'ready' | 'over') =>
    Promise.all(frames.map(({ frameId }) => sendCommand(id, frameId, 'print', { step })))
  await Promise.all([vault.allowPrinting(id, true), tellAllFrames('ready')])
  void sendCommand(id, 0, 'print', { step: 'print' }).then(() =>
    Promise.all([vault.allowPrinting(id, false), tellAllFrames('over')]),
  )
}

function openFrame(tabId: number) {
  return ({ frameId }: Frame) => sendCommand(tabId, frameId, 'openTexts', {})
}

/** Listens for the browser's keyboard commands and context menus from now on. */
export function listenForCommands(vault: CustodySide): void {
  browser.commands.onCommand.addListener((name, tab) => {
    const command = commands.find((known) => known === name)
    if (command !== undefined) void tryCommand(command, tab ?? {}, null, vault)
  })
  browser.contextMenus.onClicked.addListener((info, tab) => {
    const command = commands.find((known) => known === info.menuItemId)
    const frameId = info.editable || command === 'open-pointed' ? (info.frameId ?? 0) : null
    if (command !== undefined) void tryCommand(command, tab ?? {}, frameId, vault)
  })
}

async function tryCommand(command: Command, tab: Tab, frameId: number | null, vault: CustodySide): Promise<void> {
  try {
    await runCommand(command, tab, frameId, vault)
  } catch (thrown) {
    // On a browser page there is nowhere to report it.
    if (!(thrown instanceof Failure)) throw thrown
  }
}
