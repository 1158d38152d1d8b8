// Every page of ours, in every state that needs no web page beside it, in a light and a dark scheme: axe finds nothing serious
// or critical. And the keyboard alone is enough to make a vault, with the focus to be seen at every step.

import type { Page } from 'puppeteer-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { answered, ask } from '../../e2e/asking.ts'
import { faults, focus, looks, schemes, setScheme, tabTo } from '../../e2e/looking.ts'
import { type Pages, servePages } from '../../e2e/pages.ts'
import { kinds, type Session, waitFor } from '../../e2e/session.ts'
import { password, type Setting, setUp } from '../../e2e/setting.ts'
import { settled } from '../../e2e/settled.ts'
import { confirmPerson, fill, lock, named, press, says, sealedIn, sealField, unlock } from '../../e2e/steps.ts'
import { counted, words } from '../../words.ts'

describe.each(kinds)('in %s', (kind) => {
  let setting: Setting
  let session: Session
  let pages: Pages
  let site: Page
  const open = (name: string, at = '') => session.openExtensionPage(`${name}.html${at}`)
  beforeAll(async () => {
    setting = await setUp(kind)
    session = setting.session
    pages = await servePages()
    pages.set('/', { body: '<label>Note <textarea></textarea></label>' })
    await session.grantSite(pages.origin)
    site = await session.newPage(`${pages.origin}/`)
  })
  afterAll(async () => {
    await pages?.close()
    await setting?.end()
  })
  afterEach(async () => {
    await session.closePopup()
    for (const page of await session.ownPages()) await page.close()
    await site.bringToFront()
  })

  test.runIf(looks)('axe finds what is wrong where something is', async () => {
    const page = await open('options')
    await says(page, words('options.noVault'))
    await page.evaluate(() => document.body.append(document.createElement('button')))
    expect((await faults(page, 'light')).join()).toContain('button-name')
  })

  describe('before there is a vault', () => {
    test('the popup', async () => {
      const page = await session.realPopup(site)
      await says(page, words('popup.noVault.create'))
      await look(page)
    })

    test.each([
      ['options', '', words('options.noVault')],
      ['onboarding', '#recover', words('onboarding.noVault.heading')],
      ['onboarding', '#join', words('onboarding.join.found.nothing')],
      ['composer', '', words('errors.general.noVault')],
      ['library', '', words('library.noVault')],
    ] as const)('%s%s', async (name, at, sentence) => {
      const page = await open(name, at)
      await says(page, sentence)
      await look(page)
    })
  })

  test('a vault is made with the keyboard alone, and every step can be read by everyone', async () => {
    const page = await open('onboarding')
    await named(page, words('onboarding.create.create'), 'button')
    await look(page)
    await tabTo(page, words('onboarding.create.password'))
    await page.keyboard.type('short')
    await page.keyboard.press('Enter')
    await waitFor('it to be refused', async () => (await page.$$('[role="alert"]')).length > 0)
    await look(page)
    expect((await focus(page)).name).toBe(words('onboarding.create.password'))
    await selectAll(page)
    await page.keyboard.type(password)
    await tabTo(page, words('secrets.newPassword.suggest'))
    await page.keyboard.press(' ')
    await tabBackTo(page, words('secrets.newPassword.use'))
    await look(page)
    await tabBackTo(page, words('onboarding.create.repeatPassword'))
    await page.keyboard.type(password)
    await tabTo(page, words('onboarding.create.create'))
    await page.keyboard.press('Enter')

    const key = await named(page, words('recovery.newKey.label'))
    const groups = ((await key.evaluate((each) => each.textContent)) ?? '').trim().split('-')
    await look(page)
    const asked = await page.$$eval('label', (labels) => labels.map(({ textContent }) => textContent ?? ''))
    for (const name of asked) {
      await tabTo(page, name)
      await page.keyboard.type(groups[Number(name.replace('Group ', '')) - 1] ?? '')
    }
    await look(page)
    await tabTo(page, words('recovery.newKey.confirm'))
    await page.keyboard.press('Enter')

    await named(page, words('onboarding.cue.continue'), 'button')
    await look(page)
    await tabTo(page, words('onboarding.cue.continue'))
    await page.keyboard.press('Enter')

    await named(page, words('onboarding.practice.field'))
    await look(page)
    await tabTo(page, words('onboarding.practice.seal'))
    await page.keyboard.press('Enter')
    await says(page, words('onboarding.practice.websiteHas'))
    await look(page)
    expect(await answered(ask(page, 'getVaultState', {}))).toMatchObject({ vault: 'unlocked' })
  })

  describe('with a vault that is unlocked', () => {
    beforeEach(async () => {
      // What was proven before is proven no longer.
      if ((await theState()) === 'unlocked') await lock(session, site)
      await unlock(session, password, site)
    })

    test('the options, with errors and with a new recovery key', async () => {
      const page = await open('options')
      await named(page, words('options.lock'), 'button')
      await look(page)
      await press(page, words('optionsAccess.password.change'))
      await says(page, words('optionsAccess.password.emptyCurrent'))
      await press(page, words('optionsRecovery.key.replace'))
      await named(page, words('secrets.proof.heading'), 'dialog')
      await look(page)
      await confirmPerson(page, password)
      await named(page, words('recovery.newKey.confirm'), 'button')
      await look(page)
    })

    test('recovery, rehearsed: testing the key, making shares, and typing them in', async () => {
      const page = await open('options')
      await press(page, words('optionsRecovery.key.test'))
      await fill(page, words('errors.recoveryKey.label'), 'QQQQ-QQQQ-QQQQ-QQQQ-QQQQ-QQQQ-QQQQ-QQQQ')
      await says(page, 'typing error')
      await press(page, words('optionsRecovery.shares.make'))
      await named(page, counted('optionsRecovery.choose.make', { n: 3 }), 'button')
      await look(page)
      await press(page, counted('optionsRecovery.choose.make', { n: 3 }))
      await confirmPerson(page, password)
      await says(page, words('optionsRecovery.handOut.heading'))
      await press(page, words('optionsRecovery.handOut.keep'))
      await says(page, words('optionsRecovery.handOut.unconfirmed'))
      await look(page)
      const shares = await page.$$eval('.key output', (all) => all.map(({ textContent }) => textContent ?? ''))
      await tabTo(page, words('optionsRecovery.handOut.confirm'))
      await page.keyboard.press(' ')
      await tabTo(page, words('optionsRecovery.handOut.keep'))
      await page.keyboard.press('Enter')
      await says(page, words('optionsRecovery.shares.inForce'))
      await press(page, words('optionsRecovery.shares.remove'))
      await look(page)
      const recover = await open('onboarding', '#shares')
      await fill(recover, words('recovery.shares.first'), shares[0] ?? '')
      await tabTo(recover, words('recovery.shares.add'))
      await recover.keyboard.press('Enter')
      await says(recover, words('errors.typedShares.few', { count: 1, needed: 2 }))
      expect((await focus(recover)).name).toBe(words('recovery.shares.next'))
      await fill(recover, words('recovery.shares.next'), shares[0] ?? '')
      await says(recover, words('errors.typedShare.twice', { index: 1 }))
      await look(recover)
      await fill(recover, words('recovery.shares.next'), shares[1] ?? '')
      await press(recover, words('recovery.shares.add'))
      await says(recover, words('errors.typedShares.open'))
      expect((await focus(recover)).name).toBe(words('onboarding.recover.newPassword'))
      await look(recover)
      await page.bringToFront()
      await press(page, words('optionsRecovery.shares.removeConfirm'))
      await says(page, words('optionsRecovery.shares.removed'))
    })

    test('the composer: empty, with a text, sealed to be copied', async () => {
      await (await named(site, 'Note')).click()
      await session.command('compose', site)
      const page = await session.ownPage('composer.html')
      await named(page, words('composer.write.seal'), 'button')
      await look(page)
      await fill(page, words('composer.write.text'), 'With a text')
      await says(page, words('composer.write.kept'))
      await look(page)
      await site.goto(`${pages.origin}/gone`)
      await page.bringToFront()
      await press(page, words('composer.write.seal'))
      await says(page, words('composer.sealed.heading'))
      await look(page)
    })

    test('the window that asks whether an opened text may go back: asking, and when it came to nothing', async () => {
      await site.goto(`${pages.origin}/`)
      await fill(site, 'Note', 'To be put back')
      await sealField(session, site, 'Note')
      await sealedIn(site, 'Note')
      // The field settles.
      await settled(session, site)
      await session.command('put-back', site)
      const page = await session.ownPage('composer.html')
      await named(page, words('composer.putBack.confirm'), 'button')
      await look(page)
      await site.goto(`${pages.origin}/gone`)
      await page.bringToFront()
      await press(page, words('composer.putBack.confirm'))
      await says(page, words('errors.notPutBack.gone'))
      await look(page)
    })

    test('the popup', async () => {
      const page = await session.realPopup(site)
      await named(page, words('popup.page.lock'))
      await look(page)
    })
  })

  describe('locked', () => {
    beforeEach(async () => {
      if ((await theState()) === 'unlocked') await lock(session, site)
    })

    test.each([
      ['options', '', words('options.locked')],
      ['onboarding', '', words('onboarding.haveVault.heading')],
      ['composer', '', 'locked'],
      ['library', '', 'locked'],
    ] as const)('%s%s', async (name, at, sentence) => {
      const page = await open(name, at)
      await says(page, sentence)
      await look(page)
    })

    test('the form for a recovery key, with errors', async () => {
      const page = await open('onboarding', '#recover')
      await fill(page, words('errors.recoveryKey.label'), 'OOOO-1111-BBBB-IIII-2222-3333-4444-5555')
      await says(page, 'that recovery keys never use')
      await press(page, words('onboarding.recover.set'))
      await look(page)
    })

    test('the popup unlocks with the keyboard alone, and says so when the password is wrong', async () => {
      const page = await session.realPopup(site)
      await named(page, words('popup.unlock.unlock'), 'button')
      await look(page)
      expect((await focus(page)).name).toBe(words('popup.unlock.password'))
      await page.keyboard.type('not the password')
      await page.keyboard.press('Enter')
      await waitFor('it to be said', async () => (await page.$$('[role="alert"]')).length > 0)
      expect((await focus(page)).name).toBe(words('popup.unlock.password'))
      await look(page)
      await page.keyboard.type(password)
      await tabTo(page, words('popup.unlock.unlock'))
      await page.keyboard.press('Enter')
      await named(page, words('popup.page.lock'), 'button')
      await tabTo(page, words('popup.page.lock'))
      await page.keyboard.press('Enter')
      await named(page, words('popup.unlock.unlock'), 'button')
    })
  })

  /** What the vault is in, asked by a page of ours. */
  async function theState(): Promise<string> {
    const page = await open('options')
    const { vault } = (await answered(ask(page, 'getVaultState', {}))) as { vault: string }
    await page.close()
    return vault
  }

  /** Whatever is there now has no fault, in either scheme. */
  async function look(page: Page): Promise<void> {
    const found: string[] = []
    for (const scheme of schemes) {
      await setScheme(session, page, scheme)
      found.push(...(await faults(page, scheme)))
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
  try {
    await tabTo(page, name)
  } finally {
    await page.keyboard.up('Shift')
  }
}
