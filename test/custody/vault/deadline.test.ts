// The deadline of an unlocked vault, with the clock in the test's hand: it holds whatever alarms, sleep, a dead background and a
// clock that is put back or forth do, and nothing that has passed comes back.

import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { fakeBrowser } from 'wxt/testing/fake-browser'
import { recover, replaceRecoveryKey } from '../../../src/custody/access/recoveryKey.ts'
import { vaultState } from '../../../src/custody/access/vaultState.ts'
import { AutoLock } from '../../../src/custody/vault/autoLock.ts'
import { Custodian } from '../../../src/custody/vault/custodian.ts'
import { autoLockOf } from '../../../src/custody/vault/deadline.ts'
import { openByPassword } from '../../../src/custody/vault/vaultRecord.ts'
import { type Vault, withSettings } from '../../../src/keyring/vault.ts'
import { onLockSignal } from '../../../src/messages/lockSignal.ts'
import type { ReaderEvent } from '../../../src/messages/reader.ts'
import type { AutoLock as Choice } from '../../../src/messages/vault/autoLock.ts'
import { draftId, newDesk, ours, site } from '../backgrounds.ts'
import {
  anotherRecoveryKey,
  emptyDevice,
  password,
  placeUnlocked,
  placeVault,
  quickVault,
  recoveryKey,
  rowsOf,
  storedRow,
} from '../device.ts'
import { textsOf } from '../textsOf.ts'

vi.mock('hash-wasm', () => import('../argon2.ts'))

const start = Date.UTC(2026, 10, 26, 9)
const minute = 60_000
const usual: Choice = { minutes: 15, onScreenLock: true, onLastWindow: true }

let made: Vault
beforeAll(async () => {
  const { defaultCost } = await import('../../../src/crypto/kdf.ts')
  made = await quickVault(defaultCost)
})
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: start })
  await emptyDevice()
})
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

const { session } = fakeBrowser.storage
const locked = expect.objectContaining({ code: 'locked' })
const choosing = (choice: Partial<Choice>) => withSettings(made, { autoLock: { ...usual, ...choice } }, new Date())
const pass = (ms: number) => vi.setSystemTime(Date.now() + ms)

/** A vault with this choice, unlocked by its password just now. */
async function unlocked(vault = made): Promise<Custodian> {
  await placeVault(vault)
  const custodian = new Custodian()
  await custodian.unlock(password)
  return custodian
}

async function kept(): Promise<{ until: number | null } & Record<string, unknown>> {
  return (await session.get('session')).session as { until: number | null }
}

async function isOpen(custodian = new Custodian()): Promise<boolean> {
  return (await custodian.unlockedVault()) !== null
}

/** Locked here and for whoever comes after, with nothing left of the session, whatever the clock says then. */
async function isLockedForGood(custodian: Custodian): Promise<void> {
  await expect(textsOf(custodian).seal('x', null)).rejects.toEqual(locked)
  await vi.waitFor(async () => expect(await session.get(null)).toEqual({}))
  expect(await rowsOf('session')).toEqual([])
  vi.setSystemTime(start)
  for (const one of [custodian, new Custodian()]) {
    await expect(one.vault()).rejects.toEqual(locked)
    expect((await vaultState(one)).locking).toBeNull()
  }
}

