// What a vault remembers of its recovery, and when a person is asked to test the recovery key.

import { beforeAll, describe, expect, test } from 'vitest'
import { leastCost } from '../../src/crypto/kdf.ts'
import { newRecoverySecret } from '../../src/crypto/recovery.ts'
import { makeShares, newSharesSecret } from '../../src/crypto/shares.ts'
import { isTestDue, recoveryKeyDate, shareHolders, testedAt, vaultName } from '../../src/keyring/recoveryNotes.ts'
import { sharesSlotOf, withShares } from '../../src/keyring/shares.ts'
import { createVault, type Vault, withNewRecovery, withSettings } from '../../src/keyring/vault.ts'

const day = (days: number) => new Date(Date.parse('2026-11-01T12:00:00.000Z') + days * 24 * 60 * 60 * 1000)
const made = day(0)

let vault: Vault
beforeAll(async () => {
  vault = await createVault({ password: 'pässword', recovery: newRecoverySecret(), cost: leastCost }, made)
})
const noted = (notes: Record<string, unknown>) => withSettings(vault, notes, day(1))

describe('the reminder to test the recovery key', () => {
  test('comes once the key is three days old, and goes when it was tested', () => {
    expect([0, 1, 2.9, 3, 400].map((days) => isTestDue(vault, day(days)))).toEqual([false, false, false, true, true])
    const tested = noted({ recoveryTestedAt: day(5).toISOString() })
    expect(isTestDue(tested, day(400))).toBe(false)
    expect(testedAt(tested)).toBe(day(5).toISOString())
  })

  test('stays away for thirty days after “not now”', () => {
    const later = noted({ recoveryNotNowAt: day(4).toISOString() })
    expect([4, 33.9, 34].map((days) => isTestDue(later, day(days)))).toEqual([false, false, true])
    const future = noted({ recoveryNotNowAt: day(3_000).toISOString() })
    expect(isTestDue(future, day(34))).toBe(true)
  })

  test('begins anew with a new key, for which a test of the old one counts nothing', () => {
    const replaced = withNewRecovery(noted({ recoveryTestedAt: day(5).toISOString() }), newRecoverySecret(), day(10))
    expect(recoveryKeyDate(replaced)).toBe(day(10).toISOString())
    expect(testedAt(replaced)).toBeNull()
    expect([11, 13].map((days) => isTestDue(replaced, day(days)))).toEqual([false, true])
  })

  test('does not come for a key that is to be replaced anyway, or where there is none', () => {
    expect(isTestDue(noted({ renewRecovery: true }), day(9))).toBe(false)
    const without = { ...vault, header: { ...vault.header, slots: vault.header.slots.slice(0, 1) } }
    expect([isTestDue(without, day(9)), recoveryKeyDate(without)]).toEqual([false, null])
  })

  test('takes a note that is no date for none', () => {
    for (const odd of [7, 'yesterday', null, {}]) {
      expect(isTestDue(noted({ recoveryTestedAt: odd, recoveryNotNowAt: odd }), day(9))).toBe(true)
    }
  })
})

test('a vault has a name, its own or “My vault”', () => {
  expect(vaultName(vault.body)).toBe('My vault')
  expect(vaultName(noted({ name: 'Ada’s vault' }).body)).toBe('Ada’s vault')
  for (const odd of ['', 'x'.repeat(61), 7, null]) expect(vaultName(noted({ name: odd }).body)).toBe('My vault')
})

test('who holds a share is known by its number, for the set in force alone', async () => {
  expect(shareHolders(vault)).toBeNull()
  const shared = await withShares(vault, await makeShares(newSharesSecret(), 2, 3), made)
  expect(shareHolders(shared)).toEqual(['', '', ''])
  const { set = '' } = sharesSlotOf(shared.header) ?? {}
  const holding = (held: unknown) => shareHolders(withSettings(shared, { shareHolders: held }, made))
  expect(holding({ set, names: ['Ada', 'Bo'] })).toEqual(['Ada', 'Bo', ''])
  expect(holding({ set: 'AAAAAA', names: ['Ada', 'Bo'] })).toEqual(['', '', ''])
  expect(holding({ set, names: 'Ada' })).toEqual(['', '', ''])
})
