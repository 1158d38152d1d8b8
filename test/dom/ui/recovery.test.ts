// Recovery, rehearsed: the recovery key is tested, shares are made and handed out, and shares open the vault when password
// and recovery key are lost. Each wrong share is told from the others, and too few of them do nothing.

import type { Page } from 'puppeteer-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { formatShare, parseShare } from '../../../src/crypto/shares.ts'
import { answered, ask } from '../../e2e/asking.ts'
import { moveClock } from '../../e2e/clock.ts'
import { kinds, type Session, waitFor } from '../../e2e/session.ts'
import { password, type Setting, setUp } from '../../e2e/setting.ts'
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
} from '../../e2e/steps.ts'
import { scan } from '../../ui/pairing/scan.ts'
import { counted, words, wordsWithin } from '../../words.ts'

const nextPassword = 'a second and much longer password'
const share3IsForged = counted('errors.typedShares.wrong', {
  n: 1,
  shares: words('errors.typedShares.share', { index: 3 }),
})
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
      await says(page, words('optionsRecovery.key.untested'))
      await press(page, words('optionsRecovery.key.test'))
      await press(page, words('optionsRecovery.key.testThis'))
      await says(page, words('errors.code.length', { letters: 0, all: 32 }))
      const typo = `${recoveryKey.slice(0, 10)}${recoveryKey[10] === 'Q' ? 'P' : 'Q'}${recoveryKey.slice(11)}`
      await fill(page, words('errors.recoveryKey.label'), typo)
      await says(page, words('errors.code.group', { group: 3 }))
      await press(page, words('optionsRecovery.key.testThis'))
      expect(await readPage(page)).not.toContain(words('optionsRecovery.key.right'))

      const { recoveryKey: other } = (await answered(ask(page, 'proposeRecoveryKey', {}))) as { recoveryKey: string }
      await fill(page, words('errors.recoveryKey.label'), other)
      await says(page, words('errors.recoveryKey.complete'))
      await press(page, words('optionsRecovery.key.testThis'))
      await says(page, words('errors.testRecovery.wrongSecret'))

      await fill(page, words('errors.recoveryKey.label'), recoveryKey.toLowerCase().replaceAll('-', ' '))
      await press(page, words('optionsRecovery.key.testThis'))
      await says(page, words('optionsRecovery.key.right'))
      await says(page, /Last tested on \d{4}-\d\d-\d\d/)
      expect(await page.evaluate(() => document.querySelectorAll('textarea').length)).toBe(0)
      await page.close()
    })

    test('that is replaced was never tested, and its sheet says which vault it is for', async () => {
      const page = await session.openExtensionPage('options.html')
      await fill(page, words('options.vaultName.label'), 'Ada’s vault')
      await press(page, words('options.vaultName.rename'))
      await says(page, words('options.saved'))
      const renew = await session.openExtensionPage('onboarding.html#renew')
      await confirmPerson(renew, password)
      await named(renew, words('recovery.newKey.confirm'), 'button')
      const [sheet, ...more] = await onPaper(renew)
      expect(more).toEqual([])
      expect(sheet?.words).toContain(words('sheets.vault', { name: 'Ada’s vault' }))
      // In print there is nothing but the sheet; on the screen it is not there.
      expect(await besidesPaper(renew)).toEqual([])
      const key = await confirmRecoveryKey(renew)
      expect(sheet?.words).toContain(key.replaceAll('-', ''))
      expect(sheet?.code).toBe(key)
      await says(renew, words('onboarding.renew.replaced'))
      expect(await onPaper(renew)).toEqual([])
      await says(page, words('optionsRecovery.key.untested'))
      for (const each of [page, renew]) await each.close()
    })
  })

  describe('shares', () => {
    test('are made for people, printed one by one, and in force once they are handed out', async () => {
      const page = await session.openExtensionPage('options.html')
      older = await makeShares(page, ['Ada', 'Bo', 'Cy'])
      await says(page, words('optionsRecovery.shares.inForce'))
      await says(page, counted('recovery.shares.threshold', { n: 3, threshold: 2 }))
      await says(page, 'Bo')
      shares = await makeShares(page, [], async () => {
        const sheets = await onPaper(page)
        expect(sheets.map(({ code }) => code)).toEqual(await lettersOf(page))
        // Those who had a share before are there again.
        expect(sheets[1]?.words).toContain(words('sheets.share.holder', { name: 'Bo' }))
        expect(sheets[1]?.words).toContain(words('sheets.vault', { name: 'Ada’s vault' }))
        for (const [at, { words: printed }] of sheets.entries()) {
          const others = sheets.filter((_, other) => other !== at)
          for (const { code } of others) expect(printed.replaceAll('-', '')).not.toContain(code?.replaceAll('-', ''))
        }
        await page.evaluate(() => {
          globalThis.print = () => undefined
        })
        await press(page, words('optionsRecovery.handOut.printShare', { number: 2 }))
        expect((await onPaper(page)).map(({ code }) => code)).toEqual([sheets[1]?.code])
        await page.evaluate(() => dispatchEvent(new Event('afterprint')))
        expect((await onPaper(page)).length).toBe(3)

        await press(page, words('optionsRecovery.handOut.replace'))
        await says(page, words('optionsRecovery.handOut.unconfirmed'))
      })
      await says(page, words('optionsRecovery.shares.inForce'))
      expect(await onPaper(page)).toEqual([])
      expect(shares).not.toEqual(older)
      await page.close()
    })

    test('that a lock cut off are gone from tab and paper, and the person is told', async () => {
      const page = await session.openExtensionPage('options.html')
      await prove(page, password)
      await press(page, words('optionsRecovery.shares.makeNew'))
      await press(page, counted('optionsRecovery.choose.make', { n: 3 }))
      await waitFor('the sheets', async () => (await onPaper(page)).length === 3)
      await answered(ask(page, 'lock', {}))
      await says(page, words('optionsRecovery.shares.cutOff'))
      expect([await onPaper(page), await lettersOf(page)]).toEqual([[], []])
      await page.close()
      await site.bringToFront()
      await unlock(session, password, site)
    })

    test('set a new password, two of three; one alone, mistyped, twice, forged or of another set they do not', async () => {
      await lock(session, site)
      const page = await session.openExtensionPage('onboarding.html#recover')
      await press(page, wordsWithin('onboarding.recover.useShares', 'shares'), 'link')
      await says(page, counted('onboarding.shares.needed', { n: 2, count: 3 }))
      const [first = '', second = '', third = ''] = shares
      await press(page, words('recovery.shares.add'))
      await says(page, words('errors.code.length', { letters: 0, all: 43 }))

      await fill(
        page,
        words('recovery.shares.first'),
        `${first.slice(0, 5)}${first[5] === 'Q' ? 'P' : 'Q'}${first.slice(6)}`,
      )
      await says(page, words('errors.code.group', { group: 2 }))
      await press(page, words('recovery.shares.add'))
      expect(await has(page, words('recovery.shares.removeShare', { index: 1 }), 'button')).toBe(false)

      await fill(page, words('recovery.shares.first'), first.toLowerCase().replaceAll('-', ' '))
      await says(page, words('errors.typedShare.good', { index: 1 }))
      await press(page, words('recovery.shares.add'))
      await says(page, words('errors.typedShares.few', { count: 1, needed: 2 }))
      expect(await has(page, words('onboarding.shares.newPassword'))).toBe(false)

      await fill(page, words('recovery.shares.next'), older[1] ?? '')
      await says(page, words('errors.typedShare.otherSet'))
      await press(page, words('recovery.shares.add'))
      await fill(page, words('recovery.shares.next'), first)
      await says(page, words('errors.typedShare.twice', { index: 1 }))
      await press(page, words('recovery.shares.add'))
      await says(page, words('errors.typedShares.few', { count: 1, needed: 2 }))
      expect(await has(page, words('onboarding.shares.newPassword'))).toBe(false)

      await fill(page, words('recovery.shares.next'), forged(third))
      await press(page, words('recovery.shares.add'))
      await says(page, words('errors.typedShares.oneForged'))
      expect(await has(page, words('onboarding.shares.newPassword'))).toBe(false)
      await fill(page, words('recovery.shares.next'), third)
      await says(page, words('errors.typedShare.twiceOtherwise', { index: 3 }))
      await fill(page, words('recovery.shares.next'), second)
      await press(page, words('recovery.shares.add'))
      await says(page, share3IsForged)
      await press(page, words('recovery.shares.removeShare', { index: 3 }))
      await waitFor('that to be said no more', async () => !(await readPage(page)).includes(share3IsForged))
      await press(page, words('recovery.shares.removeShare', { index: 2 }))
      await says(page, words('errors.typedShares.few', { count: 1, needed: 2 }))
      await fill(page, words('recovery.shares.next'), third)
      await press(page, words('recovery.shares.add'))
      await says(page, /they open the vault\.\s/)
      expect(await page.$$('textarea')).toEqual([])
      await fill(page, words('onboarding.shares.newPassword'), nextPassword)
      await fill(page, words('onboarding.shares.repeatNewPassword'), nextPassword)
      await press(page, words('onboarding.shares.set'))
      await says(page, words('onboarding.shares.passwordSet'), 30_000)
      await says(page, words('onboarding.shares.stillWork'))
      expect(page.url()).toBe(session.extensionUrl('onboarding.html#shares'))
      await page.close()
      await site.bringToFront()
      await lock(session, site)
      await unlock(session, nextPassword, site)
      const options = await session.openExtensionPage('options.html')
      await says(options, words('optionsRecovery.shares.used'))
      await options.close()
    })

    test('that were taken back open nothing, and the page for them says that there are none', async () => {
      const page = await session.openExtensionPage('options.html')
      await prove(page, nextPassword)
      await press(page, words('optionsRecovery.shares.remove'))
      await press(page, words('optionsRecovery.shares.keep'))
      await press(page, words('optionsRecovery.shares.remove'))
      await press(page, words('optionsRecovery.shares.removeConfirm'))
      await says(page, words('optionsRecovery.shares.removed'))
      const without = await session.openExtensionPage('onboarding.html#shares')
      await says(without, words('onboarding.shares.noShares'))
      await press(without, words('onboarding.shares.useRecoveryKey'), 'link')
      await says(without, words('onboarding.recover.what'))
      expect(await has(without, wordsWithin('onboarding.recover.useShares', 'shares'), 'link')).toBe(false)
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
    await press(popup, words('secrets.access.confirm'))
    await says(popup, words('recovery.reminder.untested'))
    await press(popup, words('recovery.reminder.test'))
    const options = await session.ownPage('options.html')
    await named(options, words('optionsRecovery.key.testThis'), 'button')
    await options.close()
    await site.bringToFront()
    popup = await session.realPopup(site)
    await press(popup, words('recovery.reminder.later'))
    await waitFor('it to go', async () => !(await readPage(popup)).includes(words('recovery.reminder.untested')))
    await session.closePopup()
    popup = await session.realPopup(site)
    await named(popup, words('popup.site.use'))
    expect(await readPage(popup)).not.toContain(words('recovery.reminder.untested'))
    await session.closePopup()
  })

  test('nobody complained', () => {
    expect(session.problems).toEqual([])
  })
})

