// The library, as it is built: from unlocking to the list on the screen, a keystroke in the search, and new keys for everything.
// Beside it the same rows in a database of their own, read, decrypted and written by nothing but IndexedDB and WebCrypto.

import type { Page } from 'puppeteer-core'
import { answered, ask, send } from '../e2e/asking.ts'
import { type Session, waitFor } from '../e2e/session.ts'
import { placeVault } from '../e2e/steps.ts'
import { median, type Row, type Setting } from './measures.ts'
import { type Longest, longestTasks } from './tasks.ts'
import { password } from './vault.ts'

const few = 1_000
const many = 10_000
const huge = 100_000
const textLetters = 1_000
const importedAtOnce = 1_000
const bareAtOnce = 500
/** As many rows as the tab asks for at first. */
const shownRows = 24

export async function rekeying({ session, rounds }: Setting): Promise<Row[]> {
  const page = await filled(session, few)
  await prepare(page, few)
  const [ours, other]: [number[], number[]] = [[], []]
  for (let round = 0; round < rounds; round++) {
    ours.push(await page.evaluate(rekeyAll))
    other.push(await page.evaluate(() => (globalThis as unknown as Bare).rewritten(100)))
  }
  await page.close()
  const against = 'decrypting, encrypting and writing them in batches of 100, bare'
  const what = `new keys for ${few.toLocaleString('en')} documents of 1 kB`
  return [{ what, unit: 'ms', ours: median(ours), other: median(other), against, factor: 1.5 }]
}

export const libraryOpens = (setting: Setting) => opening(setting, many)
export const searching = (setting: Setting) => searchingIn(setting, many)

/** The same in a library of a hundred thousand. */
export async function hugeLibrary(setting: Setting): Promise<Row[]> {
  const once = { ...setting, rounds: Math.min(setting.rounds, 2) }
  const rows = [...(await opening(once, huge)), ...(await searchingIn(once, huge))]
  return rows.map(({ factor: _factor, most: _most, ...row }) => row)
}

async function opening({ session, rounds }: Setting, count: number): Promise<Row[]> {
  const page = await filled(session, count)
  await prepare(page, count)
  const popup = await session.openExtensionPage('popup.html')
  const [ours, other]: [number[], number[]] = [[], []]
  for (let round = 0; round < rounds; round++) {
    await answered(ask(page, 'lock', {}))
    await page.bringToFront()
    await page.evaluate(watchForList)
    await answered(ask(popup, 'unlock', { password }))
    ours.push(
      await waitFor('the list', () => page.evaluate(() => (globalThis as unknown as Watching).listAfterMs ?? null)),
    )
    other.push(await page.evaluate((rows) => (globalThis as unknown as Bare).read(rows), shownRows))
  }
  await popup.close()
  await page.close()
  const what = `from unlocked to the list of ${count.toLocaleString('en')} documents on the screen`
  const against = `reading and decrypting the ${shownRows} that are shown, bare`
  return [{ what, unit: 'ms', ours: median(ours), other: median(other), against, factor: 2 }]
}

async function searchingIn({ session, rounds }: Setting, count: number): Promise<Row[]> {
  const page = await filled(session, count)
  await page.bringToFront()
  const box = await page.waitForSelector('input[type=search]')
  if (box === null) throw new Error('The library has no search box')
  const type = async () => {
    await box.click({ count: 3 })
    await page.keyboard.press('Backspace')
    for (const letter of 'needle 77') {
      await page.keyboard.type(letter)
      await new Promise((resolve) => setTimeout(resolve, 150))
    }
  }
  // Warm: everything has been read.
  await type()
  await waitFor(
    'everything to be read',
    async () => {
      const listed = await answered(
        ask(page, 'listEntries', { of: 'texts', search: 'needle', order: 'time', offset: 0, count: 1 }),
      )
      return (listed as { reading: unknown }).reading === null
    },
    { timeoutMs: 60_000 },
  )
  const [typed, idle]: [Longest[], Longest[]] = [[], []]
  for (let round = 0; round < rounds; round++) {
    typed.push(await longestTasks(session, page, type))
    idle.push(await longestTasks(session, page, () => new Promise((resolve) => setTimeout(resolve, 1_500))))
  }
  await page.close()
  const what = `a keystroke of a search in ${count.toLocaleString('en')} documents of 1 kB: longest task`
  const of = (where: keyof Longest, all: readonly Longest[]) => Math.max(...all.map((each) => each[where]))
  return (['page', 'background'] as const).flatMap((where): Row[] => {
    const name = where === 'page' ? 'tab' : 'background'
    return [
      { what: `${what} of the ${name}`, unit: 'ms', ours: of(where, typed), other: 0, against: '', most: 16 },
      { what: `… while nothing is typed, ${name}`, unit: 'ms', ours: of(where, idle), other: 0, against: '', most: 16 },
    ]
  })
}