describe('an unlocked vault', () => {
  test('is open until its time is up, and not a moment longer', async () => {
    const custodian = await unlocked()
    pass(15 * minute - 1)
    expect(await isOpen(custodian)).toBe(true)
    expect(await isOpen()).toBe(true)
    pass(1)
    await isLockedForGood(custodian)
  })

  test.each([1, 5, 15, 30, 60, 240] as const)(
    'of which %i minutes were chosen is open for as long as that',
    async (minutes) => {
      const custodian = await unlocked(choosing({ minutes }))
      expect((await kept()).until).toBe(start + minutes * minute)
      pass(minutes * minute - 1)
      expect(await isOpen(custodian)).toBe(true)
      pass(1)
      await isLockedForGood(custodian)
    },
  )

  test('of which never was chosen is open for as long as the browser session', async () => {
    const custodian = await unlocked(choosing({ minutes: null }))
    expect((await kept()).until).toBeNull()
    pass(400 * 24 * 60 * minute)
    expect([await isOpen(custodian), await isOpen()]).toEqual([true, true])
    expect((await vaultState(custodian)).locking).toBeNull()
    await session.clear()
    expect(await isOpen()).toBe(false)
  })

  test('is refused to a background that was dead when the time was up, and to every use of it', async () => {
    const sealed = await textsOf(await unlocked()).seal('a text', null)
    pass(15 * minute)
    const uses: ((custodian: Custodian) => Promise<unknown>)[] = [
      (custodian) => textsOf(custodian).seal('x', null),
      (custodian) => textsOf(custodian).open(sealed),
      (custodian) => replaceRecoveryKey(custodian, anotherRecoveryKey),
      (custodian) => custodian.change((vault) => withSettings(vault, { more: 1 }, new Date())),
      (custodian) => custodian.vault(),
    ]
    const before = await storedRow()
    const session = await kept()
    for (const use of uses) {
      await fakeBrowser.storage.session.set({ session })
      // Nobody locks here: the refusal must not hang on that.
      const custodian = new Custodian()
      custodian.onDeadline = async () => undefined
      await expect(use(custodian)).rejects.toEqual(locked)
    }
    expect(await storedRow()).toEqual(before)
    await isLockedForGood(new Custodian())
  })

  test('stays refused when the lock that follows fails, and is locked at the next use', async () => {
    await unlocked()
    pass(15 * minute)
    const lockAll = vi.fn(() => Promise.reject(new Error('no')))
    const custodian = new Custodian()
    custodian.onDeadline = lockAll
    expect(await custodian.unlockedVault()).toBeNull()
    vi.setSystemTime(start)
    expect([await custodian.unlockedVault(), await custodian.unlockedVault()]).toEqual([null, null])
    expect(lockAll).toHaveBeenCalledTimes(3)
    await custodian.unlock(password)
    expect(await isOpen(custodian)).toBe(true)
  })
})

describe('a clock', () => {
  test('that is put back keeps nothing open for longer', async () => {
    for (const back of [3_000, minute, 60 * minute, 10 * 365 * 24 * 60 * minute]) {
      const custodian = await unlocked()
      pass(-back)
      await expect(textsOf(custodian).seal('x', null)).rejects.toEqual(locked)
      expect(await isOpen()).toBe(false)
      vi.setSystemTime(start)
    }
  })

  test('that is put back later on leaves less than the chosen time from then', async () => {
    const custodian = await unlocked()
    pass(14 * minute)
    pass(-10 * minute)
    expect(await isOpen(custodian)).toBe(true)
    pass(11 * minute)
    await isLockedForGood(custodian)
  })

  test('that is set right by a second is no reason to lock', async () => {
    const custodian = await unlocked()
    pass(-1_000)
    expect([await isOpen(custodian), await isOpen()]).toEqual([true, true])
  })

  test('that is put forth locks, and putting it back again does not undo that', async () => {
    const custodian = await unlocked()
    pass(16 * minute)
    expect(await isOpen(custodian)).toBe(false)
    await isLockedForGood(custodian)
  })
})

describe('a deadline in the session’s storage', () => {
  test.each([
    ['missing', undefined],
    ['for never, where never was not chosen', null],
    ['a text', `${start + minute}`],
    ['nonsense', {}],
    ['past', start - 1],
    ['now', start],
    ['further off than it could be', start + 15 * minute + 2_001],
    ['at the end of time', Number.MAX_SAFE_INTEGER],
    ['beyond', Number.MAX_VALUE],
  ])('that is %s opens nothing', async (_what, until) => {
    await unlocked()
    await session.set({ session: { ...(await kept()), until } })
    const custodian = new Custodian()
    await expect(textsOf(custodian).seal('x', null)).rejects.toEqual(locked)
  })

  test('moves on with what the person does, and is the new background’s too', async () => {
    const custodian = await unlocked()
    pass(14 * minute)
    await custodian.extendDeadline()
    expect((await kept()).until).toBe(start + 29 * minute)
    pass(14 * minute)
    expect([await isOpen(custodian), await isOpen()]).toEqual([true, true])
    pass(minute)
    await isLockedForGood(custodian)
  })

  test('that has passed does not move on', async () => {
    const custodian = await unlocked()
    pass(15 * minute)
    await custodian.extendDeadline()
    await isLockedForGood(custodian)
    await unlocked()
    pass(15 * minute)
    const next = new Custodian()
    await next.extendDeadline()
    await isLockedForGood(next)
  })

  test('is not put back by a move that was asked for before a lock', async () => {
    const custodian = await unlocked()
    const staying = custodian.extendDeadline()
    await custodian.lock()
    await staying
    await isLockedForGood(custodian)
  })

  test('is not put off by a change that nobody made by hand, but by unlocking', async () => {
    const custodian = await unlocked()
    pass(10 * minute)
    await custodian.change((vault) => withSettings(vault, { more: 1 }, new Date()))
    expect((await kept()).until).toBe(start + 15 * minute)
    await custodian.unlock(password)
    expect((await kept()).until).toBe(start + 25 * minute)
    pass(1)
    await recover(custodian, recoveryKey, password)
    expect((await kept()).until).toBe(start + 25 * minute + 1)
  })

  test('is told to our windows, with the moment from which it is worth saying', async () => {
    for (const [minutes, seconds] of [
      [1, 15],
      [5, 30],
      [15, 90],
      [30, 120],
      [240, 120],
    ] as const) {
      const { locking } = await vaultState(await unlocked(choosing({ minutes })))
      const at = start + minutes * minute
      expect(locking).toEqual({ at, sayFrom: at - seconds * 1000 })
    }
  })
})

