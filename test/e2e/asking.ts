// Asks the background by hand, as a page of the extension or a content script does: one message, or one transfer, sent from where such
// come from, so that the browser's own word on the sender goes with it. No second try, unlike call.ts and transfer.ts.

import type { Page } from 'puppeteer-core'
import type { Chunk, InName, Name, OutName, TransferName, TransferRequest } from '../../src/messages/protocol.ts'
import type { TransferAnswer } from '../../src/messages/transfer.ts'
import { type BackgroundScope, type Session, siteOf } from './session.ts'

export type Reply = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly code: string }

/** What pages of an extension have to send messages with, as far as it is used here. */
interface Api {
  readonly runtime: {
    sendMessage(message: unknown): Promise<unknown>
    connect(options: { name: string }): Port
    readonly lastError?: unknown
  }
  readonly tabs: { query(asked: object): Promise<{ id: number }[]> }
  readonly scripting: { executeScript(script: object): Promise<{ result: unknown }[]> }
}
interface Port {
  readonly onMessage: { addListener(listener: (message: unknown) => void): void }
  readonly onDisconnect: { addListener(listener: () => void): void }
  postMessage(message: unknown): void
  disconnect(): void
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

/** The text of every chunk that a transfer gives, up to the `most`-th. Throws what it fails with. */
export async function receive<N extends OutName>(
  page: Page,
  name: N,
  request: TransferRequest<N>,
  most = Number.POSITIVE_INFINITY,
): Promise<Chunk<N>[]> {
  const answers = await transferred(page, name, request, { kind: 'next' }, most)
  return answers.flatMap((answer) => (answer.kind === 'chunk' ? [answer.chunk as Chunk<N>] : []))
}

/** Hands these chunks over. Throws what the transfer fails with. */
export async function send<N extends InName>(
  page: Page,
  name: N,
  request: TransferRequest<N>,
  chunks: readonly Chunk<N>[],
): Promise<void> {
  await transferred(page, name, request, { chunks }, Number.POSITIVE_INFINITY)
}

/** All that the background answers over one port. Throws unless it came to its end, or was left after the `most`-th answer. */
async function transferred(
  page: Page,
  name: TransferName,
  request: object,
  how: { readonly kind: 'next' } | { readonly chunks: readonly object[] },
  most = Number.POSITIVE_INFINITY,
): Promise<TransferAnswer[]> {
  const begin = { kind: 'begin', name, request, cursor: null }
  const messages = 'chunks' in how ? [...how.chunks.map((chunk) => ({ kind: 'chunk', chunk })), { kind: 'end' }] : null
  const { answers, isCut } = await page.evaluate(
    (first, later, enough) =>
      new Promise<{ answers: TransferAnswer[]; isCut: boolean }>((resolve) => {
        const port = chrome.runtime.connect({ name: 'transfer' })
        const got: TransferAnswer[] = []
        port.onMessage.addListener((message) => {
          const answer = message as TransferAnswer
          got.push(answer)
          const isOver = answer.kind === 'done' || answer.kind === 'failed'
          if (isOver || got.length >= enough) {
            if (!isOver) port.disconnect()
            resolve({ answers: got, isCut: false })
          } else port.postMessage(later === null ? { kind: 'next' } : later[got.length - 1])
        })
        port.onDisconnect.addListener(() => {
          void chrome.runtime.lastError
          resolve({ answers: got, isCut: true })
        })
        port.postMessage(first)
      }),
    begin,
    messages,
    Number.isFinite(most) ? most : 1e9,
  )
  const last = answers.at(-1)
  if (isCut || last?.kind === 'failed') throw new Error(`The transfer ${name} ended with ${JSON.stringify(last)}`)
  return answers
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
