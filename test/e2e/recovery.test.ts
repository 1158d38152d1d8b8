// Recovery, rehearsed: the recovery key is tested, shares are made and handed out, and shares open the vault when password
// and recovery key are lost. Each wrong share is told from the others, and too few of them do nothing.

import type { Page } from 'puppeteer-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { formatShare, parseShare } from '../../src/crypto/shares.ts'
import { scan } from '../ui/scan.ts'
import { answered, ask } from './asking.ts'
import { moveClock } from './clock.ts'
import { kinds, type Session, waitFor } from './session.ts'
import { password, type Setting, setUp } from './setting.ts'
import {
  clear,
  confirmPerson,
  confirmRecoveryKey,
  fill,
  has,
  lock,
  named,
  placeVault,
  press,
  prove,
  readPage,
  says,
  unlock,
} from './steps.ts'

const nextPassword = 'a second and much longer password'
const shareLike = /^([0-9A-Z]{4}-){10}[0-9A-Z]{3}$/

describe.each(kinds)('in %s', (kind) => {
  let setting: Setting
  let session: Session
  let site: Page
  let recoveryKey: string
  let shares: string[]
  let older: string[]
  beforeAll(async () => {
    setting = await setUp(kind)
    session = setting.session
    recoveryKey = await placeVault(session, password)
    site = await session.newPage(setting.site.origin)
  })
  afterAll(() => setting?.end())

  describe('the recovery key', () => {
    test('is tested from the options: mistyped, wrong, and right', async () => {
      const page = await session.openExtensionPage('options.html')
      await says(page, 'It was never tested')
      await press(page, 'Test recovery key')
      await press(page, 'Test this key')
      await says(page, '0 of 32 letters')
      const typo = `${recoveryKey.slice(0, 10)}${recoveryKey[10] === 'Q' ? 'P' : 'Q'}${recoveryKey.slice(11)}`
      await fill(page, 'Recovery key', typo)
      await says(page, 'There is a typing error in group 3')
      await press(page, 'Test this key')
      expect(await readPage(page)).not.toContain('Your copy is right')

      const { recoveryKey: other } = (await answered(ask(page, 'proposeRecovery', {}))) as { recoveryKey: string }
      await fill(page, 'Recovery key', other)
      await says(page, 'no typing errors')
      await press(page, 'Test this key')
      await says(page, 'does not open this vault')

      await fill(page, 'Recovery key', recoveryKey.toLowerCase().replaceAll('-', ' '))
      await press(page, 'Test this key')
      await says(page, 'Your copy is right')
      await says(page, /Last tested on \d{4}-\d\d-\d\d/)
      expect(await page.evaluate(() => document.querySelectorAll('textarea').length)).toBe(0)
      await page.close()
    })

    test('that is replaced was never tested, and its sheet says which vault it is for', async () => {
      const page = await session.openExtensionPage('options.html')
      await fill(page, 'Name of the vault', 'Ada’s vault')
      await press(page, 'Rename the vault')
      await says(page, 'Saved.')
      const renew = await session.openExtensionPage('onboarding.html#renew')
      await confirmPerson(renew, password)
      await named(renew, 'Confirm', 'button')
      const [sheet, ...more] = await onPaper(renew)
      expect(more).toEqual([])
      expect(sheet?.words).toContain('Vault: Ada’s vault')
      // In print there is nothing but the sheet; on the screen it is not there.
      expect(await besidesPaper(renew)).toEqual([])
      const key = await confirmRecoveryKey(renew)
      expect(sheet?.words).toContain(key.replaceAll('-', ''))
      expect(sheet?.code).toBe(key)
      await says(renew, 'The recovery key is replaced')
      expect(await onPaper(renew)).toEqual([])
      await says(page, 'It was never tested')
      for (const each of [page, renew]) await each.close()
    })
  })

  describe('shares', () => {
    test('are made for people, printed one by one, and in force once they are handed out', async () => {
      const page = await session.openExtensionPage('options.html')
      older = await makeShares(page, ['Ada', 'Bo', 'Cy'])
      await says(page, 'The shares are in force')
      await says(page, 'Any 2 of the 3 shares together')
      await says(page, 'Bo')
      shares = await makeShares(page, [], async () => {
        const sheets = await onPaper(page)
        expect(sheets.map(({ code }) => code)).toEqual(await lettersOf(page))
        // Those who had a share before are there again.
        expect(sheets[1]?.words).toContain('For Bo')
        expect(sheets[1]?.words).toContain('Vault: Ada’s vault')
        for (const [at, { words }] of sheets.entries()) {
          const others = sheets.filter((_, other) => other !== at)
          for (const { code } of others) expect(words.replaceAll('-', '')).not.toContain(code?.replaceAll('-', ''))
        }
        await page.evaluate(() => {
          globalThis.print = () => undefined
        })
        await press(page, 'Print share 2')
        expect((await onPaper(page)).map(({ code }) => code)).toEqual([sheets[1]?.code])
        await page.evaluate(() => dispatchEvent(new Event('afterprint')))
        expect((await onPaper(page)).length).toBe(3)

        await press(page, 'Put these shares in the place of the old')
        await says(page, 'Tick this once every share is out of this tab')
      })
      await says(page, 'The shares are in force')
      expect(await onPaper(page)).toEqual([])
      expect(shares).not.toEqual(older)
      await page.close()
    })

    test('that a lock cut off are gone from tab and paper, and the person is told', async () => {
      const page = await session.openExtensionPage('options.html')
      await prove(page, password)
      await press(page, 'Make new shares')
      await press(page, 'Make 3 shares')
      await waitFor('the sheets', async () => (await onPaper(page)).length === 3)
      await answered(ask(page, 'lock', {}))
      await says(page, 'locked before the new shares were put in force')
      expect([await onPaper(page), await lettersOf(page)]).toEqual([[], []])
      await page.close()
      await site.bringToFront()
      await unlock(session, password, site)
    })

    test('set a new password, two of three; one alone, mistyped, twice, forged or of another set they do not', async () => {
      await lock(session, site)
      const page = await session.openExtensionPage('onboarding.html#recover')
      await press(page, 'Use shares instead', 'link')
      await says(page, '2 of the 3 shares are needed')
      const [first = '', second = '', third = ''] = shares
      await press(page, 'Add this share')
      await says(page, '0 of 43 letters')

      await fill(page, 'First share', `${first.slice(0, 5)}${first[5] === 'Q' ? 'P' : 'Q'}${first.slice(6)}`)
      await says(page, 'There is a typing error in group 2')
      await press(page, 'Add this share')
      expect(await has(page, 'Remove share 1', 'button')).toBe(false)

      await fill(page, 'First share', first.toLowerCase().replaceAll('-', ' '))
      await says(page, 'This is share 1, without a typing error')
      await press(page, 'Add this share')
      await says(page, '1 of 2 shares')
      expect(await has(page, 'New password')).toBe(false)

      await fill(page, 'Next share', older[1] ?? '')
      await says(page, 'not one of those that open this vault')
      await press(page, 'Add this share')
      await fill(page, 'Next share', first)
      await says(page, 'Share 1 is here already')
      await press(page, 'Add this share')
      await says(page, '1 of 2 shares')
      expect(await has(page, 'New password')).toBe(false)

      await fill(page, 'Next share', forged(third))
      await press(page, 'Add this share')
      await says(page, 'One of these shares was altered or forged')
      expect(await has(page, 'New password')).toBe(false)
      await fill(page, 'Next share', third)
      await says(page, 'Another share 3 is here already')
      await fill(page, 'Next share', second)
      await press(page, 'Add this share')
      await says(page, 'share 3 was altered or forged')
      await press(page, 'Remove share 3')
      await press(page, 'Remove share 2')
      await says(page, '1 of 2 shares')
      await fill(page, 'Next share', third)
      await press(page, 'Add this share')
      await says(page, /they open the vault\.\s/)
      expect(await page.$$('textarea')).toEqual([])
      await fill(page, 'New password', nextPassword)
      await fill(page, 'Repeat new password', nextPassword)
      await press(page, 'Set new password')
      await says(page, 'Your new password is set', 30_000)
      await says(page, 'make new shares')
      expect(page.url()).toBe(session.extensionUrl('onboarding.html#shares'))
      await page.close()
      await site.bringToFront()
      await lock(session, site)
      await unlock(session, nextPassword, site)
      const options = await session.openExtensionPage('options.html')
      await says(options, 'Shares were used to set a new password')
      await options.close()
    })

    test('that were taken back open nothing, and the page for them says that there are none', async () => {
      const page = await session.openExtensionPage('options.html')
      await prove(page, nextPassword)
      await press(page, 'Remove shares')
      await press(page, 'Keep them')
      await press(page, 'Remove shares')
      await press(page, 'Take the shares back')
      await says(page, 'The shares are taken back')
      const without = await session.openExtensionPage('onboarding.html#shares')
      await says(without, 'This vault has no shares')
      await press(without, 'Use the recovery key', 'link')
      await says(without, 'With your recovery key you can set a new password')
      expect(await has(without, 'Use shares instead', 'link')).toBe(false)
      for (const each of [page, without]) await each.close()
    })
  })

  test('the popup reminds of a key that was never tested, leads to the test, and can be told “not now”', async () => {
    await moveClock(session, 4)
    await site.bringToFront()
    // Nobody has done anything for days.
    await unlock(session, nextPassword, site)
    let popup = await session.realPopup(site)
    // What is new comes first.
    await press(popup, 'That was me')
    await says(popup, 'You have never tested your recovery key')
    await press(popup, 'Test my recovery key')
    const options = await session.ownPage('options.html')
    await named(options, 'Test this key', 'button')
    await options.close()
    await site.bringToFront()
    popup = await session.realPopup(site)
    await press(popup, 'Not now')
    await waitFor('it to go', async () => !(await readPage(popup)).includes('never tested'))
    await session.closePopup()
    popup = await session.realPopup(site)
    await named(popup, 'Use on this site')
    expect(await readPage(popup)).not.toContain('never tested')
    await session.closePopup()
  })

  test('nobody complained', () => {
    expect(session.problems).toEqual([])
  })
})