/** Makes three shares, two of them needed, and hands them out. `between` sees the page while they are shown. */
async function makeShares(page: Page, names: string[], between?: () => Promise<void>): Promise<string[]> {
  await prove(page, password)
  const again = await has(page, words('optionsRecovery.shares.makeNew'), 'button')
  await press(page, again ? words('optionsRecovery.shares.makeNew') : words('optionsRecovery.shares.make'))
  await says(page, counted('optionsRecovery.choose.fewer', { n: 1, needed: 2 }))
  for (const [at, name] of names.entries()) {
    await clear(page, words('optionsRecovery.choose.name', { number: at + 1 }))
    await fill(page, words('optionsRecovery.choose.name', { number: at + 1 }), name)
  }
  await press(page, counted('optionsRecovery.choose.make', { n: 3 }))
  await says(page, words('optionsRecovery.handOut.heading'))
  const made = await lettersOf(page)
  expect(made.length).toBe(3)
  for (const share of made) expect(share).toMatch(shareLike)
  await between?.()
  await page.click('input[type="checkbox"]')
  await press(page, again ? words('optionsRecovery.handOut.replace') : words('optionsRecovery.handOut.keep'))
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
  return sheets.map(({ side, path, ...sheet }) => ({ ...sheet, code: scan(path, side) }))
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
