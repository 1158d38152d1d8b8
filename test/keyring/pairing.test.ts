// A vault as a pairing carries it.

import { beforeAll, describe, expect, test } from 'vitest'
import { utf8 } from '../../src/bytes.ts'
import { leastCost } from '../../src/crypto/kdf.ts'
import { newPairingCode, sealPairing } from '../../src/crypto/pairing.ts'
import { newRecoverySecret } from '../../src/crypto/recovery.ts'
import { makeBundle, openBundle } from '../../src/keyring/pairing.ts'
import { createVault, unlockWithPassword, type Vault, withSettings } from '../../src/keyring/vault.ts'

const now = new Date('2026-11-26T05:30:12.345Z')
const madeAt = Date.parse('2026-11-26T05:30:00.000Z')
const password = 'a password'
const code = (expected: string) => expect.objectContaining({ name: 'Failure', code: expected })
let vault: Vault

beforeAll(async () => {
  vault = await createVault({ password, recovery: newRecoverySecret(), cost: leastCost }, now)
})

describe('a bundle', () => {
  test('holds the very record, which still needs its password, with its name and the minute', async () => {
    const named = withSettings(vault, { name: 'Ada’s vault' }, now)
    const pairing = newPairingCode()
    const paired = openBundle(makeBundle(named, pairing, now), pairing)
    expect(paired).toEqual({ name: 'Ada’s vault', madeAt, record: named.record, header: named.header })
    await expect(unlockWithPassword(paired.record, 'another')).rejects.toEqual(code('wrong-secret'))
    expect((await unlockWithPassword(paired.record, password)).body).toEqual(named.body)
  })

  test('shows nothing of the record without the code', () => {
    const bundle = Buffer.from(makeBundle(vault, newPairingCode(), now)).toString('latin1')
    expect(bundle).not.toContain('fieldseal')
    expect(bundle).not.toContain(vault.vaultId)
    expect(() => openBundle(makeBundle(vault, newPairingCode(), now), newPairingCode())).toThrow(code('wrong-secret'))
  })

  test('of a vault as large as a vault can be is taken in, and a larger one is not even tried', () => {
    const pairing = newPairingCode()
    const large = withSettings(vault, { more: 'x'.repeat(780_000) }, now)
    expect(openBundle(makeBundle(large, pairing, now), pairing).record).toEqual(large.record)
    expect(() => openBundle(new Uint8Array(1_300_000), pairing)).toThrow(code('damaged'))
  })

  test('that holds anything else than a vault is refused', () => {
    const pairing = newPairingCode()
    const opened = (held: string | Uint8Array) => () =>
      openBundle(sealPairing(pairing, 1, typeof held === 'string' ? utf8(held) : held), pairing)
    const newer = { ...vault.record, header: vault.record.header.replace('v1/vault', 'v2/vault') }
    const weak = { ...vault.record, header: vault.record.header.replace('"memoryKiB":19456', '"memoryKiB":1024') }
    for (const held of ['', '{', '[]', '{}', '{"name":"x"}', new Uint8Array([0xff])])
      expect(opened(held)).toThrow(code('damaged'))
    expect(opened(JSON.stringify({ name: 'x'.repeat(61), record: vault.record }))).toThrow(code('damaged'))
    expect(opened(JSON.stringify({ name: '', record: { header: '{}', body: '' } }))).toThrow(code('damaged'))
    expect(opened(JSON.stringify({ name: '', record: newer }))).toThrow(code('newer-version'))
    expect(opened(JSON.stringify({ name: '', record: weak }))).toThrow(code('weakened'))
    expect(opened(JSON.stringify({ name: '', record: vault.record }))).not.toThrow()
  })
})
