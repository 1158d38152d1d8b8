import { describe, expect, test } from 'vitest'
import { parseRecovery } from '../../src/crypto/recovery.ts'
import { parseRecord } from '../../src/keyring/record.ts'
import { unlockWithPassword, unlockWithRecovery } from '../../src/keyring/vault.ts'
import { argon2idRuns } from '../crypto/everywhere.ts'
import { vectors } from '../crypto/vectors.ts'

const { record, recoveryKey } = vectors.vault
type Fields = { [field: string]: unknown }
const passwordSlot: Fields = JSON.parse(record.header).slots[0]
const recoverySlot: Fields = JSON.parse(record.header).slots[1]

function withHeader(fields: Fields) {
  return { ...record, header: JSON.stringify({ ...JSON.parse(record.header), ...fields }) }
}
const withPassword = (fields: Fields) => withHeader({ slots: [{ ...passwordSlot, ...fields }, recoverySlot] })
const withKdf = (fields: Fields) => withPassword({ kdf: { ...(passwordSlot.kdf as Fields), ...fields } })
const withRecovery = (fields: Fields) => withHeader({ slots: [passwordSlot, { ...recoverySlot, ...fields }] })
const passkeySlot: Fields = {
  id: 'k',
  kind: 'passkey',
  createdAt: '2026-11-26T02:00:00.000Z',
  credentialId: 'A'.repeat(22),
  salt: 'A'.repeat(43),
  wrappedKey: 'A'.repeat(96),
}
const withPasskey = (fields: Fields) => withHeader({ slots: [passwordSlot, { ...passkeySlot, ...fields }] })
const many = (count: number) => Array.from({ length: count }, (_, i) => ({ id: `s${i}`, kind: 'someday' }))
const passwords = (count: number) => Array.from({ length: count }, (_, i) => ({ ...passwordSlot, id: `p${i}` }))

