// A new master key in the options: the recovery key and the passkeys that are shown to be at hand stay, what is not is said before
// it goes, and shares lead to new ones. Without the old recovery key a new one is made in the same go.

import type { Page } from 'puppeteer-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { answered, ask } from '../../e2e/asking.ts'
import { plugIn } from '../../e2e/authenticators.ts'
import { faults, schemes, setScheme } from '../../e2e/looking.ts'
import { kinds, type Session, waitFor } from '../../e2e/session.ts'
import { password, type Setting, setUp } from '../../e2e/setting.ts'
import { confirmRecoveryKey, fill, has, named, placeVault, press, prove, says, valueIn } from '../../e2e/steps.ts'
import { counted, words } from '../../words.ts'

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
    sealed = ((await answered(ask(onboarding, 'practiceSealing', { text }))) as { sealed: string }).sealed
    options = await session.openExtensionPage('options.html')
    await prove(options, password)
    await answered(ask(options, 'addPasskey', { ...elsewhere, prf: Array.from({ length: 32 }, () => 7) }))
    const made = (await answered(ask(options, 'proposeShares', { threshold: 2, count: 3 }))) as { shares: string[] }
    await answered(ask(options, 'replaceShares', { shares: made.shares, names: ['Ada', 'Bo', 'Cy'] }))
    await options.reload({ waitUntil: kind === 'firefox' ? [] : 'load' })
  })
  afterAll(() => setting?.end())

  test('the recovery key that is typed stays, and what is not shown to be at hand is said to go', async () => {
    if (kind === 'chromium') await addLaptop()
    await press(options, words('optionsAccess.newKeys.vaultReplace'))
    await fill(options, words('errors.recoveryKey.label'), recoveryKey)
    await look()
    await press(options, words('optionsAccess.rotate.recoveryKeep'))
    if (kind === 'chromium') await keepLaptop()
    else {
      await says(options, words('optionsAccess.rotate.passkeysUnsupported'))
      await look()
      await press(options, words('optionsAccess.rotate.continueWith', { kept: 0, count: 1 }))
    }
    await says(options, words('optionsAccess.rotate.ends'))
    await says(options, words('optionsAccess.rotate.endsPasskey', { name: elsewhere.name }))
    await says(options, counted('optionsAccess.rotate.endsShares', { n: 3 }))
    expect((await readWarning()).includes(words('optionsAccess.rotate.endsRecovery'))).toBe(false)
    await look()
    await fill(options, words('optionsAccess.rotate.password'), 'not the password')
    await press(options, words('optionsAccess.newKeys.vaultReplace'))
    await says(options, words('errors.newMasterKey.wrongSecret'))
    expect(await kindsOfWays()).toContain('shares')
    await fill(options, words('optionsAccess.rotate.password'), password)
    await press(options, words('optionsAccess.newKeys.vaultReplace'))
    await says(options, words('optionsAccess.rotate.done'), 20_000)
    const left = kind === 'chromium' ? ['passkey', 'password', 'recovery'] : ['password', 'recovery']
    expect((await kindsOfWays()).sort()).toEqual(left)
    await answered(ask(options, 'testRecoveryKey', { recoveryKey }))
    await opens()
  })

  test('shares that ended lead to new ones for the same people, and are not forgotten when the tab is closed', async () => {
    await says(options, 'The shares of before, any 2 of 3, no longer open it')
    await look()
    await press(options, words('optionsRecovery.shares.makeNew'))
    await named(options, words('optionsRecovery.choose.name', { number: 1 }))
    await waitFor(
      'the names to be there',
      async () => (await valueIn(options, words('optionsRecovery.choose.name', { number: 3 }))) === 'Cy',
    )
    await press(options, words('optionsRecovery.choose.cancel'))
    await options.reload({ waitUntil: kind === 'firefox' ? [] : 'load' })
    await press(options, words('optionsRecovery.shares.endedNone'))
    await says(options, words('optionsRecovery.shares.noneInForce'))
    await waitFor(
      'it to be said no more',
      async () => !(await has(options, words('optionsRecovery.shares.endedNone'), 'button')),
    )
  })

  if (kind === 'chromium')
    test('the passkey that stayed unlocks it, under its name', async () => {
      await says(options, words('optionsAccess.methods.named', { name: 'Laptop' }))
      await answered(ask(options, 'lock', {}))
      await options.goto(session.extensionUrl('popup.html#unlock'))
      await press(options, words('popup.passkey.unlock'))
      await waitFor('the window to close', () => options.isClosed())
      await opens()
      options = await session.openExtensionPage('options.html')
    })

  test('without the old recovery key at hand, a new one takes its place in the same go', async () => {
    await press(options, words('optionsAccess.newKeys.vaultReplace'))
    await press(options, words('optionsAccess.rotate.recoveryNew'))
    await says(options, words('optionsAccess.rotate.recoveryNewMeans'))
    const next = await confirmRecoveryKey(options)
    if (kind === 'chromium') await press(options, words('optionsAccess.rotate.continueWith', { kept: 0, count: 1 }))
    await says(options, words('optionsAccess.rotate.endsRecovery'))
    await fill(options, words('optionsAccess.rotate.password'), password)
    await press(options, words('optionsAccess.newKeys.vaultReplace'))
    await says(options, words('optionsAccess.rotate.doneRecovery'), 20_000)
    expect(await ask(options, 'testRecoveryKey', { recoveryKey })).toEqual({ ok: false, code: 'wrong-secret' })
    await answered(ask(options, 'testRecoveryKey', { recoveryKey: next }))
    await opens()
  })

  test('nobody complained', () => {
    expect(session.problems).toEqual([])
  })

  async function addLaptop(): Promise<void> {
    await plugIn(options, { prf: true })
    await prove(options, password)
    await press(options, words('optionsAccess.passkey.add'))
    await fill(options, words('optionsAccess.passkey.name'), 'Laptop')
    await press(options, words('optionsAccess.passkey.create'))
    await says(options, words('optionsAccess.passkey.added', { name: 'Laptop' }))
  }

  /** Of the two passkeys the first is not here, and says so. */
  async function keepLaptop(): Promise<void> {
    await says(options, words('optionsAccess.rotate.passkeysHeading'))
    const lines = await options.$$(`::-p-aria([name="${words('optionsAccess.rotate.passkeyKeep')}"][role="button"])`)
    expect(lines.length).toBe(2)
    await lines[0]?.click()
    await says(options, words('errors.passkeyKeep.cancelled'))
    await waitFor('the buttons to be free', async () => lines[1]?.evaluate((each) => each.ariaDisabled !== 'true'))
    await lines[1]?.click()
    await says(options, words('optionsAccess.rotate.passkeyKept'))
    await look()
    await press(options, words('optionsAccess.rotate.continueWith', { kept: 1, count: 2 }))
  }

  async function kindsOfWays(): Promise<string[]> {
    return ((await answered(ask(options, 'listUnlockMethods', {}))) as { methods: { kind: string }[] }).methods.map(
      (way) => way.kind,
    )
  }

  function readWarning(): Promise<string> {
    return options.evaluate(() => document.querySelector('form .notice-warning')?.textContent ?? '')
  }

  async function opens(): Promise<void> {
    expect(await answered(ask(onboarding, 'practiceOpening', { sealed }))).toEqual({ text })
  }

  async function look(): Promise<void> {
    for (const scheme of schemes) {
      await setScheme(session, options, scheme)
      expect(await faults(options, scheme)).toEqual([])
    }
    await setScheme(session, options, 'light')
  }
})
