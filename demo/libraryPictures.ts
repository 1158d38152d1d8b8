// The pictures of the library, with texts made up for them.

import type { Page } from 'puppeteer-core'
import { answered, ask } from '../test/e2e/asking.ts'
import { type Session, waitFor } from '../test/e2e/session.ts'
import { lists, putIn } from '../test/e2e/shelves.ts'
import { fill, lock, named, press, says } from '../test/e2e/steps.ts'
import { anyValue, counted, patternOf, words } from '../test/words.ts'

type Take = (page: Page, name: string, width: number, height?: number) => Promise<void>

const [width, height] = [1200, 760]
const mail = { origin: 'https://mail.example', url: 'https://mail.example/letters' }
const notes = { origin: 'https://notes.example', url: 'https://notes.example/garden' }
const forum = { origin: 'https://forum.example', url: 'https://forum.example/topic/7' }
const hourMs = 3_600_000

const texts = [
  {
    ...notes,
    text: 'The garden in spring\nThe lemon tree goes out in May, not before.\nTomatoes by the wall; the old rose stays where it is.\nAsk Ada for seeds of the blue beans.',
  },
  {
    ...mail,
    text: 'Dear Ada,\nthank you for the lemons, and for the letter. I read it twice.\nCome on Sunday, and bring the map.',
  },
  { text: 'Things to say to the doctor\nSince when, how often, and what helped.' },
  { ...forum, text: 'Answer about old radios\nThe valve is hard to find, but a lemon battery will not do.' },
  { ...mail, text: 'Meet me at the old bridge at nine.\nBring the blue lantern, and tell nobody.' },
  { origin: 'https://wiki.example', url: null, text: 'مرحبا بالعالم\nرسالة قصيرة عن شجرة الليمون' },
  { ...notes, text: 'Where the spare key is\nUnder the third flowerpot.' },
  { ...forum, text: 'A recipe for quince jelly\nOne kilo of quinces, the juice of a lemon, patience.' },
  { ...mail, text: 'For the landlord\nThe window in the kitchen does not close.' },
]

/** `site` is any web page, to lock from. The vault is unlocked. */
export async function libraryPictures(
  session: Session,
  site: Page,
  take: Take,
  inDark: (page: Page, isDark: boolean) => Promise<void>,
): Promise<void> {
  const page = await session.openExtensionPage('library.html')
  await says(page, words('library.empty.heading'))
  await take(page, 'library-empty', width, height)
  const now = Date.now()
  await putIn(
    page,
    texts.map((text, index) => {
      const changedAt = now - index * 31 * hourMs
      return { ...text, createdAt: changedAt, changedAt }
    }),
  )
  await lists(page, ['The garden in spring'], { only: false })
  await page.click('[role="option"]')
  await named(page, words('libraryEntry.copySealed'), 'button')
  await take(page, 'library', width, height)
  await inDark(page, true)
  await take(page, 'library-dark', width, height)
  await inDark(page, false)
  await take(page, 'library-narrow', 360, 740)
  await page.setViewport({ width, height })

  await fill(page, words('library.search.texts'), 'lemon')
  await says(page, counted('library.search.found', { n: 4 }))
  await take(page, 'library-search', width, height)

  const { ids } = (await answered(ask(page, 'listEntryIds', { search: 'garden may' }))) as { ids: string[] }
  const changed = (texts[0]?.text ?? '')
    .replace('in May, not before', 'in the middle of May')
    .replace('old rose', 'rose')
  await answered(ask(page, 'saveEntry', { id: ids[0], revision: 1, text: changed }))
  await press(page, words('libraryEntry.versions.compare'))
  await says(page, patternOf(words('libraryEntry.versions.asOf', { date: anyValue })))
  await take(page, 'library-compare', width, height)
  await lock(session, site)
  await waitFor('it to be blank', async () => (await page.$('[role="listbox"]')) === null)
  await take(page, 'library-locked', width, 420)
}
