// What a person sees of the library's list, and texts put into it by the tab's own asking, without the writing that takes long.

import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'puppeteer-core'
import type { PlainEntry } from '../../src/messages/library.ts'
import { newToken } from '../../src/ui/token.ts'
import { answered, ask } from './asking.ts'
import { type BackgroundScope, type Session, waitFor } from './session.ts'
import { fieldNamed, fill, named, readPage } from './steps.ts'

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

/** Waits until the first rows begin with these words, and there are no others where `only`. */
export function lists(page: Page, words: readonly string[], { only = true } = {}): Promise<true> {
  return waitFor(`the list to show ${JSON.stringify(words)}`, async () => {
    const rows = await rowsIn(page)
    const fits = words.every((each, nth) => rows[nth]?.words.includes(each)) && (!only || rows.length === words.length)
    if (fits) return true as const
    throw new Error(`it shows ${JSON.stringify(rows.map((row) => row.words.slice(0, 60)))}`)
  })
}

/** The row that the keys act on, as assistive technology is told. */
export function activeRow(page: Page): Promise<string> {
  return page.evaluate(() => {
    const id = document.activeElement?.getAttribute('aria-activedescendant')
    return (id ? document.getElementById(id)?.innerText : undefined) ?? ''
  })
}

export async function focusList(page: Page): Promise<void> {
  await waitFor('a list', () => page.evaluate(() => document.querySelector('[role="listbox"]') !== null))
  await page.focus('[role="listbox"]')
}

/** Puts texts in, the first the newest. `library` is its tab. */
export async function putIn(
  library: Page,
  texts: readonly (Partial<PlainEntry> & { readonly text: string })[],
): Promise<void> {
  const now = Date.now()
  const whole = texts.map((one, nth) => {
    const at = now - nth * 60_000
    return { origin: null, url: null, createdAt: at, changedAt: at, ...one }
  })
  for (let at = 0; at < whole.length; at += 1_000)
    await answered(ask(library, 'importTexts', { token: newToken(), texts: whole.slice(at, at + 1_000) }))
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

/** Opens the one text that is found by `words`; gives its id. */
export async function openFound(page: Page, title: string, words: string): Promise<string> {
  await fill(page, 'Search the library', words)
  await lists(page, [title])
  const found = (await answered(ask(page, 'libraryIds', { search: words }))) as { ids: string[] }
  await page.click('[role="option"]')
  await named(page, 'Edit', 'button')
  return found.ids[0] ?? ''
}

export async function emptySearch(page: Page): Promise<void> {
  await (await fieldNamed(page, 'Search the library')).focus()
  await chord(page, 'Control', 'a')
  await page.keyboard.press('Backspace')
  await waitFor('all to be listed', async () => (await readPage(page)).includes('texts.'))
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
        const other = row.content.endsWith('A') ? 'B' : 'A'
        await done(rows.put({ ...row, content: row.content.slice(0, -5) + other + row.content.slice(-4) }))
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
  return waitFor('a file to be saved', () =>
    page.evaluate(() => (globalThis as unknown as { caught: { name: string; text: string }[] }).caught.at(-1) ?? null),
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
