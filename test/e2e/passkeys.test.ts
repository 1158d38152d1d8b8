// Passkeys, with the browser's own virtual authenticator: added, named, unlocked with, removed; refused where they give no key;
// called off. And where a browser has none for extensions, that is said, and all else works.

import type { Page } from 'puppeteer-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { words } from '../words.ts'
import { answered, ask } from './asking.ts'
import { type Authenticator, plugIn } from './authenticators.ts'
import { buildFor } from './browsers.ts'
import { faults, schemes, setScheme, tabTo } from './looking.ts'
import { type Session, waitFor } from './session.ts'
import { password, type Setting, setUp } from './setting.ts'
import { settled } from './settled.ts'
import { confirmPerson, fill, has, lock, named, placeVault, press, prove, says, unlock } from './steps.ts'
import { until } from './until.ts'

interface Way {
  readonly kind: string
  readonly id: string
  readonly name?: string | null
  readonly credentialId?: string
  readonly salt?: string
}

const unlockMethods = async (page: Page) =>
  ((await answered(ask(page, 'listUnlockMethods', {}))) as { methods: Way[] }).methods
const names = async (page: Page) =>
  (await unlockMethods(page)).flatMap(({ kind, name }) => (kind === 'passkey' ? name : []))
const stateOf = async (page: Page) => ((await answered(ask(page, 'getVaultState', {}))) as { vault: string }).vault