/** The other database, in the tab. */
async function prepare(page: Page, count: number): Promise<void> {
  await page.evaluate(prepareBare, count, textLetters + 300)
  for (let from = 0; from < count; from += bareAtOnce)
    await page.evaluate(
      (first, end) => (globalThis as unknown as Bare).fill(first, end),
      from,
      Math.min(count, from + bareAtOnce),
    )
}

interface Bare {
  /** Makes the rows from number `first` up to `end`. */
  fill(first: number, end: number): Promise<void>
  /** Milliseconds for reading and decrypting the newest rows. */
  read(rows: number): Promise<number>
  /** Milliseconds for decrypting, encrypting and writing all of them, so many at a time. */
  rewritten(atOnce: number): Promise<number>
}
interface Watching {
  listAfterMs?: number | null
}

/** The library's tab, with so many documents in it. */
async function filled(session: Session, count: number): Promise<Page> {
  const looking = await session.openExtensionPage('popup.html')
  const { vault } = (await answered(ask(looking, 'getVaultState', {}))) as { vault: string }
  if (vault === 'none') await placeVault(session, password)
  else if (vault === 'locked') await answered(ask(looking, 'unlock', { password }))
  await looking.close()
  const page = await session.openExtensionPage('library.html')
  const { documents } = (await answered(ask(page, 'getLibraryState', {}))) as { documents: number }
  for (let from = documents; from < count; from += importedAtOnce) {
    const texts = Array.from({ length: Math.min(importedAtOnce, count - from) }, (_, nth) => textOf(from + nth))
    await send(page, 'importTexts', { token: String(from).padStart(22, 'i') }, [{ texts }])
  }
  return page
}

function textOf(nth: number) {
  const words = `Text ${nth}\nwith a needle ${nth % 100} in it. `
  const text = words.padEnd(textLetters, 'and some hay around it that nobody looks for, ')
  const at = Date.UTC(2026, 0, 1) + nth * 60_000
  return { text, origin: `https://site${nth % 50}.example`, url: null, createdAt: at, changedAt: at }
}

