// Every page of ours, in every state that needs no web page beside it, in a light and a dark scheme: axe finds nothing serious
// or critical. And the keyboard alone is enough to make a vault, with the focus to be seen at every step.

import type { Page } from 'puppeteer-core'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { box, content, field } from '../custody/desks.ts'
import { emptyDevice, password, placeUnlocked, placeVault, quickVault } from '../custody/device.ts'
import { faults, focus, schemes, setScheme, tabTo } from '../e2e/looking.ts'
import { waitFor } from '../e2e/session.ts'
import { confirmPerson, fill, named, press, says } from '../e2e/steps.ts'
import { newBackground } from './background.ts'
import { closeAll, domBrowser, kind, open } from './open.ts'

beforeEach(emptyDevice)
afterEach(closeAll)

test('axe finds what is wrong where something is', async () => {
  const page = await open('options', newBackground().answers)
  await says(page, 'There is no vault on this device yet')
  await page.evaluate(() => document.body.insertAdjacentHTML('beforeend', '<button id="nameless"></button>'))
  expect((await faults(page, 'light')).join()).toContain('button-name')
})

describe('before there is a vault', () => {
  test.each([
    ['options', '', 'There is no vault on this device yet'],
    ['onboarding', '#recover', 'There is no vault here'],
    ['onboarding', '#join', 'There is no vault in the browser’s sync'],
    ['composer', '', 'Create one first'],
    ['popup', '', 'Create your vault'],
  ] as const)('%s%s', async (name, at, words) => {
    const page = await open(name, newBackground().answers, at)
    await says(page, words)
    await look(page)
  })
})

test('a vault is made with the keyboard alone, and every step can be read by everyone', async () => {
  const page = await open('onboarding', newBackground().answers)
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

  await named(page, 'Continue', 'button')
  await look(page)
  await tabTo(page, 'Continue')
  await page.keyboard.press('Enter')

  await named(page, 'Practice field')
  await look(page)
  await tabTo(page, 'Seal')
  await page.keyboard.press('Enter')
  await says(page, 'What the website has')
  await look(page)
  expect((await newBackground().answers.state({}, content)).vault).toBe('unlocked')
})

describe('with a vault that is unlocked', () => {
  beforeEach(async () => placeUnlocked(await quickVault(), undefined, false))

  test('the options, with errors and with a new recovery key', async () => {
    const page = await open('options', newBackground().answers)
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
  })

  test('recovery, rehearsed: testing the key, making shares, and typing them in', async () => {
    const { answers } = newBackground()
    const page = await open('options', answers)
    await press(page, 'Test recovery key')
    await fill(page, 'Recovery key', 'QQQQ-QQQQ-QQQQ-QQQQ-QQQQ-QQQQ-QQQQ-QQQQ')
    await says(page, 'typing error')
    await press(page, 'Make shares')
    await named(page, 'Make 3 shares', 'button')
    await look(page)
    await press(page, 'Make 3 shares')
    await confirmPerson(page, password)
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
    const recover = await open('onboarding', answers, '#shares')
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
  })

  test('the composer: empty, with a text, sealed to be copied', async () => {
    const background = newBackground()
    background.world.placed = { placed: false, why: 'gone' }
    const errand = await background.composing()
    const page = await open('composer', background.answers, `#${errand}`)
    await named(page, 'Seal', 'button')
    await look(page)
    await fill(page, 'Text to seal', 'With a text')
    await says(page, 'Draft kept')
    await look(page)
    await press(page, 'Seal')
    await says(page, 'Copy the sealed text')
    await look(page)
  })

  test('the window that asks whether an opened text may go back: asking, and when it came to nothing', async () => {
    const background = newBackground()
    background.world.putBack = null
    const { sealed } = await background.answers.seal({ text: 'To be put back', replaces: null }, content)
    const asks = () => background.answers.putBack({ field, sealed, box }, content)
    await background.desk.putBack(content.tabId ?? 0, content.frameId, asks)
    const page = await open('composer', background.answers, `#${background.errand()}`)
    await named(page, 'Put it into the page', 'button')
    await look(page)
    await press(page, 'Put it into the page')
    await says(page, 'The page or its field is gone')
    await look(page)
  })

  test('the popup', async () => {
    const page = await open('popup', newBackground().answers)
    await named(page, 'Lock')
    await look(page)
  })
})

describe('locked', () => {
  beforeEach(async () => placeVault(await quickVault()))

  test.each([
    ['options', '', 'The vault is locked'],
    ['onboarding', '', 'You already have a vault'],
    ['popup', '#unlock', 'Unlock your vault'],
    ['composer', '', 'locked'],
    ['library', '', 'locked'],
  ] as const)('%s%s', async (name, at, words) => {
    const page = await open(name, newBackground().answers, at)
    await says(page, words)
    await look(page)
  })

  test('the form for a recovery key, with errors', async () => {
    const page = await open('onboarding', newBackground().answers, '#recover')
    await fill(page, 'Recovery key', 'OOOO-1111-BBBB-IIII-2222-3333-4444-5555')
    await says(page, 'that recovery keys never use')
    await press(page, 'Set new password')
    await look(page)
  })

  test('the popup unlocks with the keyboard alone, and says so when the password is wrong', async () => {
    const page = await open('popup', newBackground().answers)
    await named(page, 'Unlock', 'button')
    await look(page)
    expect((await focus(page)).name).toBe('Password')
    await page.keyboard.type('not the password')
    await page.keyboard.press('Enter')
    await waitFor('it to be said', async () => (await page.$$('[role="alert"]')).length > 0)
    expect((await focus(page)).name).toBe('Password')
    await look(page)
    await page.keyboard.type(password)
    await tabTo(page, 'Unlock')
    await page.keyboard.press('Enter')
    await named(page, 'Lock', 'button')
    await tabTo(page, 'Lock')
    await page.keyboard.press('Enter')
    await named(page, 'Unlock', 'button')
  })
})

/** Whatever is there now has no fault, in either scheme. */
async function look(page: Page): Promise<void> {
  const found: string[] = []
  const browser = await domBrowser()
  for (const scheme of schemes) {
    await setScheme({ kind, browser }, page, scheme)
    found.push(...(await faults(page, scheme)))
  }
  expect(found).toEqual([])
}

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
