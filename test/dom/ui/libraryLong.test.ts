// A library of ten thousand texts, and one as long as a text can be: what is made of them in the page is little, and all of it
// is reached.

import type { Page } from 'puppeteer-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { formatNumber } from '../../../src/ui/app/format.ts'
import { answered, ask } from '../../e2e/asking.ts'
import { faults } from '../../e2e/looking.ts'
import { kinds, type Session, waitFor } from '../../e2e/session.ts'
import { password, type Setting, setUp } from '../../e2e/setting.ts'
import { activeRow, focusList, lists, putIn, rowsIn } from '../../e2e/shelves.ts'
import { fieldNamed, fill, has, placeVault, press, readPage, says } from '../../e2e/steps.ts'
import { anyValue, counted, patternOf, plainWords, words } from '../../words.ts'

const count = 10_000
const rowsMadeAtMost = 60

describe.each(kinds)('in %s', (kind) => {
  let setting: Setting
  let session: Session
  let page: Page
  beforeAll(async () => {
    setting = await setUp(kind)
    session = setting.session
    await placeVault(session, password)
    page = await session.openExtensionPage('library.html')
    await putIn(
      page,
      Array.from({ length: count }, (_, index) => ({
        text: `Text ${index}\nabout ${index % 2 === 0 ? 'even' : 'odd'} things${index === 7_654 ? ' and one needle' : ''}`,
        origin: `https://site${index % 40}.example`,
      })),
    )
    await says(page, counted('library.list.textCount', { n: count }), 60_000)
  })
  afterAll(() => setting?.end())

  test('shows the newest, and makes only the rows that are seen', async () => {
    await lists(page, ['Text 0', 'Text 1', 'Text 2'], { only: false })
    const rows = await rowsIn(page)
    expect(rows.length).toBeLessThan(rowsMadeAtMost)
    expect(rows[0]).toMatchObject({ at: 1, of: count })
    expect(await faults(page, 'light')).toEqual([])
  })

  test('is gone through to its end by the keyboard', async () => {
    await focusList(page)
    await page.keyboard.press('End')
    await waitFor('the last', async () => (await activeRow(page)).includes('Text 9999'))
    const rows = await rowsIn(page)
    expect(rows.at(-1)).toMatchObject({ at: count, of: count })
    expect(rows.length).toBeLessThan(rowsMadeAtMost)
    await page.keyboard.press('PageUp')
    await page.keyboard.press('ArrowUp')
    await waitFor('a row above it', async () => /Text 99\d\d/.test(await activeRow(page)))
    await page.keyboard.press('Home')
    await waitFor('the first', async () => (await activeRow(page)).includes('Text 0'))
  })

  test('is scrolled into its middle, and stays there when texts come above', async () => {
    await page.$eval('[role="listbox"]', (list) => {
      list.scrollTop = list.scrollHeight / 2
    })
    await waitFor('rows of the middle', async () => (await rowsIn(page)).some(({ words }) => /Text 50\d\d/.test(words)))
    const before = await firstSeen()
    await putIn(page, [{ text: 'A newer one' }, { text: 'And another' }])
    await says(page, counted('library.list.textCount', { n: count + 2 }))
    // Two rows further down by now, and still the first that is seen.
    const at = Number(before.replace('Text ', '')) + 3
    await waitFor('the same to be seen', async () => {
      const [rows, seen] = [await rowsIn(page), await firstSeen()]
      return seen === before && rows.find(({ words }) => words.includes(before))?.at === at
    })
  })

  test('finds one of them while it is typed', async () => {
    await fill(page, words('library.search.texts'), 'needle')
    await lists(page, ['Text 7654'])
    await says(page, counted('library.search.found', { n: 1 }))
    await fill(page, words('library.search.texts'), 'even site4.example')
    const found = (await answered(ask(page, 'listEntryIds', { search: 'even site4.example' }))) as { ids: string[] }
    expect(found.ids.length).toBeGreaterThan(1)
    await says(page, counted('library.search.found', { n: found.ids.length }))
    await (await fieldNamed(page, words('library.search.texts'))).focus()
    await fill(page, words('library.search.texts'), ' ')
    await says(page, counted('library.search.found', { n: count + 2 }))
  })

  test('ticks all of them at once', async () => {
    await focusList(page)
    await page.keyboard.press(' ')
    await press(page, words('library.selection.all', { count: formatNumber(count + 2) }))
    await says(page, counted('library.selection.count', { n: count + 2 }))
    await press(page, words('library.selection.clear'))
    expect(await has(page, words('library.selection.label'), 'group')).toBe(false)
    expect(await readPage(page)).not.toContain(counted('library.selection.count', { n: count + 2 }))
  })

  test('deletes many, and has them back', async () => {
    await fill(page, words('library.search.texts'), 'odd')
    await says(page, counted('library.search.found', { n: count / 2 }))
    await focusList(page)
    await page.keyboard.press(' ')
    await press(page, words('library.selection.all', { count: formatNumber(count / 2) }))
    await says(page, counted('library.selection.count', { n: count / 2 }))
    await focusList(page)
    await page.keyboard.press('Delete')
    await says(page, counted('library.deletion.deleted', { n: count / 2 }), 60_000)
    await says(page, plainWords('library.search.nothingHas', { search: 'odd' }), 30_000)
    await press(page, words('library.deletion.undo'))
    await says(page, counted('library.search.found', { n: count / 2 }), 60_000)
  })

  test('shows the beginning of a text of a million letters, and all of it when asked', async () => {
    const line = 'All work and no play makes a long text. '
    const text = `The long one\n${line.repeat(25_000)}the very end`
    await putIn(page, [{ text }])
    await fill(page, words('library.search.texts'), 'long one')
    await lists(page, ['The long one'])
    await page.click('[role="option"]')
    await says(page, patternOf(counted('libraryEntry.shown', { shown: anyValue, n: text.length })))
    const shown = () => page.$eval('.text', (each) => each.textContent?.length ?? 0)
    expect(await shown()).toBeLessThan(25_000)
    await press(page, words('libraryEntry.showAll'))
    await waitFor('all of it', async () => (await shown()) > 1_000_000)
    expect(await page.$eval('.text', (each) => each.textContent?.endsWith('the very end'))).toBe(true)
    const { ids } = (await answered(ask(page, 'listEntryIds', { search: 'very end' }))) as { ids: string[] }
    expect(ids).toHaveLength(1)
  })

  /** The first words of the uppermost row of which something is seen. */
  function firstSeen(): Promise<string> {
    return page.evaluate(() => {
      const list = document.querySelector('[role="listbox"]')
      const top = list?.getBoundingClientRect().top ?? 0
      const rows = [...document.querySelectorAll<HTMLElement>('[role="option"]')]
      const seen = rows
        .map((row) => ({ row, at: row.getBoundingClientRect() }))
        .filter(({ at }) => at.bottom > top + 1)
        .sort((a, b) => a.at.top - b.at.top)[0]
      return /Text \d+|A newer one|And another/.exec(seen?.row.innerText ?? '')?.[0] ?? ''
    })
  }
})