/** Makes three shares, two of them needed, and hands them out. `between` sees the page while they are shown. */
async function makeShares(page: Page, names: string[], between?: () => Promise<void>): Promise<string[]> {
  await prove(page, password)
  const again = await has(page, 'Make new shares', 'button')
  await press(page, again ? 'Make new shares' : 'Make shares')
  await says(page, 'One alone learns nothing')
  for (const [at, name] of names.entries()) {
    await clear(page, `Name for share ${at + 1}`)
    await fill(page, `Name for share ${at + 1}`, name)
  }
  await press(page, 'Make 3 shares')
  await says(page, 'Hand out the shares')
  const made = await lettersOf(page)
  expect(made.length).toBe(3)
  for (const share of made) expect(share).toMatch(shareLike)
  await between?.()
  await page.click('input[type="checkbox"]')
  await press(page, again ? 'Put these shares in the place of the old' : 'Put these shares in force')
  await waitFor('them to be in force', async () => (await lettersOf(page)).length === 0)
  return made
}

/** A share with the checksum of its own, and with letters that were never made. */
function forged(share: string): string {
  const genuine = parseShare(share)
  const point = Uint8Array.from(genuine.point)
  point[0] = (point[0] ?? 0) ^ 1
  return formatShare({ ...genuine, point })
}