describe('the choice', () => {
  const answers = (custodian: Custodian) => new AutoLock(custodian, custodian).handlers()

  test('is a quarter of an hour, the screen and the last window, until another is made', async () => {
    expect(await answers(await unlocked()).getAutoLock({}, ours)).toEqual(usual)
  })

  test.each([
    undefined,
    null,
    'never',
    7,
    [],
    {},
    { minutes: 7 },
    { minutes: 0 },
    { minutes: -1 },
    { minutes: 15.5 },
    { minutes: '1' },
    { minutes: Number.MAX_SAFE_INTEGER },
    { minutes: undefined, onScreenLock: 0, onLastWindow: 'no' },
  ])('that reads %j counts as that too', (autoLock) => {
    expect(autoLockOf({ body: { ...made.body, settings: { autoLock } } })).toEqual(usual)
  })

  test('of which a part is wrong keeps the others', () => {
    const autoLock = { minutes: 1, onScreenLock: 'no', onLastWindow: false, more: 1 }
    const settings = { autoLock }
    expect(autoLockOf({ body: { ...made.body, settings } })).toEqual({ ...usual, minutes: 1, onLastWindow: false })
  })

  test('holds at once, outlives a lock, and keeps what it does not know', async () => {
    const custodian = await unlocked(withSettings(made, { autoLock: { more: 'later' }, theme: 'dark' }, new Date()))
    const { getAutoLock: autoLock, setAutoLock } = answers(custodian)
    pass(10 * minute)
    await setAutoLock({ choice: { ...usual, minutes: 1 } }, ours)
    expect((await kept()).until).toBe(start + 11 * minute)
    expect((await custodian.vault()).body.settings).toEqual({
      autoLock: { ...usual, minutes: 1, more: 'later' },
      theme: 'dark',
    })
    await custodian.giveProof(openByPassword(password))
    await setAutoLock({ choice: { ...usual, minutes: null } }, ours)
    expect((await kept()).until).toBeNull()
    await setAutoLock({ choice: { ...usual, minutes: 60 } }, ours)
    expect((await kept()).until).toBe(start + 70 * minute)
    const before = await storedRow()
    await setAutoLock({ choice: { ...usual, minutes: 60 } }, ours)
    expect(await storedRow()).toEqual(before)
    await custodian.lock()
    await custodian.unlock(password)
    expect(await autoLock({}, ours)).toEqual({ ...usual, minutes: 60 })
  })

  test('is neither read nor made while it is locked', async () => {
    await placeVault(made)
    const { getAutoLock: autoLock, setAutoLock, stayUnlocked } = answers(new Custodian())
    await expect(autoLock({}, ours)).rejects.toEqual(locked)
    await expect(setAutoLock({ choice: usual }, ours)).rejects.toEqual(locked)
    await expect(stayUnlocked({}, ours)).rejects.toEqual(locked)
  })

  test('says whether a locked screen and a closed last window lock', async () => {
    for (const [event, other] of [
      ['onScreenLock', 'onLastWindow'],
      ['onLastWindow', 'onScreenLock'],
    ] as const) {
      const custodian = await unlocked(choosing({ [event]: false }))
      const autoLock = new AutoLock(custodian, custodian)
      await autoLock.lockOn(event)
      expect(await isOpen(custodian)).toBe(true)
      await autoLock.lockOn(other)
      expect(await isOpen(custodian)).toBe(false)
      await autoLock.lockOn(other)
    }
  })
})

