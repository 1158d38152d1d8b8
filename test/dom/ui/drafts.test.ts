// What is typed in the composer is not lost: not by closing its window, a lock, a dead background or a restart; and not
// when the field or the tab it was for is gone by the time it is sealed. A sealed text in a field is edited where it stands.

import type { Page } from 'puppeteer-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { kinds, type Session, waitFor } from '../../e2e/session.ts'
import { password, type Setting, setUp } from '../../e2e/setting.ts'
import {
  fieldNamed,
  fill,
  has,
  lock,
  named,
  placeVault,
  press,
  readPage,
  reads,
  says,
  switchOn,
  unlock,
  valueIn,
} from '../../e2e/steps.ts'
import { words } from '../../words.ts'

const sealedText = /sealed1[0-9A-Za-z]{60,}/

describe.each(kinds)('in %s', (kind) => {
  let setting: Setting
  let session: Session
  let page: Page
  beforeAll(async () => {
    setting = await setUp(kind)
    session = setting.session
    await placeVault(session, password)
    page = await session.newPage(setting.site.origin)
    await switchOn(session, page)
  })
  afterEach(async () => {
    for (const left of await session.ownPages('composer.html')) await left.close().catch(() => undefined)
  })
  afterAll(() => setting?.end())

  test('what was typed is kept when the composer is closed, and offered in the next', async () => {
    const composer = await compose()
    await fill(composer, words('composer.write.text'), 'Begun, and closed')
    await says(composer, words('composer.write.kept'))
    await closeComposer(composer)
    await offered(['Begun, and closed'])
  })

  test('also what was typed in the last moment before', async () => {
    const composer = await compose()
    await says(composer, words('composer.unfinished.heading'))
    await press(composer, words('composer.unfinished.restore'))
    await holds(composer, 'Begun, and closed')
    await (await fieldNamed(composer, words('composer.write.text'))).type(' at once')
    await composer.keyboard.press('Escape')
    await closed(composer)
    const next = await offered(['Begun, and closed at once'])
    await press(next, words('composer.unfinished.restore'))
    await holds(next, 'Begun, and closed at once')
    await closeComposer(next)
  })

  test('a lock wipes the box at once, and after unlocking the text is back by itself', async () => {
    const composer = await compose()
    await press(composer, words('composer.unfinished.restore'))
    await holds(composer, 'Begun, and closed at once')
    await (await fieldNamed(composer, words('composer.write.text'))).type(', and locked')
    await watchTexts(composer)
    await lock(session, page)
    await says(composer, words('composer.locked.all'))
    expect(await has(composer, words('composer.write.text'))).toBe(false)
    expect(await composer.evaluate(() => document.documentElement.outerHTML)).not.toContain('Begun')
    // The very element that held the text holds it no longer, wherever it is now.
    expect(await watchedText(composer)).toBe('')
    await unlock(session, password, page)
    await holds(composer, 'Begun, and closed at once, and locked')
    await closeComposer(composer)
  })

  test('a dead background loses nothing of it', async () => {
    const composer = await compose()
    await press(composer, words('composer.unfinished.restore'))
    await holds(composer, 'Begun, and closed at once, and locked')
    const box = await fieldNamed(composer, words('composer.write.text'))
    await session.killBackground()
    await box.type(', killed')
    await says(composer, words('composer.write.kept'))
    await session.killBackground()
    await box.type(' twice')
    await says(composer, words('composer.write.kept'))
    await session.killBackground()
    await closeComposer(composer)
    await closeComposer(await offered(['Begun, and closed at once, and locked, killed twice']))
  })

  test('after a restart of the browser it is offered again, and Restore brings it back', async () => {
    await session.restart()
    page = await session.newPage(setting.site.origin)
    if ((await session.grantedSites()).length === 0) await session.grantSite(setting.site.origin)
    const locked = await compose()
    await says(locked, words('composer.locked.nothing'))
    expect(await readPage(locked)).not.toContain('Begun')
    await unlock(session, password, page)
    await says(locked, 'Begun, and closed at once, and locked, killed twice')
    await press(locked, words('composer.unfinished.restore'))
    await holds(locked, 'Begun, and closed at once, and locked, killed twice')
    await closeComposer(locked)
  })

  test('one that is discarded is offered no more, and the other still is', async () => {
    const first = await compose()
    await fill(first, words('composer.write.text'), 'To be thrown away')
    await says(first, words('composer.write.kept'))
    await closeComposer(first)
    const composer = await offered(['To be thrown away', 'Begun, and closed at once, and locked, killed twice'])
    // The newest stands first.
    const [discard] = await composer.$$('li button:last-of-type')
    await discard?.click()
    await named(composer, words('composer.unfinished.undo'), 'button')
    await closeComposer(composer)
    await closeComposer(await offered(['Begun, and closed at once, and locked, killed twice']))
  })

  test('one that is sealed is offered no more', async () => {
    const composer = await compose()
    await press(composer, words('composer.unfinished.restore'))
    await holds(composer, 'Begun, and closed at once, and locked, killed twice')
    await press(composer, words('composer.write.seal'))
    await closed(composer)
    expect(await valueIn(page, 'Note')).toMatch(sealedText)
    await page.bringToFront()
    await press(page, 'Save note')
    await reads(session, page, ['Begun, and closed at once, and locked, killed twice'])
    const next = await compose()
    await named(next, words('composer.write.seal'), 'button')
    expect(await has(next, words('composer.unfinished.heading'))).toBe(false)
    await closeComposer(next)
  })

  test('the field is gone before Seal: the sealed text is offered to copy, and opens', async () => {
    const composer = await compose()
    await fill(composer, words('composer.write.text'), 'For a field that was taken away')
    await page.evaluate(() => document.querySelector('form.card')?.remove())
    await press(composer, words('composer.write.seal'))
    await says(composer, words('errors.unplaced.gone'))
    await opensOnSite(await sealedToCopy(composer), 'For a field that was taken away')
  })

  test('the tab is gone before Seal: the sealed text is offered to copy, and opens', async () => {
    const composer = await compose()
    await fill(composer, words('composer.write.text'), 'For a tab that was closed')
    await says(composer, words('composer.write.kept'))
    await page.close()
    await press(composer, words('composer.write.seal'))
    await says(composer, words('errors.unplaced.gone'))
    const sealed = await sealedToCopy(composer)
    page = await session.newPage(setting.site.origin)
    await opensOnSite(sealed, 'For a tab that was closed')
  })

  test('with the caret in a sealed text it starts with the opened one, and replaces just that', async () => {
    const sealed = (await setting.site.stored()).at(-1)?.note ?? ''
    await setNote(`Dear Ann,\n${sealed}\nYours, Bo`)
    await (await fieldNamed(page, 'Note')).evaluate((box) => {
      const note = box as HTMLTextAreaElement
      const inside = note.value.indexOf('sealed1') + 20
      note.setSelectionRange(inside, inside)
    })
    const composer = await compose()
    await holds(composer, 'For a tab that was closed')
    await (await fieldNamed(composer, words('composer.write.text'))).evaluate((box) =>
      (box as HTMLTextAreaElement).select(),
    )
    await (await fieldNamed(composer, words('composer.write.text'))).type('Changed where it stood')
    await press(composer, words('composer.write.seal'))
    await closed(composer)
    const value = await valueIn(page, 'Note')
    const [next = ''] = sealedText.exec(value) ?? []
    expect(value).toBe(`Dear Ann,\n${next}\nYours, Bo`)
    expect(next).not.toBe(sealed)
    await opensOnSite(next, 'Changed where it stood')
  })

  test('nobody complained', () => {
    expect(session.problems).toEqual([])
  })

  /** A composer for the site's note. */
  async function compose(): Promise<Page> {
    await page.bringToFront()
    await (await fieldNamed(page, 'Note')).focus()
    await session.command('compose', page)
    return session.ownPage('composer.html')
  }

  async function closeComposer(composer: Page): Promise<void> {
    await composer.close()
    await closed(composer)
  }

  async function closed(composer: Page): Promise<void> {
    await waitFor('the composer to close', async () => {
      if ((await session.ownPages('composer.html')).length === 0) return true
      throw new Error(`it says: ${await readPage(composer).catch(String)}`)
    })
  }

  /** A new composer that offers exactly these unfinished texts, the newest first. */
  async function offered(titles: readonly string[]): Promise<Page> {
    const composer = await compose()
    await says(composer, words('composer.unfinished.heading'))
    const seen = await composer.$$eval('li .draft-title', (each) => each.map(({ textContent }) => textContent))
    expect(seen).toEqual(titles)
    return composer
  }

  function holds(composer: Page, text: string): Promise<unknown> {
    return waitFor(`the box to hold “${text}”`, async () => {
      const value = await valueIn(composer, words('composer.write.text'))
      if (value === text) return true
      throw new Error(`it holds “${value}”`)
    })
  }

  /** The sealed text that a composer offers to copy. The composer is left closed. */
  async function sealedToCopy(composer: Page): Promise<string> {
    const sealed = await valueIn(composer, words('composer.sealed.text'))
    expect(sealed).toMatch(sealedText)
    await named(composer, words('composer.sealed.copy'), 'button')
    await closeComposer(composer)
    return sealed
  }

  async function setNote(text: string): Promise<void> {
    await page.bringToFront()
    await (await fieldNamed(page, 'Note')).evaluate((each, value) => {
      ;(each as HTMLTextAreaElement).value = value
    }, text)
  }

  /** The site stores a sealed text, alone, and its page shows what it opens to. */
  async function opensOnSite(sealed: string, text: string): Promise<void> {
    for (const { id } of await setting.site.stored()) await send(`/delete?id=${id}`, {})
    await send('/notes', { title: '', note: sealed })
    const fresh = await session.newPage(setting.site.origin)
    await page.close()
    page = fresh
    await reads(session, page, [text])
  }

  async function send(path: string, form: Record<string, string>): Promise<void> {
    await fetch(setting.site.origin + path, { method: 'POST', body: new URLSearchParams(form) })
  }
})

interface Watching {
  watched?: HTMLTextAreaElement | null
}

function watchTexts(composer: Page): Promise<void> {
  return composer.evaluate(() => {
    ;(globalThis as Watching).watched = document.querySelector('textarea')
  })
}

function watchedText(composer: Page): Promise<string | undefined> {
  return composer.evaluate(() => (globalThis as Watching).watched?.value)
}
