// Two devices with one vault. Two profiles cannot share an account here: what the browser's sync would carry, the test carries,
// from the one browser's storage.sync to the other's. All else is as on two real devices.

import type { Page } from 'puppeteer-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { altered } from '../altered.ts'
import { anyValue, patternOf, plainWords, words, wordsWithin } from '../words.ts'
import { answered, area, ask, vaultRow } from './asking.ts'
import { launch } from './browsers.ts'
import { faults, schemes, setScheme } from './looking.ts'
import { quickBuildFor } from './quick.ts'
import { masterEpoch, renewal } from './renewals.ts'
import { kinds, type Session, waitFor } from './session.ts'
import { password } from './setting.ts'
import { confirmPerson, fill, named, placeVault, press, prove, says } from './steps.ts'
import { watched } from './watched.ts'

const plain = 'from the other room'
const next = 'another password than the one before'
const inStep = patternOf(words('sync.status.inStep', { time: anyValue }))

describe.each(kinds)('in two of %s', (kind) => {
  let one: Session
  let other: Session
  let options: Page
  let onOther: Page
  let sealed: string
  beforeAll(async () => {
    one = await launch(kind, { extension: await watched(quickBuildFor(kind)) })
    other = await launch(kind, { extension: await watched(quickBuildFor(kind)) })
    await placeVault(one, password)
  })
  afterAll(async () => {
    await one?.close()
    await other?.close()
  })

  test('nothing is sent before it is chosen', async () => {
    expect(await area(one, 'sync').get(null)).toEqual({})
    options = await one.openExtensionPage('options.html')
    await named(options, words('sync.heading'))
    expect(await area(one, 'sync').get(null)).toEqual({})
  })

  test('switched on, the vault lies in the browser’s sync, sealed and in pieces', async () => {
    await press(options, words('sync.on'), 'switch')
    await confirmPerson(options, password)
    await says(options, inStep)
    const items = await area(one, 'sync').get(null)
    expect(Object.keys(items).filter((key) => key !== 'manifest').length).toBeGreaterThan(0)
    for (const [key, value] of Object.entries(items))
      expect(key.length + JSON.stringify(value).length).toBeLessThanOrEqual(8192)
    expect(JSON.stringify(items)).not.toContain('Personal')
  })

  test('a new device finds it, and joins it by its password only', async () => {
    await carry(one, other)
    const page = await other.openExtensionPage('onboarding.html')
    await says(page, plainWords('onboarding.elsewhere.found'))
    await press(page, wordsWithin('onboarding.elsewhere.found', 'join'), 'link')
    await fill(page, words('onboarding.join.password'), 'not the password')
    await press(page, words('onboarding.join.join'))
    await says(page, words('errors.join.wrongSecret'))
    await allCanRead(other, page)
    expect(await vaultRow(other)).toBeNull()
    await fill(page, words('onboarding.join.password'), password)
    await press(page, words('onboarding.join.join'))
    await says(page, words('onboarding.joined.heading'), 30_000)
    await allCanRead(other, page)
    expect(await cueOn(page)).toEqual(await cueOn(options))
    await page.close()
    // That it was brought here is noted, for the other device to tell.
    const [there, here] = await Promise.all([vaultRow(one), vaultRow(other)])
    expect(here?.revision).toBe((there?.revision ?? 0) + 1)
    expect(JSON.parse(here?.header ?? '').slots).toEqual(JSON.parse(there?.header ?? '').slots)
  })

  test('what was sealed on the one opens on the other', async () => {
    const first = await one.openExtensionPage('onboarding.html')
    sealed = ((await answered(ask(first, 'practiceSealing', { text: plain }))) as { sealed: string }).sealed
    await first.close()
    const second = await other.openExtensionPage('onboarding.html')
    expect(await answered(ask(second, 'practiceOpening', { sealed }))).toEqual({ text: plain })
    await second.close()
  })

  test('changed on both, they come to the same, also when the background had been ended in between', async () => {
    onOther = await other.openExtensionPage('options.html')
    await answered(ask(options, 'changePassword', { current: password, next, strong: null }))
    const { recoveryKey } = (await answered(ask(onOther, 'proposeRecoveryKey', {}))) as { recoveryKey: string }
    await prove(onOther, password)
    await answered(ask(onOther, 'replaceRecoveryKey', { recoveryKey }))
    const changed = await Promise.all([vaultRow(one), vaultRow(other)])
    const merged = Math.max(...changed.map((row) => row?.revision ?? 0)) + 1
    await other.killBackground().catch(() => undefined)
    await carry(one, other)
    await waitFor('the other one to have sent both changes', async () => (await sentRevision(other)) === merged)
    await carry(other, one)
    await waitFor('both to be the same', async () => {
      const [mine, theirs] = await Promise.all([vaultRow(one), vaultRow(other)])
      return mine?.body === theirs?.body && mine?.header === theirs?.header
    })
    const slots = JSON.parse((await vaultRow(one))?.header ?? '').slots as { kind: string }[]
    expect(slots.map(({ kind: of }) => of).sort()).toEqual(['password', 'recovery'])
    await answered(ask(onOther, 'lock', {}))
    const popup = await other.openExtensionPage('popup.html')
    expect(await ask(popup, 'unlock', { password })).toMatchObject({ ok: false, code: 'wrong-secret' })
    expect(await ask(popup, 'unlock', { password: next })).toMatchObject({ ok: true })
    await popup.close()
    await says(onOther, inStep)
  })

  test('a piece that was tampered with is refused and said, and nothing here is overwritten', async () => {
    await onOther.bringToFront()
    const before = await vaultRow(other)
    const items = await area(other, 'sync').get(null)
    const key = Object.keys(items).find((each) => each.endsWith('.0')) ?? ''
    const piece = String(items[key])
    await area(other, 'sync').set({ [key]: altered(piece) })
    await says(onOther, 'was altered or damaged, so it was not taken in')
    expect(await vaultRow(other)).toEqual(before)
    await press(onOther, words('sync.look'))
    await says(onOther, inStep)
    await says(onOther, 'was altered or damaged, so it was not taken in')
    expect(await vaultRow(other)).toEqual(before)
  })

  test('another vault is left in its place until a person says otherwise', async () => {
    const items = await area(other, 'sync').get(null)
    const manifest = items.manifest as { vaultId: string; write: string }
    await press(onOther, words('sync.on'), 'switch')
    const stranger = await strange(kind)
    await carryItems(stranger, other)
    await prove(onOther, next)
    await press(onOther, words('sync.on'), 'switch')
    await says(onOther, words('sync.refused.otherVault'))
    await allCanRead(other, onOther)
    expect((await area(other, 'sync').get(null)).manifest).toEqual(stranger.manifest)
    await press(onOther, words('sync.replace.ask'))
    await press(onOther, words('sync.replace.replace'))
    await says(onOther, inStep)
    expect((await area(other, 'sync').get(null)).manifest).toMatchObject({ vaultId: manifest.vaultId })
  })

  test('a new master key, made on the one, is taken in on the other by its password, typed in the options', async () => {
    const { recoveryKey } = (await answered(ask(options, 'proposeRecoveryKey', {}))) as { recoveryKey: string }
    await carry(other, one)
    const epoch = await masterEpoch(options)
    await answered(ask(options, 'rotateMasterKey', renewal(next, { kind: 'new', recoveryKey }, epoch)))
    await waitFor('the new key to be sent', async () => (await sentRevision(one)) === (await vaultRow(one))?.revision)
    await carry(one, other)
    await onOther.bringToFront()
    await says(onOther, words('sync.status.pending'))
    const before = await vaultRow(other)
    await prove(onOther, next)
    await fill(onOther, words('sync.accept.password'), 'not this one')
    await press(onOther, words('sync.accept.take'))
    await says(onOther, words('errors.acceptSyncedVault.wrongSecret'))
    await allCanRead(other, onOther)
    expect(await vaultRow(other)).toEqual(before)
    await fill(onOther, words('sync.accept.password'), next)
    await press(onOther, words('sync.accept.take'))
    await says(onOther, inStep, 30_000)
    expect(await vaultRow(other)).toEqual(await vaultRow(one))
    const second = await other.openExtensionPage('onboarding.html')
    expect(await answered(ask(second, 'practiceOpening', { sealed }))).toEqual({ text: plain })
    await second.close()
  })

  test('nobody complained', () => {
    expect([...one.problems, ...other.problems]).toEqual([])
  })
})

