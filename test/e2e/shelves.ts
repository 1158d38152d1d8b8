// What a person sees of the library's list, and texts put into it by the tab's own asking, without the writing that takes long.

import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'puppeteer-core'
import { randomToken } from '../../src/bytes.ts'
import type { LibraryState, PlainEntry } from '../../src/messages/vault/library.ts'
import { counted, words } from '../words.ts'
import { answered, ask, send } from './asking.ts'
import type { BackgroundScope, Session } from './session.ts'
import { fieldNamed, fill, named, says } from './steps.ts'
import { until } from './until.ts'

export interface SeenRow {
  readonly words: string
  readonly at: number
  readonly of: number
  readonly ticked: boolean
}

/** The rows that are made now, in their order. */
export async function rowsIn(page: Page): Promise<SeenRow[]> {
  const rows = await page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('[role="option"]')].map((row) => ({
      words: row.innerText,
      at: Number(row.ariaPosInSet),
      of: Number(row.ariaSetSize),
      ticked: row.ariaSelected === 'true',
    })),
  )
  return rows.sort((a, b) => a.at - b.at)
}

/** Waits until the first rows have these texts, and there are no other rows where `only`. */
export function lists(page: Page, beginnings: readonly string[], { only = true } = {}): Promise<true> {
  const look = (parts: readonly string[], isAll: boolean) => {
    const rows = [...document.querySelectorAll<HTMLElement>('[role="option"]')]
    const shown = rows.sort((a, b) => Number(a.ariaPosInSet) - Number(b.ariaPosInSet)).map((row) => row.innerText)
    const fits = parts.every((part, index) => shown[index]?.includes(part))
    if (fits && (!isAll || shown.length === parts.length)) return true
    throw new Error(`it shows ${JSON.stringify(shown.map((each) => each.slice(0, 60)))}`)
  }
  return until(page, `the list to show ${JSON.stringify(beginnings)}`, look, [beginnings, only])
}

/** The row that the keys act on, as assistive technology is told. */
export function activeRow(page: Page): Promise<string> {
  return page.evaluate(() => {
    const id = document.activeElement?.getAttribute('aria-activedescendant')
    return (id ? document.getElementById(id)?.innerText : undefined) ?? ''
  })
}

/** Waits until the keyboard goes on in the list, or at the heading while there is none: what had the focus is gone. */
export const focusGoesOn = (page: Page): Promise<boolean> =>
  until(
    page,
    'the list or the heading to have the focus',
    () => document.activeElement?.matches('[role="listbox"], h1') === true,
  )

export async function focusList(page: Page): Promise<void> {
  await until(page, 'a list', () => document.querySelector('[role="listbox"]') !== null)
  await page.focus('[role="listbox"]')
}

/** Puts texts in, the first the newest. `library` is its tab. */
export async function putIn(
  library: Page,
  texts: readonly (Partial<PlainEntry> & { readonly text: string })[],
): Promise<void> {
  const now = Date.now()
  const entries = texts.map((text, index) => {
    const changedAt = now - index * 60_000
    return { origin: null, url: null, createdAt: changedAt, changedAt, ...text }
  })
  for (let offset = 0; offset < entries.length; offset += 1_000) {
    const batch = entries.slice(offset, offset + 1_000)
    await send(library, 'importTexts', { token: randomToken() }, [{ texts: batch }])
  }
}

export async function chord(
  page: Page,
  held: 'Control' | 'Shift',
  key: Parameters<Page['keyboard']['press']>[0],
): Promise<void> {
  await page.keyboard.down(held)
  await page.keyboard.press(key)
  await page.keyboard.up(held)
}

/** Opens the one text that `search` finds; gives its id. */
export async function openFound(page: Page, title: string, search: string): Promise<string> {
  await fill(page, words('library.search.texts'), search)
  await lists(page, [title])
  const found = (await answered(ask(page, 'listEntryIds', { search }))) as { ids: string[] }
  await page.click('[role="option"]')
  await named(page, words('libraryEntry.edit'), 'button')
  return found.ids[0] ?? ''
}

export async function emptySearch(page: Page): Promise<void> {
  await (await fieldNamed(page, words('library.search.texts'))).focus()
  await chord(page, 'Control', 'a')
  await page.keyboard.press('Backspace')
  const { documents } = (await answered(ask(page, 'getLibraryState', {}))) as LibraryState
  await says(page, counted('library.list.textCount', { n: documents }))
}

/** Alters one letter of what is sealed in a document, as it lies in the browser's database. */
export function alterDocument(session: Session, id: string): Promise<void> {
  return session.inBackground((scope: BackgroundScope, which) => {
    const done = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error)
      })
    return (async () => {
      const db = await done((scope as unknown as { indexedDB: IDBFactory }).indexedDB.open('fieldseal'))
      try {
        const rows = db.transaction('documents', 'readwrite').objectStore('documents')
        const row = (await done(rows.get(which))) as { content: string }
        const at = row.content.length - 5
        const other = row.content[at] === 'A' ? 'B' : 'A'
        await done(rows.put({ ...row, content: row.content.slice(0, at) + other + row.content.slice(at + 1) }))
      } finally {
        db.close()
      }
    })()
  }, id)
}

/** From now on the page's downloads are caught instead of saved. */
export async function catchFiles(page: Page): Promise<void> {
  await page.evaluate(() => {
    const world = globalThis as unknown as { caught: { name: string; text: string }[] }
    world.caught = []
    const blobs = new Map<string, Blob>()
    const real = URL.createObjectURL.bind(URL)
    URL.createObjectURL = (blob: Blob) => {
      const url = real(blob)
      blobs.set(url, blob)
      return url
    }
    HTMLAnchorElement.prototype.click = function () {
      const blob = blobs.get(this.href)
      const name = this.download
      void blob?.text().then((text) => world.caught.push({ name, text }))
    }
  })
}

export function caughtFile(page: Page): Promise<{ name: string; text: string }> {
  return until(page, 'a file to be saved', () =>
    (globalThis as unknown as { caught: { name: string; text: string }[] }).caught.at(-1),
  )
}

/** Files of these names and contents, as long as `work` takes. */
export async function withFiles(
  files: readonly (readonly [name: string, content: string])[],
  work: (paths: readonly string[]) => Promise<void>,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'fieldseal-files-'))
  try {
    for (const [name, content] of files) await writeFile(join(folder, name), content)
    await work(files.map(([name]) => join(folder, name)))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
