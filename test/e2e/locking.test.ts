// The vault locks by itself. The deadline is brought near by writing it where it is kept and ending the background, as a time of
// idleness and a sleep would. And where the memory for a password cannot be had, the popup knows another way in.

import type { Page } from 'puppeteer-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { answered, area, ask } from './asking.ts'
import { faults, focus, schemes, setScheme } from './looking.ts'
import { type BackgroundScope, kinds, type Session, waitFor } from './session.ts'
import { password, type Setting, setUp } from './setting.ts'
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
} from './steps.ts'

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
  }, 60_000)
  beforeEach(async () => {
    if ((await vaultState()) === 'locked') await unlock(session, password, page)
    await quiet()
  })
  afterAll(() => setting?.end())

  test('the popup counts down when little time is left, and “Stay unlocked” puts it off', async () => {
    await bringNear(80_000)
    const popup = await session.realPopup(page)
    await says(popup, /Locks in (1:1\d|0:[45]\d) because nothing was done/)
    const [first, second] = [await readPage(popup), await waitFor('the time to tick', () => ticked(popup))]
    expect(second).not.toBe(/Locks in \S+/.exec(first)?.[0])
    for (const scheme of schemes) {
      await setScheme(session, popup, scheme)
      expect(await faults(popup, scheme)).toEqual([])
    }
    await press(popup, 'Stay unlocked')
    await waitFor('the countdown to go', async () => !/Locks in/.test(await readPage(popup)))
    expect(await left()).toBeGreaterThan(14 * minute)
    expect(await has(popup, 'Lock', 'button')).toBe(true)
    await session.closePopup()
  })

  test('the popup says nothing of it before', async () => {
    await bringNear(10 * minute)
    const popup = await session.realPopup(page)
    await named(popup, 'Lock', 'button')
    expect(await readPage(popup)).not.toContain('Locks in')
    await session.closePopup()
  })

  test('someone at the device puts it off, as the browser tells at the next alarm', async () => {
    await bringNear(minute)
    expect(await vaultState()).toBe('unlocked')
    await ringAt(0)
    await waitFor('the deadline to be put off', async () => ((await left()) ?? 0) > 14 * minute, { timeoutMs: 40_000 })
  })

  test('the popup that counted down to the end asks for the password', async () => {
    await bringNear(6_000)
    const popup = await session.realPopup(page)
    await says(popup, /Locks in 0:0\d/)
    await named(popup, 'Unlock', 'button')
    expect(await readPage(popup)).not.toContain('Locks in')
    await session.closePopup()
  })

  test('when the time is up, the texts in pages go blank and the composer’s box is wiped; its draft comes back', async () => {
    const composer = await openComposer()
    await fill(composer, 'Text to seal', 'Half a thought, when the time was up')
    await says(composer, 'Draft kept')
    await page.bringToFront()
    await reads(session, page, [plain])
    await bringNear(4_000)
    // The background takes the deadline up; nobody asks it anything from then on but the alarm.
    expect(await vaultState()).toBe('unlocked')
    await reads(session, page, [plain])
    await ringAt(4_500)
    await reads(session, page, [])
    await says(composer, 'Your text was kept, sealed')
    await composer.bringToFront()
    expect(await has(composer, 'Text to seal')).toBe(false)
    expect(await area(session, 'session').get('session')).toEqual({})
    await page.bringToFront()
    await unlock(session, password, page)
    await reads(session, page, [plain])
    await composer.bringToFront()
    const text = await fieldNamed(composer, 'Text to seal')
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
    expect(await ask(options, 'autoLock', {})).toEqual({ ok: false, code: 'locked' })
    await waitFor(
      'nothing to be kept',
      async () => (await area(session, 'session').get('session')).session === undefined,
    )
    const popup = await session.realPopup(page)
    await named(popup, 'Unlock', 'button')
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
    await press(options, 'Lock when the last window is closed', 'switch')
    const chosen = { minutes: null, onScreenLock: true, onLastWindow: false }
    await waitFor('the choice to be kept', async () => {
      const kept = await answered(ask(options, 'autoLock', {}))
      return JSON.stringify(kept) === JSON.stringify(chosen)
    })
    await answered(ask(options, 'lock', {}))
    await says(options, 'Unlock the vault first')
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
    await fill(popup, 'Password', password)
    await press(popup, 'Unlock')
    await says(popup, 'too little free memory')
    await press(popup, 'Use your recovery key', 'link')
    const recovery = await session.ownPage('onboarding.html')
    await says(recovery, 'Recover your vault')
    await recovery.close()
    await session.killBackground()
    await unlock(session, password, page)
  })

  test('nobody complained', () => {
    expect(session.problems).toEqual([])
  })

  async function vaultState(): Promise<unknown> {
    return ((await answered(ask(options, 'state', {}))) as { vault: unknown }).vault
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

async function ticked(popup: Page): Promise<string | null> {
  const seen = /Locks in \S+/.exec(await readPage(popup))?.[0] ?? null
  await new Promise((resolve) => setTimeout(resolve, 1_100))
  const now = /Locks in \S+/.exec(await readPage(popup))?.[0] ?? null
  return now !== seen ? now : null
}
