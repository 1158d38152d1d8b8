// The library's tab, by mouse and by keyboard: writing, finding, changing, comparing, deleting and having back, files out and in,
// and a lock in the middle of it.

import type { ElementHandle, Page } from 'puppeteer-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { answered, ask } from './asking.ts'
import { faults, schemes, setScheme, tabTo } from './looking.ts'
import { kinds, type Session, waitFor } from './session.ts'
import { password, type Setting, setUp } from './setting.ts'
import {
  activeRow,
  alterDocument,
  catchFiles,
  caughtFile,
  chord,
  emptySearch,
  focusList,
  lists,
  openFound,
  putIn,
  rowsIn,
  withFiles,
} from './shelves.ts'
import {
  confirmPerson,
  fieldNamed,
  fill,
  has,
  lock,
  named,
  placeVault,
  press,
  readPage,
  says,
  unlock,
  valueIn,
} from './steps.ts'

describe.each(kinds)('in %s', (kind) => {
  let setting: Setting
  let session: Session
  let site: Page
  let page: Page
  beforeAll(async () => {
    setting = await setUp(kind)
    session = setting.session
    site = await session.newPage(setting.site.origin)
    page = await session.openExtensionPage('library.html')
  })
  afterAll(() => setting?.end())

  test('before there is a vault it says how to get one', async () => {
    await says(page, 'There is no vault on this device yet')
    await named(page, 'Create your vault', 'button')
    await look()
    await placeVault(session, password)
    await page.bringToFront()
    await says(page, 'Your library is empty')
    await look()
  })

  test('a note is written, found, changed and compared by the keyboard alone', async () => {
    await tabTo(page, 'New note')
    await page.keyboard.press('Enter')
    await named(page, 'Note')
    await page.keyboard.type('A list of seeds\ntomatoes, beans and peas')
    await look()
    await chord(page, 'Control', 'Enter')
    await lists(page, ['A list of seeds'])
    await says(page, 'tomatoes, beans and peas')
    await focusList(page)
    await page.keyboard.press('Enter')
    await tabTo(page, 'Edit')
    await page.keyboard.press('Enter')
    await waitFor('the box', () => has(page, 'Text'))
    await page.keyboard.type('2027: ')
    await page.keyboard.press('Escape')
    await says(page, 'This text has changes that are not saved')
    await look()
    await page.keyboard.press('Escape')
    await chord(page, 'Control', 'Enter')
    await lists(page, ['2027: A list of seeds'])
    await says(page, 'Earlier versions')
    await look()
    await tabTo(page, 'Compare')
    await page.keyboard.press('Enter')
    await says(page, 'As it was on')
    const put = await page.$$eval('ins', (all) => all.map(({ textContent }) => textContent))
    expect(put.join('|')).toContain('Put in: 2027')
    await look()
    await tabTo(page, 'Restore this text')
    await page.keyboard.press('Enter')
    await lists(page, ['A list of seeds'])
    await waitFor('two earlier versions', async () => (await page.$$('.versions li')).length === 2)
  })

  test('everything is searched, as it is typed, and what was found is marked', async () => {
    await putIn(page, [
      {
        text: 'Dear Ada,\nthe lemon tree has flowers 🌼',
        origin: 'https://mail.example',
        url: 'https://mail.example/1',
      },
      { text: 'مرحبا بالعالم\nرسالة عن شجرة الليمون', origin: 'https://wiki.example', url: null },
      { text: 'Dear Ben,\nno lemons this year', origin: 'https://mail.example', url: 'https://mail.example/2' },
    ])
    await says(page, '4 texts.')
    await fill(page, 'Search the library', 'LEMON mail')
    await lists(page, ['Dear Ada', 'Dear Ben'])
    await says(page, '2 texts found.')
    expect(await page.$$eval('mark', (all) => all.map(({ textContent }) => textContent))).toContain('lemon')
    await look()
    await fill(page, 'Search the library', 'الليمون')
    await lists(page, ['مرحبا بالعالم'])
    await fill(page, 'Search the library', 'no such words')
    await says(page, 'Nothing has all the words of')
    await look()
    await press(page, 'Show all')
    await says(page, '4 texts.')
  })

  test('it is listed by site, each with its name at the head', async () => {
    await page.select('select', 'site')
    await lists(page, ['mail.example', 'Dear Ben', 'wiki.example', 'No site'])
    await look()
    await page.select('select', 'time')
    await says(page, '4 texts.')
  })

  test('a text is read from its own side, with its site, and copied as it is', async () => {
    await fill(page, 'Search the library', 'مرحبا')
    await lists(page, ['مرحبا بالعالم'])
    await page.click('[role="option"]')
    await named(page, 'Copy sealed text', 'button')
    await says(page, 'رسالة عن شجرة الليمون')
    const direction = await page.$eval('.text-piece', (each) => getComputedStyle(each).direction)
    expect(direction).toBe('rtl')
    await named(page, 'Copy plaintext', 'button')
    await look()
    await emptySearch(page)
  })

  test('many are ticked by keys and by the mouse, deleted together, and had back', async () => {
    await focusList(page)
    await page.keyboard.press('Home')
    await page.keyboard.press(' ')
    await chord(page, 'Shift', 'ArrowDown')
    await says(page, '2 texts ticked')
    expect((await rowsIn(page)).map(({ ticked }) => ticked)).toEqual([true, true, false, false])
    await page.keyboard.down('Shift')
    await (await page.$$('[role="option"]'))[3]?.click()
    await page.keyboard.up('Shift')
    await says(page, '4 texts ticked')
    await look()
    await focusList(page)
    await page.keyboard.press('Escape')
    await page.keyboard.press('End')
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press(' ')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press(' ')
    await page.keyboard.press('Delete')
    await says(page, 'Deleted 2 texts.')
    await waitFor('two to be left', async () => (await rowsIn(page)).length === 2)
    await look()
    await focusList(page)
    await chord(page, 'Control', 'z')
    await waitFor('four to be there', async () => (await rowsIn(page)).length === 4)
    await fill(page, 'Search the library', 'Ada')
    await lists(page, ['Dear Ada'])
    await page.click('[role="option"]')
    await press(page, 'Delete')
    await says(page, 'Deleted 1 text.')
    await press(page, 'Undo')
    await lists(page, ['Dear Ada'])
    await emptySearch(page)
  })

  test('what was changed elsewhere meanwhile is not overwritten: both are shown', async () => {
    const id = await openFound(page, 'Dear Ben', 'no lemons')
    await press(page, 'Edit')
    await fieldNamed(page, 'Text')
    await page.keyboard.type('Mine. ')
    const entry = (await answered(ask(page, 'openEntry', { id }))) as { revision: number }
    await answered(ask(page, 'saveEntry', { id, revision: entry.revision, text: 'Theirs, written elsewhere' }))
    await press(page, 'Save')
    await says(page, 'This text was changed elsewhere while you were writing')
    await says(page, 'Theirs, written elsewhere')
    expect(await valueIn(page, 'Your text')).toContain('Mine. Dear Ben')
    await look()
    await press(page, 'Save mine as the newest')
    await lists(page, ['Mine. Dear Ben'])
    await emptySearch(page)
  })

  test('a lock wipes all of it, saves what was being written, and unlocking brings back the list', async () => {
    await openFound(page, 'Dear Ada', 'has flowers')
    await press(page, 'Edit')
    const box = await fieldNamed(page, 'Text')
    await page.keyboard.type('Locked in the middle. ')
    const held = (await box.evaluateHandle((each) => each)) as ElementHandle<HTMLTextAreaElement>
    await lock(session, site)
    await says(page, 'The vault is locked')
    await says(page, 'was saved in the library, sealed, before the vault was locked')
    const markup = await page.evaluate(() => document.documentElement.outerHTML)
    for (const word of ['lemon', 'Ada', 'Ben', 'seeds', 'Locked in']) expect(markup).not.toContain(word)
    expect(await held.evaluate((each) => each.value)).toBe('')
    await look()
    await unlock(session, password, site)
    await page.bringToFront()
    await lists(page, ['Locked in the middle. Dear Ada'], { only: false })
    expect(await has(page, 'Text', 'textbox')).toBe(false)
    await press(page, 'Understood')
  })

  test('texts leave as plaintext only for the password, and come back from the file', async () => {
    await catchFiles(page)
    await press(page, 'Export…')
    await press(page, 'Plaintext, to be read in again (JSON)', 'radio')
    await says(page, 'The file is not sealed')
    await look()
    await press(page, 'Export as plaintext')
    await fill(page, 'Your password', 'not the password')
    await press(page, 'Continue')
    await says(page, 'This is not your password')
    await look()
    await confirmPerson(page, password)
    await says(page, '4 texts written into the file')
    const file = await caughtFile(page)
    expect(file.name).toMatch(/^fieldseal-texts-.*\.json$/)
    expect(JSON.parse(file.text).texts).toHaveLength(4)
    await press(page, 'Close')

    const files = [
      ['a.json', file.text],
      ['b.md', '# From a file\nwith a line'],
      ['c.png', 'x'],
    ] as const
    await withFiles(files, async (paths) => {
      await press(page, 'Import…')
      const input = (await page.$('input[type="file"]')) as ElementHandle<HTMLInputElement>
      await input.uploadFile(...paths)
      await says(page, 'Only exports of Fieldseal')
      await look()
      await press(page, 'Import 5 texts')
      await says(page, '5 texts are in your library now')
      await press(page, 'Close')
      await says(page, '9 texts.')
    })
  })

  test('a text that was altered on the disk is shown as damaged, harms no other, and can be deleted', async () => {
    const id = await openFound(page, 'From a file', 'with a line')
    await alterDocument(session, id)
    await session.killBackground()
    await page.reload({ waitUntil: [] })
    await says(page, '9 texts.', 20_000)
    await waitFor('a damaged row', async () =>
      (await rowsIn(page)).some(({ words }) => words.includes('A damaged text')),
    )
    await (await named(page, 'Texts', 'listbox')).focus()
    for (const [nth, { words }] of (await rowsIn(page)).entries())
      if (words.includes('A damaged text')) await (await page.$$('[role="option"]'))[nth]?.click()
    await says(page, 'can’t be opened. A backup file')
    await look()
    await press(page, 'Delete it')
    await says(page, '8 texts.')
  })

  test('the settings say what is kept, and give everything new keys', async () => {
    await press(page, 'Settings')
    await press(page, 'Keep what I seal', 'switch')
    await says(page, 'Saved.')
    await fill(page, 'New key after', '0')
    await press(page, 'Save')
    await says(page, 'Type a number of days from 1')
    await fill(page, 'New key after', '30')
    await press(page, 'Save')
    await waitFor('it to be stored', async () => {
      const state = (await answered(ask(page, 'library', {}))) as { keeps: boolean; rekeyAfterDays: number }
      return !state.keeps && state.rekeyAfterDays === 30
    })
    await press(page, 'Give everything new keys now')
    await says(page, /All done\. New keys: \d+/, 20_000)
    await look()
    await press(page, 'Keep what I seal', 'switch')
    await says(page, 'Saved.')
  })

  test('a narrow window shows the list, or the text with the way back', async () => {
    await page.click('nav button')
    await page.setViewport({ width: 320, height: 700 })
    await lists(page, ['Locked in the middle'], { only: false })
    await page.click('[role="option"]')
    await says(page, 'Copy sealed text')
    expect(await page.$eval('[role="listbox"]', (each) => each.checkVisibility())).toBe(false)
    const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)
    expect(wide).toBe(false)
    await look()
    await press(page, 'Back to the list')
    await waitFor('the list', () => page.$eval('[role="listbox"]', (each) => each.checkVisibility()))
    await waitFor('the focus in it', async () => (await activeRow(page)) !== '')
    await look()
    expect(await readPage(page)).toContain('8 texts.')
  })

  test('nothing went wrong unsaid', () => {
    expect(session.problems).toEqual([])
  })

  async function look(): Promise<void> {
    for (const scheme of schemes) {
      await setScheme(session, page, scheme)
      expect(await faults(page, scheme)).toEqual([])
    }
    await setScheme(session, page, 'light')
  }
})