const refused: { [code: string]: readonly (readonly [why: string, record: unknown])[] } = {
  damaged: [
    ...[null, undefined, 'record', 1, [], {}, { header: record.header }, { ...record, body: 1 }].map(
      (value) => [`a record that is ${JSON.stringify(value)}`.slice(0, 60), value] as const,
    ),
    ['a header that is JSON but no object', { ...record, header: '"header"' }],
    ['a header above 64 KiB', withHeader({ more: 'x'.repeat(64 * 1024) })],
    ['a header above 64 KiB only as UTF-8', withHeader({ more: '…'.repeat(22 * 1024) })],
    ['a header with a lone surrogate', { ...record, header: record.header.replace('"slots"', '"\ud800":0,"slots"') }],
    ['a body above 1 MiB', { ...record, body: 'A'.repeat(1024 * 1024 + 1) }],
    ['a format that is not a version of ours', withHeader({ format: 'other/v2/vault' })],
    ['no format', withHeader({ format: undefined })],
    ['a vault id of 15 bytes', withHeader({ vaultId: 'A'.repeat(20) })],
    ['a vault id with left-over bits', withHeader({ vaultId: `${'A'.repeat(21)}B` })],
    ['a vault id with padding', withHeader({ vaultId: `${'A'.repeat(20)}==` })],
    ...[0, -1, 1.5, 2 ** 53, '1', null].map((revision) => [`revision ${revision}`, withHeader({ revision })] as const),
    ...['2026-11-23', '2026-13-23T12:00:00.000Z', '2026-02-30T12:00:00.000Z', '2026-11-23T12:00:00Z', 1].map(
      (updatedAt) => [`updatedAt ${updatedAt}`, withHeader({ updatedAt })] as const,
    ),
    ['no slots', withHeader({ slots: [] })],
    ['33 slots', withHeader({ slots: many(33) })],
    ['two slots with one id', withHeader({ slots: [passwordSlot, { ...recoverySlot, id: passwordSlot.id }] })],
    ['an id with a bar', withPassword({ id: 'a|b' })],
    ['an id of 65 characters', withPassword({ id: 'a'.repeat(65) })],
    ['a kind with a bar', withPassword({ kind: 'pass|word' })],
    ['a password slot without kdf', withPassword({ kdf: undefined })],
    ['a salt of 15 bytes', withKdf({ salt: 'A'.repeat(20) })],
    ['a recovery salt of 15 bytes', withRecovery({ salt: 'A'.repeat(20) })],
    ['a wrapped key of 71 bytes', withPassword({ wrappedKey: 'A'.repeat(95) })],
    ['a recovery wrapped key of 75 bytes', withRecovery({ wrappedKey: 'A'.repeat(100) })],
    ['a passkey of 15 bytes', withPasskey({ credentialId: 'A'.repeat(20) })],
    ['a passkey of 1024 bytes', withPasskey({ credentialId: 'A'.repeat(1366) })],
    ['a passkey with left-over bits', withPasskey({ credentialId: `${'A'.repeat(21)}B` })],
    ['a passkey of an impossible length', withPasskey({ credentialId: 'A'.repeat(25) })],
    ['a passkey with padding', withPasskey({ credentialId: `${'A'.repeat(22)}==` })],
    ['a passkey with foreign characters', withPasskey({ credentialId: `${'A'.repeat(22)}+/` })],
    ['a passkey that is no text', withPasskey({ credentialId: 7 })],
    ['a passkey without its id', withPasskey({ credentialId: undefined })],
    ['a passkey salt of 31 bytes', withPasskey({ salt: 'A'.repeat(42) })],
    ['a passkey salt of 33 bytes', withPasskey({ salt: 'A'.repeat(44) })],
    ['a passkey wrapped key of 71 bytes', withPasskey({ wrappedKey: 'A'.repeat(95) })],
    ['a passkey slot with no date', withPasskey({ createdAt: undefined })],
    ['a slot with no date', withRecovery({ createdAt: undefined })],
    ['more memory than 1 GiB', withKdf({ memoryKiB: 1024 * 1024 + 1 })],
    ['more passes than 16', withKdf({ iterations: 17 })],
    ['no lanes', withKdf({ parallelism: 0 })],
    ['17 lanes', withKdf({ parallelism: 17 })],
    ['half a pass more', withKdf({ iterations: 3.5 })],
    ['memory as text', withKdf({ memoryKiB: '65536' })],
    [
      'password slots that together ask for too much',
      withHeader({
        slots: passwords(2).map((slot) => ({
          ...slot,
          kdf: { ...(passwordSlot.kdf as Fields), memoryKiB: 1024 * 1024, iterations: 9 },
        })),
      }),
    ],
  ],
  'newer-version': [
    ['the next format', withHeader({ format: 'fieldseal/v2/vault', slots: 'elsewhere' })],
    ['another algorithm', withKdf({ algorithm: 'balloon', memoryKiB: undefined })],
  ],
  weakened: [
    ['less memory than 19 MiB', withKdf({ memoryKiB: 19 * 1024 - 1 })],
    ['one pass', withKdf({ iterations: 1 })],
  ],
}

describe('a record is refused before any work is done for the password', () => {
  for (const [code, cases] of Object.entries(refused))
    test.each(cases)(`${code}: %s`, async (_, value) => {
      const { count, result } = await argon2idRuns(() => unlockWithPassword(value as never, 'password').catch((e) => e))
      expect(result).toMatchObject({ name: 'Failure', code })
      expect(count).toBe(0)
    })
})

describe('a record is accepted', () => {
  test.each([
    ['as it is', record],
    ['with what else storage put beside it', { ...record, savedAt: 1 }],
    ['at the least cost', withKdf({ memoryKiB: 19 * 1024, iterations: 2, parallelism: 1 })],
    ['at the greatest cost', withKdf({ memoryKiB: 1024 * 1024, iterations: 16, parallelism: 16 })],
    ['with 32 slots of kinds not known here', withHeader({ slots: many(32) })],
    ['with a passkey of 16 bytes', withPasskey({})],
    [
      'with a passkey of 1023 bytes, and fields not known here',
      withPasskey({ credentialId: 'A'.repeat(1364), more: 1 }),
    ],
    ['with unknown fields', withHeader({ more: { of: 'this' } })],
  ])('%s', (_, value) => {
    const parsed = parseRecord(value)
    expect(parsed.record).toEqual({ header: value.header, body: value.body })
    expect(parsed.header).toEqual(JSON.parse(value.header))
  })
})

test('a record of unknown slots only opens with no password and no recovery key', async () => {
  const stored = withHeader({ slots: many(2) })
  await expect(unlockWithPassword(stored, 'password')).rejects.toMatchObject({ code: 'wrong-secret' })
  expect(() => unlockWithRecovery(stored, parseRecovery(recoveryKey))).toThrow('wrong-secret')
})
