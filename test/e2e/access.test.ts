// Every page of ours, in every state, in a light and a dark scheme: axe finds nothing serious or critical. And the keyboard
// alone is enough to make a vault and to unlock it, with the focus to be seen at every step.

import type { Frame, Page } from 'puppeteer-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { answered, ask, askFromContent } from './asking.ts'
import { faults, focus, schemes, setScheme, tabTo } from './looking.ts'
import { kinds, pause, type Session, waitFor } from './session.ts'
import { password, type Setting, setUp } from './setting.ts'
import {
  confirmPerson,
  fieldNamed,
  fill,
  lock,
  named,
  press,
  prove,
  says,
  sealedIn,
  switchOn,
  unlock,
} from './steps.ts'

describe.each(kinds)('in %s', (kind) => {
  let setting: Setting
  let session: Session
  let site: Page
  beforeAll(async () => {
    setting = await setUp(kind)
    session = setting.session
    site = await session.newPage(setting.site.origin)
  })
  afterAll(() => setting?.end())

  test('axe finds what is wrong where something is', async () => {
    await site.evaluate(() => document.body.insertAdjacentHTML('beforeend', '<button id="nameless"></button>'))
    expect((await faults(site, 'light')).join()).toContain('button-name')
    await site.reload({ waitUntil: kind === 'firefox' ? [] : 'load' })
  })

  test('before there is a vault', async () => {
    await look(await popupOver(), 'Create your vault')
    await session.closePopup()
    for (const [path, words] of Object.entries({
      'options.html': 'There is no vault on this device yet',
      'onboarding.html#recover': 'There is no vault here',
      'onboarding.html#join': 'There is no vault in the browser’s sync',
      'composer.html': 'Create one first',
    })) {
      const page = await session.openExtensionPage(path)
      await says(page, words)
      await look(page)
      await page.close()
    }
  })

  test('a vault is made with the keyboard alone, and every step can be read by everyone', async () => {
    const page = await session.openExtensionPage('onboarding.html')
    await named(page, 'Create vault', 'button')
    await look(page)
    await tabTo(page, 'Password')
    await page.keyboard.type('short')
    await page.keyboard.press('Enter')
    await waitFor('it to be refused', async () => (await page.$$('[role="alert"]')).length > 0)
    await look(page)
    expect((await focus(page)).name).toBe('Password')
    await selectAll(page)
    await page.keyboard.type(password)
    await tabTo(page, 'Suggest a passphrase')
    await page.keyboard.press(' ')
    await tabBackTo(page, 'Use this passphrase')
    await look(page)
    await tabBackTo(page, 'Repeat password')
    await page.keyboard.type(password)
    await tabTo(page, 'Create vault')
    await page.keyboard.press('Enter')

    const key = await named(page, 'Recovery key')
    const groups = ((await key.evaluate((each) => each.textContent)) ?? '').trim().split('-')
    await look(page)
    const asked = await page.$$eval('label', (labels) => labels.map(({ textContent }) => textContent ?? ''))
    for (const name of asked) {
      await tabTo(page, name)
      await page.keyboard.type(groups[Number(name.replace('Group ', '')) - 1] ?? '')
    }
    await look(page)
    await tabTo(page, 'Confirm')
    await page.keyboard.press('Enter')

    await named(page, 'Continue', 'button', 30_000)
    await look(page)
    await tabTo(page, 'Continue')
    await page.keyboard.press('Enter')

    await named(page, 'Practice field')
    await look(page)
    await tabTo(page, 'Seal')
    await page.keyboard.press('Enter')
    await says(page, 'What the website has')
    await look(page)
    await tabTo(page, 'Done')
    // The page may be gone before the key is let go.
    await page.keyboard.press('Enter').catch(() => undefined)
    await waitFor('onboarding to close', async () => (await session.ownPages('onboarding.html')).length < 2)
  })

  test('the popup, unlocked', async () => {
    await site.bringToFront()
    await look(await popupOver(), 'Lock')
    await session.closePopup()
    await switchOn(session, site)
    const popup = await popupOver()
    await says(popup, 'No sealed texts on this page')
    await look(popup, 'Lock')
    await session.closePopup()
  })

  test('options, unlocked, with errors and with a new recovery key', async () => {
    const page = await session.openExtensionPage('options.html')
    await named(page, 'Lock', 'button')
    await look(page)
    await press(page, 'Change password')
    await says(page, 'Type the current password')
    await press(page, 'Replace recovery key')
    await named(page, 'Confirm it’s you', 'dialog')
    await look(page)
    await confirmPerson(page, password)
    await named(page, 'Confirm', 'button')
    await look(page)
    await page.close()
  })

  test('recovery, rehearsed: testing the key, making shares, and typing them in', async () => {
    const page = await session.openExtensionPage('options.html')
    await press(page, 'Test recovery key')
    await fill(page, 'Recovery key', 'QQQQ-QQQQ-QQQQ-QQQQ-QQQQ-QQQQ-QQQQ-QQQQ')
    await says(page, 'typing error')
    await prove(page, password)
    await press(page, 'Make shares')
    await named(page, 'Make 3 shares', 'button')
    await look(page)
    await press(page, 'Make 3 shares')
    await says(page, 'Hand out the shares')
    await press(page, 'Put these shares in force')
    await says(page, 'Tick this once')
    await look(page)
    const shares = await page.$$eval('.key output', (all) => all.map(({ textContent }) => textContent ?? ''))
    await tabTo(page, 'Every share is handed out, or printed or saved to be handed out')
    await page.keyboard.press(' ')
    await tabTo(page, 'Put these shares in force')
    await page.keyboard.press('Enter')
    await says(page, 'The shares are in force')
    await press(page, 'Remove shares')
    await look(page)
    const recover = await session.openExtensionPage('onboarding.html#shares')
    await fill(recover, 'First share', shares[0] ?? '')
    await tabTo(recover, 'Add this share')
    await recover.keyboard.press('Enter')
    await says(recover, '1 of 2 shares')
    expect((await focus(recover)).name).toBe('Next share')
    await fill(recover, 'Next share', shares[0] ?? '')
    await says(recover, 'here already')
    await look(recover)
    await fill(recover, 'Next share', shares[1] ?? '')
    await press(recover, 'Add this share')
    await says(recover, 'they open the vault')
    expect((await focus(recover)).name).toBe('New password')
    await look(recover)
    await page.bringToFront()
    await press(page, 'Take the shares back')
    await says(page, 'The shares are taken back')
    for (const each of [page, recover]) await each.close()
  })

  test('the reader in a page: opened, as ciphertext, sealed elsewhere, and damaged', async () => {
    const options = await session.openExtensionPage('options.html')
    const onboarding = await session.openExtensionPage('onboarding.html')
    const here = askFromContent(options, setting.site.origin, 'seal', {
      text: 'Read me out\nline by line',
      replaces: null,
    })
    const { sealed } = (await answered(here)) as { sealed: string }
    const { sealed: nowhere } = (await answered(ask(onboarding, 'practiceSeal', { text: 'x' }))) as { sealed: string }
    const damaged = `${sealed.slice(0, -3)}${sealed.endsWith('000') ? '111' : '000'}`
    for (const each of [options, onboarding]) await each.close()
    // The last stands on top: Chromium does not tell of frames that are out of sight to assistive technology.
    for (const note of [damaged, nowhere, sealed]) {
      await fetch(`${setting.site.origin}/notes`, { method: 'POST', body: new URLSearchParams({ title: '', note }) })
    }
    await lookAtReaders(['Damaged', 'outside any site', 'Open in a window'])
    const other = await session.newPage(setting.site.origin)
    const frame = await readerThatSays('Show ciphertext', other)
    const shows = () => frame.evaluate(() => (document.body.textContent ?? '').includes('Show opened text'))
    // Chromium drops clicks on a frame that has just moved, so that nobody is tricked into one.
    const pressed = async () => (await shows()) || (await press(frame, 'Show ciphertext').then(shows))
    await waitFor('the ciphertext to be shown', pressed, { everyMs: 600 })
    expect(await faults(frame, 'light')).toEqual([])
    await other.close()
    await site.bringToFront()
  })

  test('the composer: empty, with a text, sealed to be copied', async () => {
    await site.bringToFront()
    await (await fieldNamed(site, 'Note')).focus()
    await session.command('compose', site)
    const page = await session.ownPage('composer.html')
    await named(page, 'Seal', 'button')
    await look(page)
    await fill(page, 'Text to seal', 'With a text')
    await says(page, 'Draft kept')
    await look(page)
    await site.evaluate(() => document.querySelector('form.card')?.remove())
    await press(page, 'Seal')
    await says(page, 'Copy the sealed text')
    await look(page)
    await page.close()
    await site.reload({ waitUntil: kind === 'firefox' ? [] : 'load' })
  })

  test('the window that asks whether an opened text may go back: asking, and when it came to nothing', async () => {
    await fill(site, 'Note', 'To be put back')
    await (await fieldNamed(site, 'Note')).click()
    await session.command('seal-field', site)
    await sealedIn(site, 'Note')
    await session.command('put-back', site)
    const page = await session.ownPage('composer.html')
    await named(page, 'Put it into the page', 'button')
    await look(page)
    await site.evaluate(() => document.querySelector('form.card')?.remove())
    await press(page, 'Put it into the page')
    await says(page, 'The page or its field is gone')
    await look(page)
    await page.close()
  })

  test('everything, locked', async () => {
    const composer = await session.openExtensionPage('composer.html')
    await named(composer, 'Seal', 'button')
    await look(composer)
    await site.bringToFront()
    await lock(session, site)
    await says(composer, 'The vault is locked')
    await look(composer)
    await composer.close()
    await lookAtReaders(['Unlock to read'])
    for (const [path, words] of Object.entries({
      'options.html': 'The vault is locked',
      'onboarding.html': 'You already have a vault',
      'popup.html#unlock': 'Unlock your vault',
    })) {
      const page = await session.openExtensionPage(path)
      await says(page, words)
      await look(page)
      await page.close()
    }
    const recover = await session.openExtensionPage('onboarding.html#recover')
    await fill(recover, 'Recovery key', 'OOOO-1111-BBBB-IIII-2222-3333-4444-5555')
    await says(recover, 'that recovery keys never use')
    await press(recover, 'Set new password')
    await look(recover)
    await recover.close()
  })

  test('the popup unlocks with the keyboard alone, and says so when the password is wrong', async () => {
    await site.bringToFront()
    const popup = await popupOver()
    await named(popup, 'Unlock', 'button')
    await look(popup)
    expect((await focus(popup)).name).toBe('Password')
    await popup.keyboard.type('not the password')
    await popup.keyboard.press('Enter')
    await waitFor('it to be said', async () => (await popup.$$('[role="alert"]')).length > 0, { timeoutMs: 30_000 })
    expect((await focus(popup)).name).toBe('Password')
    await look(popup)
    await popup.keyboard.type(password)
    await tabTo(popup, 'Unlock')
    await popup.keyboard.press('Enter')
    await named(popup, 'Lock', 'button', 30_000)
    await tabTo(popup, 'Lock')
    await popup.keyboard.press('Enter')
    await named(popup, 'Unlock', 'button')
    await session.closePopup()
    await unlock(session, password, site)
  })

  /** Whatever is there now has no fault, in either scheme. */
  async function look(page: Page, words?: string): Promise<void> {
    if (words !== undefined) await named(page, words)
    const found: string[] = []
    for (const scheme of schemes) {
      await setScheme(session, page, scheme)
      found.push(...(await faults(page, scheme)))
    }
    expect(found).toEqual([])
  }

  const popupOver = () => session.realPopup(site)

  function readerThatSays(words: string, page = site): Promise<Frame> {
    return waitFor(`a reader that says “${words}”`, async () => {
      const seen: string[] = []
      for (const frame of await session.readerFrames(page)) {
        // A frame that is just going away never answers.
        const said = frame.evaluate(() => document.body.textContent).catch(String)
        const text = await Promise.race([said, pause(2000).then(() => 'nothing yet')])
        if (text.includes(words)) return frame
        seen.push(text)
      }
      throw new Error(`there are: ${JSON.stringify(seen)}`)
    })
  }

  /** The readers that say this have no fault, on a page that is dark and on one that is light. */
  async function lookAtReaders(states: readonly string[]): Promise<void> {
    const found: string[] = []
    await site.bringToFront()
    for (const scheme of [...schemes].reverse()) {
      await setScheme(session, site, scheme)
      // A reader takes on the look of its page when it is opened.
      await site.reload({ waitUntil: kind === 'firefox' ? [] : 'load' })
      for (const words of states) {
        const frame = await readerThatSays(words)
        // What lies behind a frame is the page's, and not to be seen from inside: this is the same colour.
        const ground = await site.$eval('article', (card) => getComputedStyle(card).backgroundColor)
        await frame.evaluate((colour) => document.documentElement.style.setProperty('background', colour), ground)
        found.push(...(await faults(frame, scheme)))
      }
    }
    expect(found).toEqual([])
  }
})

async function selectAll(page: Page): Promise<void> {
  await page.keyboard.down('Control')
  await page.keyboard.press('a')
  await page.keyboard.up('Control')
}

async function tabBackTo(page: Page, name: string): Promise<void> {
  await page.keyboard.down('Shift')
  await tabTo(page, name).finally(() => page.keyboard.up('Shift'))
}