describe('in chromium', () => {
  let setting: Setting
  let session: Session
  let options: Page
  let laptop: Authenticator
  let watching: Page
  beforeAll(async () => {
    setting = await setUp('chromium', { extension: buildFor('chromium') })
    session = setting.session
    await placeVault(session, password)
    watching = await session.openExtensionPage('options.html')
    options = await session.openExtensionPage('options.html')
    laptop = await plugIn(options, { prf: true })
  })
  afterAll(() => setting?.end())

  test('the options list the ways to unlock, and what they are worth', async () => {
    await says(options, /Ways to unlock[\s\S]*Password since .* · each guess costs 64 MiB × 3[\s\S]*Recovery key since/)
  })

  test('a passkey is added and named with the keyboard alone, for our origin and nobody else', async () => {
    await tabTo(options, words('optionsAccess.passkey.add'))
    await options.keyboard.press('Enter')
    await named(options, words('secrets.proof.heading'), 'dialog')
    await waitFor('the focus to be in its box', () =>
      options.evaluate(() => (document.activeElement as HTMLInputElement | null)?.type === 'password'),
    )
    await look(options)
    await options.keyboard.type(password)
    await options.keyboard.press('Enter')
    await named(options, words('optionsAccess.passkey.name'))
    await until(options, 'the focus in the form', () => document.activeElement?.matches('input:not([type=password])'))
    await options.keyboard.type('Laptop')
    await look(options)
    await options.keyboard.press('Enter')
    await says(options, words('optionsAccess.passkey.added', { name: 'Laptop' }))
    expect(await names(options)).toEqual(['Laptop'])
    expect(await laptop.relyingParties()).toEqual([session.origin])
    await waitFor('the focus to be where it was', () =>
      options.evaluate((name) => document.activeElement?.textContent === name, words('optionsAccess.passkey.add')),
    )
  })

  test('one that is kept in the same place is not added again, and nothing of it is stored', async () => {
    await unchanged(async () => {
      await add(options, 'Again')
      await says(options, words('errors.passkeyAdd.alreadyThere'))
    })
  })

  test.each([
    ['is called off', { prf: true, willing: false }, words('errors.passkeyAdd.cancelled')],
    ['gives no key', { prf: false, willing: true }, 'none that can unlock a vault'],
  ])('one that %s is refused with words, and nothing is stored', async (_, how, sentence) => {
    const page = await session.openExtensionPage('options.html')
    await plugIn(page, how)
    await unchanged(async () => {
      await add(page, 'In vain')
      await says(page, sentence)
      await look(page)
    })
    await page.close()
  })

  test('one that is made while the vault gets locked is not added, and that is said', async () => {
    const page = await session.openExtensionPage('options.html')
    await plugIn(page, { prf: true })
    await page.evaluate(takeTime)
    await unchanged(async () => {
      await add(page, 'Too late')
      await named(page, words('popup.passkey.waiting'))
      await answered(ask(watching, 'lock', {}))
      await says(page, words('options.locked'))
      await page.evaluate(() => dispatchEvent(new Event('time-is-up')))
      await says(page, words('errors.passkeyAdd.locked'))
      const popup = await session.openExtensionPage('popup.html')
      await answered(ask(popup, 'unlock', { password }))
      await popup.close()
    })
    await page.close()
  })

  test('it is renamed, and an empty name is not taken', async () => {
    await options.bringToFront()
    // The lock has closed the form that was open.
    expect(await has(options, words('optionsAccess.passkey.name'))).toBe(false)
    await press(options, words('optionsAccess.passkey.rename'))
    await fill(options, words('optionsAccess.passkey.newName'), ' ')
    await press(options, words('optionsAccess.passkey.saveName'))
    await says(options, words('optionsAccess.passkey.emptyName'))
    await fill(options, words('optionsAccess.passkey.newName'), 'Old laptop')
    await press(options, words('optionsAccess.passkey.saveName'))
    await says(options, words('optionsAccess.passkey.renamed', { name: 'Old laptop' }))
    expect(await names(options)).toEqual(['Old laptop'])
    await press(options, words('optionsAccess.passkey.rename'))
    await until(options, 'the focus in the form', () => document.activeElement?.matches('input'))
    await options.keyboard.press('Escape')
    await waitFor('the form to be gone', async () => !(await has(options, words('optionsAccess.passkey.newName'))))
  })

  test('the toolbar’s popup offers it, and opens the window for it', async () => {
    const page = await session.newPage(setting.site.origin)
    await lock(session, page)
    const popup = await session.realPopup(page)
    await named(popup, words('popup.passkey.unlock'), 'button')
    await look(popup)
    await press(popup, words('popup.passkey.unlock'))
    const window = await session.ownPage('popup.html#passkey')
    await named(window, words('popup.unlock.password'))
    // Nothing is there to answer it.
    expect(await stateOf(watching)).toBe('locked')
    await window.close()
    await page.close()
  })

  test('while it is locked, the list tells no names and lets nothing be changed', async () => {
    await says(options, words('optionsAccess.passkey.unlockFirst'))
    expect(await has(options, words('optionsAccess.passkey.rename'))).toBe(false)
    expect(JSON.stringify(await unlockMethods(options))).not.toContain('laptop')
    await look(options)
  })

  test('it unlocks the vault, though the background was killed before, and the window closes itself', async () => {
    await options.bringToFront()
    await session.killBackground()
    await options.goto(session.extensionUrl('popup.html#passkey'))
    await waitFor('the window to close', () => options.isClosed())
    expect(await stateOf(watching)).toBe('unlocked')
  })

  test('from the unlock window it does so at the press of its button; without a passkey there, it says so', async () => {
    options = await session.openExtensionPage('options.html')
    await plugIn(options, { prf: true })
    await add(options, 'Key')
    await says(options, words('optionsAccess.passkey.added', { name: 'Key' }))
    expect(await names(options)).toEqual(['Old laptop', 'Key'])
    await answered(ask(watching, 'lock', {}))
    const without = await session.openExtensionPage('popup.html#unlock')
    await plugIn(without, { prf: true })
    await press(without, words('popup.passkey.unlock'))
    await says(without, words('errors.passkeyUnlock.cancelled'))
    await look(without)
    expect(await stateOf(watching)).toBe('locked')
    await options.bringToFront()
    await options.goto(session.extensionUrl('popup.html#unlock'))
    await press(options, words('popup.passkey.unlock'))
    await waitFor('the window to close', () => options.isClosed())
    expect(await stateOf(watching)).toBe('unlocked')
  })

  test('removed, after being asked, it is not offered and unlocks nothing, though its answer is right', async () => {
    options = await session.openExtensionPage('options.html')
    await plugIn(options, { prf: true })
    await prove(options, password)
    for (const { id } of (await unlockMethods(options)).filter(({ kind }) => kind === 'passkey'))
      await answered(ask(options, 'removePasskey', { id }))
    await options.reload()
    await add(options, 'Phone')
    await says(options, words('optionsAccess.passkey.added', { name: 'Phone' }))
    const passkey = (await unlockMethods(options)).find(({ kind }) => kind === 'passkey')
    const prf = await options.evaluate(askFor, passkey?.credentialId ?? '', passkey?.salt ?? '')
    const popup = await session.openExtensionPage('popup.html')
    const unlocking = () => ask(popup, 'unlockByPasskey', { credentialId: passkey?.credentialId, prf })
    await answered(ask(watching, 'lock', {}))
    expect(await unlocking()).toMatchObject({ ok: true })

    await options.bringToFront()
    await press(options, words('optionsAccess.passkey.remove'))
    await look(options)
    await press(options, words('optionsAccess.passkey.keep'))
    await press(options, words('optionsAccess.passkey.remove'))
    await press(options, words('optionsAccess.passkey.removeConfirm'))
    await press(options, words('secrets.proof.usePasskey'))
    await says(options, words('optionsAccess.passkey.removed', { name: 'Phone' }))
    expect(await names(options)).toEqual([])
    await answered(ask(watching, 'lock', {}))
    expect(await unlocking()).toEqual({ ok: false, code: 'wrong-secret' })
    await popup.bringToFront()
    await popup.reload()
    await named(popup, words('popup.unlock.password'))
    await settled(session, popup, { uncounted: true })
    expect(await has(popup, words('popup.passkey.unlock'))).toBe(false)
    await fill(popup, words('popup.unlock.password'), password)
    await press(popup, words('popup.unlock.unlock'))
    await waitFor('the vault to be unlocked', async () => (await stateOf(watching)) === 'unlocked')
  })

  test('nobody complained', () => {
    expect(session.problems).toEqual([])
  })

  async function unchanged(act: () => Promise<void>): Promise<void> {
    const before = await unlockMethods(watching)
    await act()
    expect(await unlockMethods(watching)).toEqual(before)
  }
  async function look(page: Page): Promise<void> {
    for (const scheme of schemes) {
      await setScheme(session, page, scheme)
      expect(await faults(page, scheme)).toEqual([])
    }
    await setScheme(session, page, 'light')
  }
})

