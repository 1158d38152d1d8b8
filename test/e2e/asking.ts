// Asks the background by hand, as a page of the extension or a content script does: one message, sent from where such
// messages come from, so that the browser's own word on the sender goes with it. No second try, unlike call.ts.

import type { Page } from 'puppeteer-core'
import type { Name } from '../../src/messages/protocol.ts'
import { type BackgroundScope, type Session, siteOf } from './session.ts'

export type Reply = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly code: string }

/** What pages of an extension have to send messages with, as far as it is used here. */
interface Api {
  readonly runtime: { sendMessage(message: unknown): Promise<unknown> }
  readonly tabs: { query(asked: object): Promise<{ id: number }[]> }
  readonly scripting: { executeScript(script: object): Promise<{ result: unknown }[]> }
}
declare const chrome: Api

/** What the background answers to a page of ours. */
export async function ask(page: Page, name: Name, asked: object): Promise<Reply> {
  const message = { name, request: asked }
  return (await page.evaluate((sent) => chrome.runtime.sendMessage(sent), message)) as Reply
}

/** What the background answers to the content script at `origin`. `ours` is any page of the extension's, to send it from. */
export async function askFromContent(ours: Page, origin: string, name: Name, asked: object): Promise<Reply> {
  // Arguments of injected functions lose what is null in them: JSON does not.
  const message = JSON.stringify({ name, request: asked })
  return (await ours.evaluate(
    async (url, sent) => {
      const [tab] = await chrome.tabs.query({ url })
      const script = { func: (json: string) => chrome.runtime.sendMessage(JSON.parse(json)), args: [sent] }
      const [done] = await chrome.scripting.executeScript({ target: { tabId: tab?.id }, ...script })
      return done?.result
    },
    siteOf(origin),
    message,
  )) as Reply
}

/** The answer's value; throws when it is a failure. */
export async function answered(reply: Promise<Reply>): Promise<unknown> {
  const heard = await reply
  if (heard?.ok !== true) throw new Error(`The background answered ${JSON.stringify(heard)}`)
  return heard.value
}

/** The parts of a background's global object that keep things, by their own names. */
interface Keeper {
  readonly indexedDB: IDBFactory
  readonly chrome: { readonly storage: { readonly [area in AreaName]: Area } }
}
type AreaName = 'local' | 'session' | 'sync'
interface Area {
  get(key: string | null): Promise<Record<string, unknown>>
  set(values: Record<string, unknown>): Promise<void>
  remove(key: string | string[]): Promise<void>
}

/** One area of the extension's storage, by the browser's own functions. */
export const area = (session: Session, name: AreaName) => ({
  get: (key: string | null) =>
    session.inBackground(
      (scope: BackgroundScope, of, at) => (scope as unknown as Keeper).chrome.storage[of].get(at),
      name,
      key,
    ),
  set: (values: Record<string, unknown>) =>
    session.inBackground(
      (scope: BackgroundScope, of, given) => (scope as unknown as Keeper).chrome.storage[of].set(given),
      name,
      values,
    ),
  remove: (key: string | string[]) =>
    session.inBackground(
      (scope: BackgroundScope, of, at) => (scope as unknown as Keeper).chrome.storage[of].remove(at),
      name,
      key,
    ),
})

/** Moves a value of the extension's database from one key to another; null puts it nowhere. False when there was none. */
export function moveRow(session: Session, store: string, from: string, to: string | null): Promise<boolean> {
  return session.inBackground(
    (scope: BackgroundScope, storeName, oldKey, newKey) => {
      const done = <T>(request: IDBRequest<T>) =>
        new Promise<T>((resolve, reject) => {
          request.onsuccess = () => resolve(request.result)
          request.onerror = () => reject(request.error)
        })
      return (async () => {
        const db = await done((scope as unknown as Keeper).indexedDB.open('fieldseal'))
        try {
          const rows = db.transaction(storeName, 'readwrite').objectStore(storeName)
          const value: unknown = await done(rows.get(oldKey))
          await done(rows.delete(oldKey))
          if (newKey !== null && value !== undefined) await done(rows.put(value, newKey))
          return value !== undefined
        } finally {
          db.close()
        }
      })()
    },
    store,
    from,
    to,
  )
}

/** The vault record as it lies in the extension's database; null where there is none. */
export function vaultRow(session: Session): Promise<{ revision: number; header: string; body: string } | null> {
  return session.inBackground((scope: BackgroundScope) => {
    const done = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error)
      })
    return (async () => {
      const db = await done((scope as unknown as Keeper).indexedDB.open('fieldseal'))
      try {
        return (await done(db.transaction('vault').objectStore('vault').get('vault'))) ?? null
      } finally {
        db.close()
      }
    })()
  })
}