/** Runs in the tab: a database of its own with as many rows, as large, each under a key of its own that is at hand. */
async function prepareBare(count: number, letters: number): Promise<void> {
  const done = <T>(request: IDBRequest<T>) =>
    new Promise<T>((resolve, reject) => {
      request.onsuccess = () => resolve(request.result)
      request.onerror = () => reject(request.error)
    })
  const over = (transaction: IDBTransaction) =>
    new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve()
      transaction.onabort = () => reject(transaction.error)
    })
  interface Stored {
    readonly id: string
    readonly updatedAt: string
    readonly content: string
  }
  type Binary = Uint8Array<ArrayBuffer> & { toBase64(how: object): string }
  const from64 = (text: string) =>
    (Uint8Array as unknown as { fromBase64(text: string, how: object): Uint8Array<ArrayBuffer> }).fromBase64(text, {
      alphabet: 'base64url',
    })
  const keys = new Map<string, CryptoKey>()
  const newKey = () => crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
  const seal = async (id: string, plain: Uint8Array<ArrayBuffer>) => {
    const [key, iv] = [await newKey(), crypto.getRandomValues(new Uint8Array(12))]
    const sealed = new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, plain))
    keys.set(id, key)
    const whole = new Uint8Array(12 + sealed.length) as Binary
    whole.set(iv)
    whole.set(sealed, 12)
    return whole.toBase64({ alphabet: 'base64url', omitPadding: true })
  }
  const open = async ({ id, content }: Stored) => {
    const [bytes, key] = [from64(content), keys.get(id)]
    if (key === undefined) throw new Error('no key')
    const iv = bytes.slice(0, 12)
    return new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, key, bytes.slice(12)))
  }
  const name = `bench-${count}`
  await done(indexedDB.deleteDatabase(name))
  const opening = indexedDB.open(name, 1)
  opening.onupgradeneeded = () =>
    opening.result.createObjectStore('rows', { keyPath: 'id' }).createIndex('byTime', 'updatedAt')
  const db = await done(opening)
  const plain = new TextEncoder().encode('x'.repeat(letters))
  const bare: Bare = {
    async fill(first, end) {
      const some = Array.from({ length: end - first }, (_, nth) => String(first + nth).padStart(22, '0'))
      const rows = await Promise.all(some.map(async (id) => ({ id, updatedAt: id, content: await seal(id, plain) })))
      const transaction = db.transaction('rows', 'readwrite')
      for (const row of rows) transaction.objectStore('rows').put(row)
      await over(transaction)
    },
    async read(many) {
      const begun = performance.now()
      const rows = await new Promise<Stored[]>((resolve, reject) => {
        const found: Stored[] = []
        const cursor = db.transaction('rows').objectStore('rows').index('byTime').openCursor(null, 'prev')
        cursor.onsuccess = () => {
          if (cursor.result === null || found.length === many) return resolve(found)
          found.push(cursor.result.value)
          cursor.result.continue()
        }
        cursor.onerror = () => reject(cursor.error)
      })
      await Promise.all(rows.map(open))
      return performance.now() - begun
    },
    async rewritten(atOnce) {
      const begun = performance.now()
      for (let last = ''; ; ) {
        const rows: Stored[] = await done(
          db.transaction('rows').objectStore('rows').getAll(IDBKeyRange.lowerBound(last, true), atOnce),
        )
        if (rows.length === 0) break
        const next = await Promise.all(
          rows.map(async (row) => ({ ...row, content: await seal(row.id, await open(row)) })),
        )
        const transaction = db.transaction('rows', 'readwrite')
        for (const row of next) transaction.objectStore('rows').put(row)
        await over(transaction)
        last = rows.at(-1)?.id ?? ''
      }
      return performance.now() - begun
    },
  }
  Object.assign(globalThis, bare)
}

/** Runs in the library's tab: milliseconds until every document has a new key. */
function rekeyAll(): Promise<number> {
  const { chrome } = globalThis as unknown as {
    chrome: {
      runtime: { sendMessage(message: object): Promise<{ value: unknown }> }
      storage: { session: { onChanged: { addListener(heard: (changes: object) => void): void } } }
    }
  }
  const put = async (name: string) => (await chrome.runtime.sendMessage({ name, request: {} })).value
  const begun = performance.now()
  return new Promise((resolve) => {
    // Asking how far it is takes the disk from it: that is done at its own word alone.
    chrome.storage.session.onChanged.addListener((changes) => {
      const now = performance.now()
      if (!('library' in changes)) return
      void put('getLibraryState').then((state) => {
        const { reencryption } = state as { reencryption: { state: string } }
        if (reencryption.state === 'done') resolve(now - begun)
      })
    })
    void put('reencryptLibrary')
  })
}

/** Runs in the library's tab: notes how long after the word that the vault is unlocked the list is painted. */
function watchForList(): void {
  const watching = globalThis as unknown as Watching
  const { chrome } = globalThis as unknown as {
    chrome: { storage: { session: { onChanged: { addListener(heard: (changes: object) => void): void } } } }
  }
  watching.listAfterMs = null
  let begun: number | null = null
  chrome.storage.session.onChanged.addListener((changes) => {
    if ('mark' in changes) begun ??= performance.now()
  })
  const look = () => {
    const rows = document.querySelectorAll('[role=option]:not([aria-busy])')
    if (begun !== null && rows.length > 0) watching.listAfterMs ??= performance.now() - begun
    else requestAnimationFrame(look)
  }
  requestAnimationFrame(look)
}