describe('in firefox, which has no passkeys for extensions', () => {
  let setting: Setting
  let session: Session
  beforeAll(async () => {
    setting = await setUp('firefox', { extension: buildFor('firefox') })
    session = setting.session
    await placeVault(session, password)
  })
  afterAll(() => setting?.end())

  test('the browser itself refuses our origin, whatever it says of what it can do', async () => {
    const page = await session.openExtensionPage('options.html')
    const refusal = await page.evaluate(async () => {
      const publicKey = { challenge: new Uint8Array(32), timeout: 1000 }
      return navigator.credentials.get({ publicKey }).catch(({ name }: DOMException) => name)
    })
    expect(refusal).toBe('SecurityError')
    await page.close()
  })

  test('the options say so, list the other ways, and offer none to add', async () => {
    const page = await session.openExtensionPage('options.html')
    await says(page, words('optionsAccess.passkey.unsupported'))
    await says(page, /Password since .* · each guess costs 64 MiB × 3/)
    expect(await has(page, words('optionsAccess.passkey.add'))).toBe(false)
    await page.close()
  })

  test('a vault that has one, from elsewhere, unlocks by its password, and the list can still remove it', async () => {
    const page = await session.openExtensionPage('options.html')
    const prf = Array.from({ length: 32 }, () => 7)
    const passkey = { credentialId: 'A'.repeat(22), salt: 'A'.repeat(43), prf }
    await prove(page, password)
    await answered(ask(page, 'addPasskey', { name: 'From elsewhere', ...passkey }))
    await answered(ask(page, 'lock', {}))
    const site = await session.newPage(setting.site.origin)
    const popup = await session.realPopup(site)
    await named(popup, words('popup.unlock.password'))
    await settled(session, popup, { uncounted: true })
    expect(await has(popup, words('popup.passkey.unlock'))).toBe(false)
    await session.closePopup()
    await unlock(session, password, site)
    await page.bringToFront()
    await says(page, words('optionsAccess.methods.named', { name: 'From elsewhere' }))
    await press(page, words('optionsAccess.passkey.remove'))
    await press(page, words('optionsAccess.passkey.removeConfirm'))
    await confirmPerson(page, password)
    await says(page, words('optionsAccess.passkey.removed', { name: 'From elsewhere' }))
    expect(session.problems).toEqual([])
  })
})

async function add(page: Page, name: string): Promise<void> {
  await page.bringToFront()
  await prove(page, password)
  if (!(await has(page, words('optionsAccess.passkey.name')))) await press(page, words('optionsAccess.passkey.add'))
  await fill(page, words('optionsAccess.passkey.name'), name)
  await press(page, words('optionsAccess.passkey.create'))
}

/** In a page of ours: what the passkey gives. */
async function askFor(credentialId: string, salt: string): Promise<number[]> {
  const bytes = (text: string) =>
    Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0))
  const publicKey: PublicKeyCredentialRequestOptions = {
    challenge: new Uint8Array(32),
    allowCredentials: [{ type: 'public-key', id: bytes(credentialId) }],
    extensions: { prf: { eval: { first: bytes(salt) } } },
    userVerification: 'required',
  }
  const used = (await navigator.credentials.get({ publicKey })) as PublicKeyCredential
  return [...new Uint8Array(used.getClientExtensionResults().prf?.results?.first as ArrayBuffer)]
}

/** In a page of ours: a passkey that was made is handed over only at the event. */
function takeTime(): void {
  const make = navigator.credentials.create.bind(navigator.credentials)
  navigator.credentials.create = async (options) => {
    const made = await make(options)
    await new Promise((resolve) => addEventListener('time-is-up', resolve, { once: true }))
    return made
  }
}