describe('at the desk, a deadline that has passed', () => {
  let at: ReturnType<typeof newDesk>
  let events: string[]
  beforeEach(async () => {
    await placeUnlocked(made)
    at = newDesk()
    events = []
    onLockSignal((what) => events.push(what))
  })

  test('blanks what is shown, lets composers save what was typed, then locks and says so, by whichever use finds it', async () => {
    const { sealed } = await at.answers.seal(
      { text: 'a text', replaces: null },
      { ...ours, role: 'content', origin: site },
    )
    const { tickets } = await at.answers.issueTickets({ texts: [{ sealed, field: null }] }, { ...ours, origin: site })
    const shown = Promise.withResolvers<void>()
    const send = (event: ReaderEvent) => {
      if (event.event === 'admitted') return
      const view = event.event === 'show' ? event.view : null
      events.push(view === null ? event.event : view.kind === 'closed' ? view.why : view.kind)
      shown.resolve()
    }
    const end = at.desk.readers.admit({ tabId: 11, frameId: 9, send })
    end.receive({ request: 'redeem', ticket: tickets[0] ?? '', ancestors: [site] })
    await shown.promise
    const windowRequest = await at.composing()
    pass(15 * minute)
    const text = 'typed as the lid was closed'
    const late = await at.answers.saveDraft({ windowRequest, draft: draftId('d'), text }, ours)
    expect(late).toEqual({})
    expect((await at.answers.getVaultState({}, ours)).vault).toBe('locked')
    await expect(at.answers.sealComposedText({ windowRequest, draft: draftId('d'), text }, ours)).rejects.toEqual(
      locked,
    )
    // Asked for in the middle of it, and done after it.
    await at.answers.unlock({ password }, ours)
    expect(events).toEqual(['opened', 'locked', 'flush', 'locked', 'locked', 'unlocked', 'opened'])
    expect(await at.answers.resumeDraft({ windowRequest: null, draft: draftId('d') }, ours)).toEqual({ text })
    expect(at.icons.slice(-2)).toEqual(['locked', 'unlocked'])
  })

  test('saves no more words once it is locked', async () => {
    pass(15 * minute)
    await vi.waitFor(async () => {
      expect((await at.answers.getVaultState({}, ours)).vault).toBe('locked')
      expect(events).toEqual(['locked'])
    })
    await expect(
      at.answers.saveDraft({ windowRequest: null, draft: draftId('d'), text: 'late' }, ours),
    ).rejects.toEqual(locked)
    expect(await rowsOf('drafts')).toEqual([])
  })

  test('was put off by what only a person asks, and not by what a page can', async () => {
    const content = { ...ours, peer: 'content', origin: site } as const
    const draft = draftId('d')
    const deeds: [string, () => Promise<unknown>][] = [
      ['saveDraft', () => at.answers.saveDraft({ windowRequest: null, draft, text: 'typing' }, ours)],
      ['resumeDraft', () => at.answers.resumeDraft({ windowRequest: null, draft }, ours)],
      ['sealComposedText', () => at.answers.sealComposedText({ windowRequest: null, draft, text: 'done' }, ours)],
      ['stayUnlocked', () => at.answers.stayUnlocked({}, ours)],
      ['a command', () => at.desk.autoLock.postpone()],
    ]
    for (const [what, deed] of deeds) {
      pass(1_000)
      await deed()
      expect((await kept()).until, what).toBe(Date.now() + 15 * minute)
    }
    const { until } = await kept()
    pass(1_000)
    const { sealed } = await at.answers.seal({ text: 'a text', replaces: null }, content)
    await at.answers.issueTickets({ texts: [{ sealed, field: null }] }, content)
    await at.answers.getVaultState({}, ours)
    await at.answers.getWindowContext({ windowRequest: null }, ours)
    await at.desk.autoLock.check()
    expect((await kept()).until).toBe(until)
  })

  test('of an earlier browser session is nothing after the browser has started', async () => {
    await at.desk.locking.startAfresh()
    expect(await kept()).toBeUndefined()
    expect(await at.desk.autoLock.check()).toBeNull()
  })
})
