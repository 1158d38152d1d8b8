// The library's tab, by mouse and by keyboard: writing, finding, changing, comparing, deleting and having back, files out and in,
// and a lock in the middle of it.

import type { ElementHandle, Page } from 'puppeteer-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { maxKeyAgeDays } from '../../../src/policy.ts'
import { errorSentence } from '../../../src/ui/app/errors.ts'
import { formatNumber } from '../../../src/ui/app/format.ts'
import { answered, ask } from '../../e2e/asking.ts'
import { faults, schemes, setScheme, tabTo } from '../../e2e/looking.ts'
import { kinds, type Session, waitFor } from '../../e2e/session.ts'
import { password, type Setting, setUp } from '../../e2e/setting.ts'
import {
  activeRow,
  alterDocument,
  catchFiles,
  caughtFile,
  chord,
  emptySearch,
  focusGoesOn,
  focusList,
  lists,
  openFound,
  putIn,
  rowsIn,
  withFiles,
} from '../../e2e/shelves.ts'
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
} from '../../e2e/steps.ts'
import { until } from '../../e2e/until.ts'
import { anyValue, counted, patternOf, plainWords, words } from '../../words.ts'

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
    await says(page, words('library.noVault'))
    await named(page, words('app.createVault'), 'button')
    await look()
    await placeVault(session, password)
    await page.bringToFront()
    await says(page, words('library.empty.heading'))
    await look()
  })

  test('a note is written, found, changed and compared by the keyboard alone', async () => {
    await tabTo(page, words('library.newNote'))
    await page.keyboard.press('Enter')
    await named(page, words('libraryEntry.note.label'))
    await page.keyboard.type('A list of seeds\ntomatoes, beans and peas')
    await look()
    await chord(page, 'Control', 'Enter')
    await lists(page, ['A list of seeds'])
    await says(page, 'tomatoes, beans and peas')
    await focusList(page)
    await page.keyboard.press('Enter')
    await tabTo(page, words('libraryEntry.edit'))
    await page.keyboard.press('Enter')
    await waitFor('the box', () => has(page, words('libraryEntry.label')))
    await page.keyboard.type('2027: ')
    await page.keyboard.press('Escape')
    await says(page, words('libraryEntry.leave.question'))
    await look()
    await page.keyboard.press('Escape')
    await chord(page, 'Control', 'Enter')
    await lists(page, ['2027: A list of seeds'])
    await says(page, words('libraryEntry.versions.heading'))
    await look()
    await tabTo(page, words('libraryEntry.versions.compare'))
    await page.keyboard.press('Enter')
    await says(page, patternOf(words('libraryEntry.versions.asOf', { date: anyValue })))
    const added = await page.$$eval('ins', (all) => all.map(({ textContent }) => textContent))
    expect(added).toContain(plainWords('libraryEntry.diff.added', { text: '2027: ' }))
    await look()
    await tabTo(page, words('libraryEntry.versions.restore'))
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
    await says(page, counted('library.list.textCount', { n: 4 }))
    await fill(page, words('library.search.texts'), 'LEMON mail')
    await lists(page, ['Dear Ada', 'Dear Ben'])
    await says(page, counted('library.search.found', { n: 2 }))
    // It is searched for at every letter.
    await until(page, '“lemon” to be marked', () =>
      [...document.querySelectorAll('mark')].some(({ textContent }) => textContent === 'lemon'),
    )
    await look()
    await fill(page, words('library.search.texts'), 'الليمون')
    await lists(page, ['مرحبا بالعالم'])
    await fill(page, words('library.search.texts'), 'no such words')
    await says(page, plainWords('library.search.nothingHas', { search: 'no such words' }))
    await look()
    await press(page, words('library.search.showAll'))
    await says(page, counted('library.list.textCount', { n: 4 }))
  })

  test('it is listed by site, each with its name at the head', async () => {
    await page.select('select', 'site')
    await lists(page, ['mail.example', 'Dear Ben', 'wiki.example', words('library.noSite')])
    await look()
    await page.select('select', 'time')
    await says(page, counted('library.list.textCount', { n: 4 }))
  })

  test('a text is read from its own side, with its site, and copied as it is', async () => {
    await fill(page, words('library.search.texts'), 'مرحبا')
    await lists(page, ['مرحبا بالعالم'])
    await page.click('[role="option"]')
    await named(page, words('libraryEntry.copySealed'), 'button')
    await says(page, 'رسالة عن شجرة الليمون')
    const direction = await page.$eval('.text-piece', (each) => getComputedStyle(each).direction)
    expect(direction).toBe('rtl')
    await named(page, words('libraryEntry.copyPlaintext'), 'button')
    await look()
    await emptySearch(page)
  })

  test('many are ticked by keys and by the mouse, deleted together, and had back', async () => {
    await focusList(page)
    await page.keyboard.press('Home')
    await page.keyboard.press(' ')
    await chord(page, 'Shift', 'ArrowDown')
    await says(page, counted('library.selection.count', { n: 2 }))
    expect((await rowsIn(page)).map(({ ticked }) => ticked)).toEqual([true, true, false, false])
    await page.keyboard.down('Shift')
    await (await page.$$('[role="option"]'))[3]?.click()
    await page.keyboard.up('Shift')
    await says(page, counted('library.selection.count', { n: 4 }))
    await look()
    await focusList(page)
    await page.keyboard.press('Escape')
    await page.keyboard.press('End')
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press(' ')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press(' ')
    await page.keyboard.press('Delete')
    await says(page, counted('library.deletion.deleted', { n: 2 }))
    await waitFor('two to be left', async () => (await rowsIn(page)).length === 2)
    await look()
    await focusList(page)
    await chord(page, 'Control', 'z')
    await waitFor('four to be there', async () => (await rowsIn(page)).length === 4)
    await fill(page, words('library.search.texts'), 'Ada')
    await lists(page, ['Dear Ada'])
    await page.click('[role="option"]')
    await press(page, words('libraryEntry.delete'))
    await says(page, counted('library.deletion.deleted', { n: 1 }))
    await press(page, words('library.deletion.undo'))
    await lists(page, ['Dear Ada'])
    await focusGoesOn(page)
    await emptySearch(page)
  })

  test('what was changed elsewhere meanwhile is not overwritten: both are shown', async () => {
    const id = await openFound(page, 'Dear Ben', 'no lemons')
    await press(page, words('libraryEntry.edit'))
    await fieldNamed(page, words('libraryEntry.label'))
    await page.keyboard.type('Mine. ')
    const entry = (await answered(ask(page, 'openEntry', { id }))) as { revision: number }
    await answered(ask(page, 'saveEntry', { id, revision: entry.revision, text: 'Theirs, written elsewhere' }))
    await press(page, words('libraryEntry.editor.save'))
    await says(page, errorSentence('conflict', 'save-entry'))
    await says(page, 'Theirs, written elsewhere')
    expect(await valueIn(page, words('libraryEntry.conflict.mine'))).toContain('Mine. Dear Ben')
    await look()
    await press(page, words('libraryEntry.conflict.saveMine'))
    await lists(page, ['Mine. Dear Ben'])
    await emptySearch(page)
  })

  test('a lock wipes all of it, saves what was being written, and unlocking brings back the list', async () => {
    await openFound(page, 'Dear Ada', 'has flowers')
    await press(page, words('libraryEntry.edit'))
    const box = await fieldNamed(page, words('libraryEntry.label'))
    await page.keyboard.type('Locked in the middle. ')
    const held = (await box.evaluateHandle((each) => each)) as ElementHandle<HTMLTextAreaElement>
    await lock(session, site)
    await says(page, words('library.locked'))
    await says(page, words('library.unsaved.saved'))
    const markup = await page.evaluate(() => document.documentElement.outerHTML)
    expect(markup.match(/.{0,200}(lemon|Ada|Ben|seeds|Locked in).{0,100}/g)).toBe(null)
    expect(await held.evaluate((each) => each.value)).toBe('')
    await look()
    await unlock(session, password, site)
    await page.bringToFront()
    await lists(page, ['Locked in the middle. Dear Ada'], { only: false })
    expect(await has(page, words('libraryEntry.label'), 'textbox')).toBe(false)
    await press(page, words('library.understood'))
  })

  test('texts leave as plaintext only for the password, and come back from the file', async () => {
    await catchFiles(page)
    await press(page, words('library.export'))
    await press(page, words('libraryFiles.export.kinds.json'), 'radio')
    await says(page, plainWords('libraryFiles.export.warning'))
    await look()
    await press(page, words('libraryFiles.export.start'))
    await fill(page, words('secrets.proof.password'), 'not the password')
    await press(page, 'Continue')
    await says(page, errorSentence('wrong-secret', 'prove-by-password'))
    await look()
    await confirmPerson(page, password)
    await says(page, counted('libraryFiles.export.done', { n: 4 }))
    const file = await caughtFile(page)
    expect(file.name).toMatch(/^fieldseal-texts-.*\.json$/)
    expect(JSON.parse(file.text).texts).toHaveLength(4)
    await press(page, words('libraryFiles.close'))

    const files = [
      ['a.json', file.text],
      ['b.md', '# From a file\nwith a line'],
      ['c.png', 'x'],
    ] as const
    await withFiles(files, async (paths) => {
      await press(page, words('library.import'))
      const input = (await page.$('input[type="file"]')) as ElementHandle<HTMLInputElement>
      await input.uploadFile(...paths)
      await says(page, words('libraryFiles.file.otherKind'))
      await look()
      await press(page, counted('libraryFiles.import.start', { n: 5 }))
      await says(page, counted('libraryFiles.import.done', { n: 5 }))
      await press(page, words('libraryFiles.close'))
      await says(page, counted('library.list.textCount', { n: 9 }))
    })
  })

  test('a text that was altered on the disk is shown as damaged, harms no other, and can be deleted', async () => {
    const id = await openFound(page, 'From a file', 'with a line')
    await alterDocument(session, id)
    await session.killBackground()
    await page.reload({ waitUntil: [] })
    await says(page, counted('library.list.textCount', { n: 9 }), 20_000)
    await waitFor('a damaged row', async () =>
      (await rowsIn(page)).some((row) => row.words.includes(words('library.list.damaged'))),
    )
    await (await named(page, words('library.texts'), 'listbox')).focus()
    for (const [index, row] of (await rowsIn(page)).entries())
      if (row.words.includes(words('library.list.damaged'))) await (await page.$$('[role="option"]'))[index]?.click()
    await says(page, errorSentence('damaged', 'open-entry'))
    await look()
    await press(page, words('libraryEntry.deleteDamaged'))
    await says(page, counted('library.list.textCount', { n: 8 }))
  })

  test('the settings say what is kept, and give everything new keys', async () => {
    await press(page, words('library.settings'))
    await press(page, words('library.keep.label'), 'switch')
    await says(page, words('library.keep.saved'))
    await fill(page, words('library.keyAge.label'), '0')
    await press(page, words('library.keyAge.save'))
    await says(page, words('library.keyAge.outOfRange', { least: 1, most: formatNumber(maxKeyAgeDays) }))
    await fill(page, words('library.keyAge.label'), '30')
    await press(page, words('library.keyAge.save'))
    await waitFor('it to be stored', async () => {
      const state = (await answered(ask(page, 'getLibraryState', {}))) as { keepTexts: boolean; rekeyAfterDays: number }
      return !state.keepTexts && state.rekeyAfterDays === 30
    })
    await press(page, words('library.reencryption.start'))
    await says(page, patternOf(words('library.reencryption.done', { keys: anyValue })), 20_000)
    await look()
    await press(page, words('library.keep.label'), 'switch')
    await says(page, words('library.keep.saved'))
  })

  test('a narrow window shows the list, or the text with the way back', async () => {
    await page.click('nav button')
    await page.setViewport({ width: 320, height: 700 })
    await lists(page, ['Locked in the middle'], { only: false })
    await page.click('[role="option"]')
    await says(page, words('libraryEntry.copySealed'))
    expect(await page.$eval('[role="listbox"]', (each) => each.checkVisibility())).toBe(false)
    const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)
    expect(wide).toBe(false)
    await look()
    await press(page, plainWords('libraryEntry.back'))
    await waitFor('the list', () => page.$eval('[role="listbox"]', (each) => each.checkVisibility()))
    await waitFor('the focus in it', async () => (await activeRow(page)) !== '')
    await look()
    expect(await readPage(page)).toContain(counted('library.list.textCount', { n: 8 }))
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
