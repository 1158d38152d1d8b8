// The vault locks by itself. The deadline is brought near by writing it where it is kept and ending the background, as a time of
// idleness and a sleep would. And where the memory for a password cannot be had, the popup knows another way in.

import type { Page } from 'puppeteer-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { answered, area, ask } from '../e2e/asking.ts'
import { touchDevice } from '../e2e/browserUi.ts'
import { faults, focus, schemes, setScheme } from '../e2e/looking.ts'
import { type BackgroundScope, kinds, type Session, waitFor } from '../e2e/session.ts'
import { password, type Setting, setUp } from '../e2e/setting.ts'
import {
  confirmPerson,
  fieldNamed,
  fill,
  has,
  named,
  placeVault,
  press,
  readPage,
  reads,
  says,
  sealedIn,
  sealField,
  switchOn,
  unlock,
} from '../e2e/steps.ts'
import { words } from '../words.ts'

const plain = 'Nobody is looking at this any more.'
const minute = 60_000

describe.each(kinds)('in %s', (kind) => {
  let setting: Setting
  let session: Session
  let page: Page
  let options: Page
  beforeAll(async () => {
    setting = await setUp(kind)
    session = setting.session
    await placeVault(session, password)
    options = await session.openExtensionPage('options.html')
    page = await session.newPage(setting.site.origin)
    await switchOn(session, page)
    await fill(page, 'Note', plain)
    await sealField(session, page, 'Note')
    await sealedIn(page, 'Note')
    await press(page, 'Save note')
    await reads(session, page, [plain])
  })
  beforeEach(async () => {
    if ((await vaultState()) === 'locked') await unlock(session, password, page)
    await quiet()
  })
  afterAll(() => setting?.end())

  test('the popup counts down when little time is left, and “Stay unlocked” puts it off', async () => {
    await bringNear(80_000)
    const popup = await session.realPopup(page)
    await says(popup, new RegExp(words('popup.countdown.locksIn', { clock: '(1:1\\d|0:[45]\\d)' })))
    const first = await timeLeft(popup)
    await waitFor('the time to tick', async () => (await timeLeft(popup)) !== first)
    for (const scheme of schemes) {
      await setScheme(session, popup, scheme)
      expect(await faults(popup, scheme)).toEqual([])
    }
    await press(popup, words('popup.countdown.stay'))
    await waitFor('the countdown to go', async () => !/Locks in/.test(await readPage(popup)))
    expect(await left()).toBeGreaterThan(14 * minute)
    expect(await has(popup, words('popup.page.lock'), 'button')).toBe(true)
    await session.closePopup()
  })

  test('the popup says nothing of it before', async () => {
    await bringNear(10 * minute)
    const popup = await session.realPopup(page)
    await named(popup, words('popup.page.lock'), 'button')
    expect(await readPage(popup)).not.toMatch(new RegExp(words('popup.countdown.locksIn', { clock: '.*' })))
    await session.closePopup()
  })

  test('someone at the device puts it off, as the browser tells at the next alarm', async () => {
    await bringNear(minute)
    expect(await vaultState()).toBe('unlocked')
    await touchDevice(session)
    await ringAt(0)
    await waitFor('the deadline to be put off', async () => ((await left()) ?? 0) > 14 * minute, { timeoutMs: 40_000 })
  })

  test('the popup that counted down to the end asks for the password', async () => {
    await bringNear(6_000)
    const popup = await session.realPopup(page)
    await says(popup, new RegExp(words('popup.countdown.locksIn', { clock: '0:0\\d' })))
    await named(popup, words('popup.unlock.unlock'), 'button', 20_000)
    expect(await readPage(popup)).not.toMatch(new RegExp(words('popup.countdown.locksIn', { clock: '.*' })))
    await session.closePopup()
  })

  test('when the time is up, the texts in pages go blank and the composer’s box is wiped; its draft comes back', async () => {
    const composer = await openComposer()
    await fill(composer, words('composer.write.text'), 'Half a thought, when the time was up')
    await says(composer, words('composer.write.kept'))
    await page.bringToFront()
    await reads(session, page, [plain])
    await bringNear(4_000)
    // The background takes the deadline up; nobody asks it anything from then on but the alarm.
    expect(await vaultState()).toBe('unlocked')
    await reads(session, page, [plain])
    await ringAt(4_500)
    await reads(session, page, [])
    await says(composer, words('composer.locked.all'))
    await composer.bringToFront()
    expect(await has(composer, words('composer.write.text'))).toBe(false)
    expect(await area(session, 'session').get('session')).toEqual({})
    await page.bringToFront()
    await unlock(session, password, page)
    await reads(session, page, [plain])
    await composer.bringToFront()
    const text = await fieldNamed(composer, words('composer.write.text'))
    await waitFor('the draft to come back', async () =>
      /Half a thought/.test(await text.evaluate((each) => (each as HTMLTextAreaElement).value)),
    )
    await composer.close()
    const next = await openComposer()
    await says(next, 'Half a thought')
    await press(next, 'Discard')
    for (const each of await session.ownPages('composer.html')) await each.close()
  })

  test('what slept past its time wakes locked, though no alarm rang and the background was dead', async () => {
    await bringNear(-1)
    expect(await ask(options, 'getAutoLock', {})).toEqual({ ok: false, code: 'locked' })
    await waitFor(
      'nothing to be kept',
      async () => (await area(session, 'session').get('session')).session === undefined,
    )
    const popup = await session.realPopup(page)
    await named(popup, words('popup.unlock.unlock'), 'button')
    await session.closePopup()
    await reads(session, page, [])
  })

  test('a deadline that is missing or too far off opens nothing', async () => {
    for (const until of [undefined, Date.now() + 100 * minute]) {
      const { session: kept } = await area(session, 'session').get('session')
      await area(session, 'session').set({ session: { ...(kept as object), until } })
      await session.killBackground()
      expect(await vaultState()).toBe('locked')
      await unlock(session, password, page)
    }
  })

  test('the options say what each choice means, and it holds at once', async () => {
    await options.bringToFront()
    // By the keyboard, as a group of radio buttons is gone through.
    await (await named(options, '15 minutes', 'radio')).focus()
    await options.keyboard.press('ArrowUp')
    await says(options, 'Saved.')
    expect(await focus(options)).toEqual({ name: '5 minutes', seen: true })
    await says(options, 'Saved.')
    await says(options, 'After 5 minutes without a key')
    expect(await left()).toBeLessThan(5 * minute + 1)
    await press(options, 'Never', 'radio')
    await confirmPerson(options, password)
    await says(options, 'stays unlocked until you lock it')
    await waitFor('no deadline to be kept', async () => (await left()) === null)
    for (const scheme of schemes) {
      await setScheme(session, options, scheme)
      expect(await faults(options, scheme)).toEqual([])
    }
    await press(options, words('options.autoLock.onLastWindow'), 'switch')
    const chosen = { minutes: null, onScreenLock: true, onLastWindow: false }
    await waitFor('the choice to be kept', async () => {
      const kept = await answered(ask(options, 'getAutoLock', {}))
      return JSON.stringify(kept) === JSON.stringify(chosen)
    })
    await answered(ask(options, 'lock', {}))
    await says(options, words('options.autoLock.unlockFirst'))
    expect(await has(options, 'Never', 'radio')).toBe(false)
    await unlock(session, password, page)
    await options.bringToFront()
    await says(options, 'stays unlocked until you lock it')
    await press(options, '15 minutes', 'radio')
    await says(options, 'Saved.')
    expect(await left()).toBeGreaterThan(14 * minute)
  })

  test.runIf(kind === 'chromium')('a locked screen locks', async () => {
    await session.inBackground(({ chrome }) => {
      const { onStateChanged } = chrome.idle as unknown as { onStateChanged: { dispatch(state: string): void } }
      onStateChanged.dispatch('locked')
    })
    await waitFor('the vault to be locked', async () => (await vaultState()) === 'locked')
  })

  test('where the memory for the password cannot be had, the popup says so and offers the recovery key', async () => {
    await answered(ask(options, 'lock', {}))
    await session.inBackground((scope: BackgroundScope) => {
      const world = scope as unknown as { WebAssembly: { instantiate: unknown } }
      world.WebAssembly.instantiate = () => Promise.reject(new RangeError('Out of memory: cannot allocate'))
    })
    const popup = await session.realPopup(page)
    await fill(popup, words('popup.unlock.password'), password)
    await press(popup, words('popup.unlock.unlock'))
    await says(popup, 'too little free memory')
    await press(popup, words('popup.unlock.useRecoveryKey'), 'link')
    const recovery = await session.ownPage('onboarding.html')
    await says(recovery, words('onboarding.recover.title'))
    await recovery.close()
    await session.killBackground()
    await unlock(session, password, page)
  })

  test('nobody complained', () => {
    expect(session.problems).toEqual([])
  })

  async function vaultState(): Promise<unknown> {
    return ((await answered(ask(options, 'getVaultState', {}))) as { vault: unknown }).vault
  }

  /** No alarm rings from now on, so that what a test sees is not of an alarm's doing. */
  function quiet(): Promise<unknown> {
    return session.inBackground(async ({ chrome }) => {
      await chrome.alarms?.clear?.('look')
    })
  }

  /** One alarm rings so many milliseconds from now. */
  function ringAt(ms: number): Promise<unknown> {
    return session.inBackground(async ({ chrome }, when) => {
      await chrome.alarms?.create?.('look', { when })
    }, Date.now() + ms)
  }

  /** Has the vault lock so many milliseconds from now, by the next background. */
  async function bringNear(ms: number): Promise<void> {
    const { session: kept } = await area(session, 'session').get('session')
    await area(session, 'session').set({ session: { ...(kept as object), until: Date.now() + ms } })
    await session.killBackground()
  }

  /** Milliseconds until it locks; null for never. */
  async function left(): Promise<number | null> {
    const { session: kept } = await area(session, 'session').get('session')
    const { until } = kept as { until: number | null }
    return until === null ? null : until - Date.now()
  }

  async function openComposer(): Promise<Page> {
    return session.openExtensionPage('composer.html')
  }
})

async function timeLeft(popup: Page): Promise<string> {
  const countdown = new RegExp(words('popup.countdown.locksIn', { clock: '(\\S+)' }))
  const [, clock] = countdown.exec(await readPage(popup)) ?? []
  if (clock === undefined) throw new Error('The popup says no time')
  return clock
}