/** The written secrets that a page shows, in its order. */
function lettersOf(page: Page): Promise<string[]> {
  return page.$$eval('.key output.letters', (all) => all.map(({ textContent }) => (textContent ?? '').trim()))
}

interface Printed {
  readonly words: string
  /** What a scanner reads off its QR code. */
  readonly code: string | null
}

/** The sheets that lie ready for printing. */
async function onPaper(page: Page): Promise<Printed[]> {
  const sheets = await page.$$eval('body > .paper .sheet', (all) =>
    all.map((sheet) => ({
      words: (sheet.textContent ?? '').trim(),
      side: Number(sheet.querySelector('svg')?.getAttribute('viewBox')?.split(' ')[2]),
      path: sheet.querySelector('svg path:last-child')?.getAttribute('d') ?? '',
    })),
  )
  return sheets.map(({ words, side, path }) => ({ words, code: scan(path, side) }))
}

/** What paper gets beside the sheets, by the style sheet's rules for print. On the screen the sheets take no place. */
async function besidesPaper(page: Page): Promise<string[]> {
  expect(await page.$eval('body > .paper', (paper) => paper.getClientRects().length)).toBe(0)
  return page.evaluate(() => {
    const rules = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules])
    const print = rules.filter(
      (rule): rule is CSSMediaRule => rule instanceof CSSMediaRule && /print/.test(rule.media.mediaText),
    )
    const hidden = print
      .flatMap((rule) => [...rule.cssRules])
      .filter((rule): rule is CSSStyleRule => rule instanceof CSSStyleRule && rule.style.display === 'none')
    return [...document.body.children]
      .filter((each) => !each.matches('.paper, script') && !hidden.some((rule) => each.matches(rule.selectorText)))
      .map(({ id, className }) => `${id} ${className}`)
  })
}