/** Axe finds nothing in the page, in a light and in a dark scheme. */
async function allCanRead(session: Session, page: Page): Promise<void> {
  for (const scheme of schemes) {
    await setScheme(session, page, scheme)
    expect(await faults(page, scheme)).toEqual([])
  }
}

/** What the browser's sync would do. */
async function carry(from: Session, to: Session): Promise<void> {
  await carryItems(await area(from, 'sync').get(null), to)
}

async function carryItems(items: Record<string, unknown>, to: Session): Promise<void> {
  const there = await area(to, 'sync').get(null)
  await area(to, 'sync').set(items)
  const gone = Object.keys(there).filter((key) => !Object.hasOwn(items, key))
  if (gone.length > 0) await area(to, 'sync').remove(gone)
}

/** What the vault of a third device would have put there. */
async function strange(kind: Session['kind']): Promise<Record<string, unknown>> {
  const third = await launch(kind, { extension: await watched(quickBuildFor(kind)) })
  try {
    await placeVault(third, password)
    const page = await third.openExtensionPage('options.html')
    await prove(page, password)
    await answered(ask(page, 'setSync', { on: true }))
    return await area(third, 'sync').get(null)
  } finally {
    await third.close()
  }
}

async function sentRevision(session: Session): Promise<unknown> {
  const { manifest } = await area(session, 'sync').get('manifest')
  return (manifest as { revision: number } | undefined)?.revision
}

async function cueOn(page: Page): Promise<unknown> {
  return ((await answered(ask(page, 'getVaultState', {}))) as { cue: unknown }).cue
}
