// A vault as a pairing carries it.

import { beforeAll, describe, expect, test } from 'vitest'
import { utf8 } from '../../src/bytes.ts'
import { leastCost } from '../../src/crypto/kdf.ts'
import { formatPairingCode, newPairingCode, parsePairingCode, sealPairing } from '../../src/crypto/pairing.ts'
import { findFrames, joinFrames, splitIntoFrames } from '../../src/crypto/qrFrames.ts'
import { newRecoverySecret } from '../../src/crypto/recovery.ts'
import { makeBundle, openBundle } from '../../src/keyring/pairing.ts'
import { createVault, unlockWithPassword, type Vault, withSettings } from '../../src/keyring/vault.ts'
import * as twin from '../crypto/pairingTwin.ts'
import { vectors } from '../crypto/vectors.ts'

const { pairing: vector, vault: vaultVector } = vectors
const now = new Date('2026-11-26T05:30:12.345Z')
const madeAt = Date.parse('2026-11-26T05:30:00.000Z')
const password = 'a password'
const code = (expected: string) => expect.objectContaining({ name: 'Failure', code: expected })
let vault: Vault

beforeAll(async () => {
  vault = await createVault({ password, recovery: newRecoverySecret(), cost: leastCost }, now)
})

describe('the format', () => {
  test('is that of the vector', () => {
    const { parts, damaged } = findFrames(vector.parts.toReversed().join(' '))
    expect(damaged).toBe(0)
    const pairing = parsePairingCode(vector.code)
    expect([...pairing]).toEqual(vector.words)
    const { name, madeAt: at, record } = openBundle(joinFrames(parts), pairing)
    expect({ name, at, record }).toEqual({ name: vector.name, at: vector.minutes * 60_000, record: vaultVector.record })
  })

  test('is that of the twin, both ways', () => {
    for (let round = 0; round < 20; round++) {
      const pairing = newPairingCode()
      const written = formatPairingCode(pairing)
      expect(twin.formatCode([...pairing])).toBe(written)
      const minutes = Math.floor(now.getTime() / 60_000)
      const held = { name: 'Ada', record: vault.record, minutes }
      const theirs = joinFrames(findFrames(twin.makePairing(twin.readCode(written), held).join('\n')).parts)
      expect(openBundle(theirs, pairing)).toMatchObject({ name: 'Ada', record: vault.record, madeAt })
      const ours = splitIntoFrames(makeBundle(vault, pairing, now))
      expect(twin.openPairing(twin.readCode(written), ours)).toEqual({ ...held, name: 'My vault' })
    }
  })
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
    const padded = `${JSON.stringify({ name: '', record: vault.record })}${' '.repeat(1_200_000)}`
    expect(() => openBundle(sealPairing(pairing, 1, utf8(padded)), pairing)).toThrow(code('damaged'))
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
