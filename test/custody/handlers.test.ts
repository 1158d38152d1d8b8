// The front desk: what content scripts get from it and what they do not, and the order in which a lock is carried out.

import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { fakeBrowser } from 'wxt/testing/fake-browser'
import { defaultCost } from '../../src/crypto/kdf.ts'
import { Custodian } from '../../src/custody/vault/custodian.ts'
import type { Vault } from '../../src/keyring/vault.ts'
import { onLockSignal } from '../../src/messages/lockSignal.ts'
import type { ReaderEvent } from '../../src/messages/reader.ts'
import { content, draftId, field, newDesk, ours, site } from './backgrounds.ts'
import { another, emptyDevice, password, placeUnlocked, quickVault, recoveryKey, rowsOf, sessionKey } from './device.ts'
import { textsOf } from './textsOf.ts'

vi.mock('hash-wasm', () => import('./argon2.ts'))

let made: Vault
let at: ReturnType<typeof newDesk>
let events: string[]
beforeAll(async () => {
  made = await quickVault(defaultCost)
})
beforeEach(async () => {
  await emptyDevice()
  await placeUnlocked(made)
  at = newDesk()
  events = []
  onLockSignal((what) => events.push(what))
})

const code = (expected: string) => expect.objectContaining({ name: 'Failure', code: expected })
const sealHere = async (text: string) => (await at.answers.seal({ text, replaces: null }, content)).sealed

describe('a content script', () => {
  test('has its text sealed for its own site', async () => {
    const opened = await textsOf(new Custodian()).open(await sealHere('a text'), content.origin)
    const elsewhere = await textsOf(new Custodian()).seal('x', 'https://other.example')
    expect(opened).toMatchObject({ text: 'a text', site: 'here' })
    expect((await textsOf(new Custodian()).open(elsewhere, content.origin)).site).toBe('elsewhere')
  })

  test('without a tab gets no ticket', async () => {
    await expect(
      at.answers.issueTickets({ texts: [{ sealed: 'sealed1x', field }] }, { ...content, tabId: null }),
    ).rejects.toEqual(code('refused'))
  })
})

/** A reader frame that shows this text, noting what it is told among the other events. */
async function reader(sealed: string) {
  const { tickets } = await at.answers.issueTickets({ texts: [{ sealed, field: null }] }, { ...content, frameId: 0 })
  const told = Promise.withResolvers<void>()
  const send = (event: ReaderEvent) => {
    if (event.event === 'admitted') return
    const view = event.event === 'show' ? event.view : null
    events.push(view === null ? 'reader blank' : `reader ${view.kind === 'closed' ? view.why : view.kind}`)
    told.resolve()
  }
  const end = at.desk.readers.admit({ tabId: 7, frameId: 9, send })
  end.receive({ request: 'redeem', ticket: tickets[0] ?? '', ancestors: [site] })
  await told.promise
  return end
}

describe('a lock', () => {
  test('blanks the readers, then lets composers save, then locks, then says so', async () => {
    const sealed = await sealHere('a text')
    await reader(sealed)
    const windowRequest = await at.composing()
    await at.answers.getWindowContext({ windowRequest }, ours)
    let saved: Promise<unknown> | null = null
    onLockSignal((what) => {
      events.push(`session ${what === 'locked' ? 'gone' : 'there'}`)
      if (what === 'flush')
        saved = at.answers.saveDraft({ windowRequest, draft: draftId('d'), text: 'last words' }, ours)
    })
    at.icons.length = 0
    vi.useFakeTimers({ toFake: ['setTimeout'] })
    const locking = at.answers.lock({}, ours)
    while (saved === null) await new Promise((resolve) => setImmediate(resolve))
    await saved
    await vi.runAllTimersAsync()
    vi.useRealTimers()
    await locking
    expect(events).toEqual([
      'reader opened',
      'reader locked',
      'flush',
      'session there',
      'locked',
      'session gone',
      'reader locked',
    ])
    expect(at.icons).toEqual(['locked'])
    expect(await sessionKey()).toBeNull()
    expect((await rowsOf('drafts'))[0]).toBe(draftId('d'))
    await at.answers.unlock({ password }, ours)
    expect(await at.answers.resumeDraft({ windowRequest: null, draft: draftId('d') }, ours)).toEqual({
      text: 'last words',
    })
  })

  test('waits for no composer where none is open', async () => {
    await at.answers.lock({}, ours)
    expect(events).toEqual(['locked'])
  })

  test('waits for a composer that belongs to no site, too', async () => {
    await at.desk.windows.composeFor(-1, null, false)
    await at.answers.lock({}, ours)
    expect(events).toEqual(['flush', 'locked'])
  })

  test('shows no frame anything from its first moment on, though composers may still save', async () => {
    const sealed = await sealHere('a text')
    const first = await reader(sealed)
    await at.composing()
    events.length = 0
    const locking = at.desk.locking.lock()
    await reader(sealed)
    first.receive({ request: 'openWindow', box: { left: 0, top: 0, width: 0, height: 0 } })
    await locking
    expect(events.filter((event) => event.startsWith('reader'))).not.toContain('reader opened')
    expect(events).toContain('reader locked')
  })

  test('that was followed by an unlocking shows the readers their texts again', async () => {
    await reader(await sealHere('a text'))
    await at.desk.locking.lock()
    await at.answers.unlock({ password }, ours)
    expect(events).toEqual(['reader opened', 'reader locked', 'locked', 'reader locked', 'unlocked', 'reader opened'])
  })
})

describe('the desk', () => {
  test('tells of every unlocking and shows it on the icon', async () => {
    at.icons.length = 0
    await at.answers.changePassword({ current: password, next: another, strong: null }, ours)
    await at.answers.recover({ recoveryKey, password, strong: null }, ours)
    const proposed = await at.answers.proposeRecoveryKey({}, ours)
    await at.answers.replaceRecoveryKey(proposed, ours)
    expect(events).toEqual(['unlocked', 'unlocked', 'unlocked'])
    expect(at.icons).toEqual(['unlocked', 'unlocked', 'unlocked'])
    expect(await at.answers.checkRecoveryKey({ typed: proposed.recoveryKey }, ours)).toEqual({ kind: 'fine' })
  })

  test('tells of nothing when nothing changed', async () => {
    await expect(at.answers.unlock({ password: another }, ours)).rejects.toEqual(code('wrong-secret'))
    await expect(at.answers.createVault({ password, strong: null, recoveryKey }, ours)).rejects.toEqual(
      code('vault-exists'),
    )
    expect(events).toEqual([])
  })

  test('opens and seals for practice without a site', async () => {
    const { sealed } = await at.answers.practiceSealing({ text: 'practice' }, ours)
    expect(await at.answers.practiceOpening({ sealed }, ours)).toEqual({ text: 'practice' })
  })

  test('begins locked when the browser has just started, whatever an earlier session left', async () => {
    await at.desk.locking.startAfresh()
    expect(await fakeBrowser.storage.session.get('session')).toEqual({ session: undefined })
    expect(await sessionKey()).toBeNull()
    expect(at.icons.at(-1)).toBe('locked')
    expect((await newDesk().answers.getVaultState({}, ours)).vault).toBe('locked')
  })
})
