// A new master key in the options: the recovery key and the passkeys that are shown to be at hand stay, what is not is said before
// it goes, and shares lead to new ones. Without the old recovery key a new one is made in the same go.

import type { Page } from 'puppeteer-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { answered, ask } from './asking.ts'
import { plugIn } from './authenticators.ts'
import { faults, schemes, setScheme } from './looking.ts'
import { kinds, type Session, waitFor } from './session.ts'
import { password, type Setting, setUp } from './setting.ts'
import { confirmRecoveryKey, fill, has, named, placeVault, press, prove, says, valueIn } from './steps.ts'

const text = 'Sealed under the first master key.'
const elsewhere = { name: 'Elsewhere', credentialId: 'A'.repeat(22), salt: 'A'.repeat(43) }

describe.each(kinds)('in %s', (kind) => {
  let setting: Setting
  let session: Session
  let options: Page
  let onboarding: Page
  let recoveryKey: string
  let sealed: string
  beforeAll(async () => {
    setting = await setUp(kind)
    session = setting.session
    recoveryKey = await placeVault(session, password)
    onboarding = await session.openExtensionPage('onboarding.html')
    sealed = ((await answered(ask(onboarding, 'practiceSeal', { text }))) as { sealed: string }).sealed
    options = await session.openExtensionPage('options.html')
    await prove(options, password)
    await answered(ask(options, 'addPasskey', { ...elsewhere, prf: Array.from({ length: 32 }, () => 7) }))
    const made = (await answered(ask(options, 'proposeShares', { threshold: 2, count: 3 }))) as { shares: string[] }
    await answered(ask(options, 'keepShares', { shares: made.shares, names: ['Ada', 'Bo', 'Cy'] }))
    await options.reload({ waitUntil: kind === 'firefox' ? [] : 'load' })
  })
  afterAll(() => setting?.end())

  test('the recovery key that is typed stays, and what is not shown to be at hand is said to go', async () => {
    if (kind === 'chromium') await addLaptop()
    await press(options, 'Replace the master key')
    await fill(options, 'Recovery key', recoveryKey)
    await look()
    await press(options, 'Keep this recovery key')
    if (kind === 'chromium') await keepLaptop()
    else {
      await says(options, 'This browser does not let extensions use passkeys')
      await look()
      await press(options, 'Continue with 0 of 1 kept')
    }
    await says(options, 'These will no longer open the vault:')
    await says(options, 'The passkey “Elsewhere”.')
    await says(options, 'All 3 shares.')
    expect((await readWarning()).includes('recovery key')).toBe(false)
    await look()
    await fill(options, 'Your password', 'not the password')
    await press(options, 'Replace the master key')
    await says(options, 'This is not the password. Nothing was changed.')
    expect(await kindsOfWays()).toContain('shares')
    await fill(options, 'Your password', password)
    await press(options, 'Replace the master key')
    await says(options, 'The vault has a new master key.', 20_000)
    const left = kind === 'chromium' ? ['passkey', 'password', 'recovery'] : ['password', 'recovery']
    expect((await kindsOfWays()).sort()).toEqual(left)
    await answered(ask(options, 'testRecovery', { recoveryKey }))
    await opens()
  })

  test('shares that ended lead to new ones for the same people, and are not forgotten when the tab is closed', async () => {
    await says(options, 'The shares of before, any 2 of 3, no longer open it')
    await look()
    await press(options, 'Make new shares')
    await named(options, 'Name for share 1')
    await waitFor('the names to be there', async () => (await valueIn(options, 'Name for share 3')) === 'Cy')
    await press(options, 'Cancel')
    await options.reload({ waitUntil: kind === 'firefox' ? [] : 'load' })
    await press(options, 'No shares any more')
    await says(options, 'No shares are in force.')
    await waitFor('it to be said no more', async () => !(await has(options, 'No shares any more', 'button')))
  })

  if (kind === 'chromium')
    test('the passkey that stayed unlocks it, under its name', async () => {
      await says(options, '“Laptop”')
      await answered(ask(options, 'lock', {}))
      await options.goto(session.extensionUrl('popup.html#unlock'))
      await press(options, 'Unlock with a passkey')
      await waitFor('the window to close', () => options.isClosed())
      await opens()
      options = await session.openExtensionPage('options.html')
    })

  test('without the old recovery key at hand, a new one takes its place in the same go', async () => {
    await press(options, 'Replace the master key')
    await press(options, 'Make a new one')
    await says(options, 'Until you finish, the old one works.')
    const next = await confirmRecoveryKey(options)
    if (kind === 'chromium') await press(options, 'Continue with 0 of 1 kept')
    await says(options, 'The recovery key of until now.')
    await fill(options, 'Your password', password)
    await press(options, 'Replace the master key')
    await says(options, 'The old recovery key opens nothing any more: destroy it.', 20_000)
    expect(await ask(options, 'testRecovery', { recoveryKey })).toEqual({ ok: false, code: 'wrong-secret' })
    await answered(ask(options, 'testRecovery', { recoveryKey: next }))
    await opens()
  })

  test('nobody complained', () => {
    expect(session.problems).toEqual([])
  })

  async function addLaptop(): Promise<void> {
    await plugIn(options, { prf: true })
    await prove(options, password)
    await press(options, 'Add a passkey')
    await fill(options, 'Name of the passkey', 'Laptop')
    await press(options, 'Create passkey')
    await says(options, '“Laptop” unlocks the vault from now on.')
  }

  /** Of the two passkeys the first is not here, and says so. */
  async function keepLaptop(): Promise<void> {
    await says(options, 'Your passkeys')
    const lines = await options.$$('::-p-aria([name="Keep this passkey"][role="button"])')
    expect(lines.length).toBe(2)
    await lines[0]?.click()
    await says(options, 'The passkey was not used, or not in time.')
    await waitFor('the buttons to be free', async () => lines[1]?.evaluate((each) => each.ariaDisabled !== 'true'))
    await lines[1]?.click()
    await says(options, 'Stays')
    await look()
    await press(options, 'Continue with 1 of 2 kept')
  }

  async function kindsOfWays(): Promise<string[]> {
    return ((await answered(ask(options, 'waysIn', {}))) as { ways: { kind: string }[] }).ways.map((way) => way.kind)
  }

  function readWarning(): Promise<string> {
    return options.evaluate(() => document.querySelector('form .notice-warning')?.textContent ?? '')
  }

  async function opens(): Promise<void> {
    expect(await answered(ask(onboarding, 'practiceOpen', { sealed }))).toEqual({ text })
  }

  async function look(): Promise<void> {
    for (const scheme of schemes) {
      await setScheme(session, options, scheme)
      expect(await faults(options, scheme)).toEqual([])
    }
    await setScheme(session, options, 'light')
  }
})
