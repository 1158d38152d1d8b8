// The main job from the first run to the last: make a vault, seal, let the site store it, see it again, lock, unlock,
// change the password, recover. Once as it is, and once with the background killed between every two steps.

import type { Page } from 'puppeteer-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { words } from '../words.ts'
import { buildFor } from './browsers.ts'
import { hasItsTurn, kinds, type Session, waitFor } from './session.ts'
import { password, type Setting, setUp } from './setting.ts'
import { settled } from './settled.ts'
import {
  confirmRecoveryKey,
  createVault,
  fieldNamed,
  fill,
  has,
  lock,
  named,
  openedTexts,
  press,
  reads,
  says,
  sealedIn,
  sealField,
  switchOn,
  unlock,
  valueIn,
} from './steps.ts'

const inPlace = 'Meet me at the old bridge\nat nine, and bring the letters.'
const composed = 'The page never saw this one: äöü 北京 🦭'
const nextPassword = 'a second and much longer password'
const lastPassword = 'the third password of this vault'

const runs = kinds.flatMap((kind) => [
  { kind, title: `in ${kind}`, kills: false },
  ...(hasItsTurn(kind)
    ? [{ kind, title: `in ${kind}, with the background killed between every two steps`, kills: true }]
    : []),
])

describe.each(runs)('the main job $title', ({ kind, kills }) => {
  let setting: Setting
  let session: Session
  let page: Page
  let recoveryKey: string
  const between = async () => {
    if (kills) await session.killBackground()
  }
  beforeAll(async () => {
    setting = await setUp(kind, kills ? {} : { extension: buildFor(kind) })
    session = setting.session
  })
  afterAll(() => setting?.end())

  test('a vault is made, and its recovery key confirmed', async () => {
    recoveryKey = await createVault(session, password)
    expect(recoveryKey).toMatch(/^([0-9A-Z]{4}-){7}[0-9A-Z]{4}$/)
    await between()
  })

  test('the popup switches the site on, for the tab at hand without a reload', async () => {
    page = await session.newPage(setting.site.origin)
    await switchOn(session, page)
    await between()
  })

  test('a text is sealed in its field, and the site stores ciphertext', async () => {
    await fill(page, 'Note', inPlace)
    await between()
    await sealField(session, page, 'Note')
    const sealed = await sealedIn(page, 'Note')
    await between()
    await press(page, 'Save note')
    await waitFor('the site to store it', async () => (await setting.site.stored()).length === 1)
    expect((await setting.site.stored()).map(({ note }) => note)).toEqual([sealed])
  })

  test('the text is read again in place', async () => {
    await reads(session, page, [inPlace])
    await between()
    await reads(session, page, [inPlace])
    await page.reload({ waitUntil: session.kind === 'firefox' ? [] : 'load' })
    await reads(session, page, [inPlace])
    await between()
  })

  test('a text is written in the composer and put into the field', async () => {
    await (await fieldNamed(page, 'Note')).focus()
    await session.command('compose', page)
    const composer = await session.ownPage('composer.html')
    await between()
    await fill(composer, 'Text to seal', composed)
    await between()
    await press(composer, 'Seal')
    await sealedIn(page, 'Note')
    await waitFor('the composer to close', async () => (await session.ownPages('composer.html')).length === 0)
    await between()
    await page.bringToFront()
    await press(page, 'Save note')
    await reads(session, page, [inPlace, composed])
    expect(JSON.stringify(await setting.site.stored())).not.toContain('never saw')
  })

  test('at the command to seal, a field that holds a sealed text is edited in our window', async () => {
    const [first] = await setting.site.stored()
    await fill(page, 'Note', first?.note ?? '')
    await between()
    await sealField(session, page, 'Note')
    const composer = await session.ownPage('composer.html')
    await waitFor('the opened text', async () => (await valueIn(composer, 'Text to seal')) === inPlace)
    await composer.close()
    await page.bringToFront()
    await fill(page, 'Note', ' ')
  })

  test('locking blanks every frame, and unlocking brings the texts back without a reload', async () => {
    await between()
    await lock(session, page)
    await waitFor('the frames to be blank', async () => (await openedTexts(session, page)).length === 0)
    await between()
    await settled(session, page, { uncounted: !kills })
    expect(await openedTexts(session, page)).toEqual([])
    await unlock(session, password, page)
    await reads(session, page, [inPlace, composed])
    await between()
  })

  test('the password is changed', async () => {
    const options = await session.openExtensionPage('options.html')
    await fill(options, words('optionsAccess.password.current'), password)
    await fill(options, words('optionsAccess.password.next'), nextPassword)
    await fill(options, words('optionsAccess.password.repeat'), nextPassword)
    await between()
    await press(options, words('optionsAccess.password.change'))
    await says(options, /password (is|was|has been) changed/i, 20_000)
    await options.close()
    await page.bringToFront()
    await lock(session, page)
    await between()
    const popup = await session.realPopup(page)
    await fill(popup, 'Password', password)
    await press(popup, 'Unlock')
    await waitFor('the old password to be refused', () => has(popup, 'Unlock', 'button'))
    await waitFor('it to be said', async () => (await popup.$$('[role="alert"]')).length > 0)
    await session.closePopup()
    await unlock(session, nextPassword, page)
    await reads(session, page, [inPlace, composed])
    await between()
  })

  test('the recovery key sets a new password, and is then replaced', async () => {
    await lock(session, page)
    const recover = await session.openExtensionPage('onboarding.html#recover')
    await fill(recover, 'Recovery key', recoveryKey.toLowerCase().replaceAll('-', ' '))
    await fill(recover, words('onboarding.recover.newPassword'), lastPassword)
    await fill(recover, words('onboarding.recover.repeatNewPassword'), lastPassword)
    await between()
    await press(recover, 'Set new password')
    const replaced = await confirmRecoveryKey(recover)
    expect(replaced).not.toBe(recoveryKey)
    await waitFor(
      'the new key to be in force',
      async () => !(await has(recover, words('recovery.newKey.confirm'), 'button')),
    )
    await between()
    await recover.close()
    await page.bringToFront()
    await reads(session, page, [inPlace, composed])
    await lock(session, page)

    const again = await session.openExtensionPage('onboarding.html#recover')
    await fill(again, 'Recovery key', recoveryKey)
    await fill(again, words('onboarding.recover.newPassword'), nextPassword)
    await fill(again, words('onboarding.recover.repeatNewPassword'), nextPassword)
    await press(again, 'Set new password')
    await waitFor('the old recovery key to be refused', async () => (await again.$$('[role="alert"]')).length > 0)
    await again.close()
    await page.bringToFront()
    await unlock(session, lastPassword, page)
    await reads(session, page, [inPlace, composed])
  })

  test('after a restart of the browser the vault is locked, and opens with the password', async () => {
    await session.restart()
    page = await session.newPage(setting.site.origin)
    const popup = await session.realPopup(page)
    await named(popup, 'Unlock', 'button')
    await session.closePopup()
    if ((await session.grantedSites()).length === 0) await session.grantSite(setting.site.origin)
    await unlock(session, lastPassword, page)
    await reads(session, page, [inPlace, composed])
  })

  test('nobody complained', () => {
    expect(session.problems).toEqual([])
  })
})
