// Two browsers that share nothing: what the one shows, the other takes in, by a code, and then by the vault's own secret.

import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { leastCost } from '../../../src/crypto/kdf.ts'
import { formatPairingCode, newPairingCode } from '../../../src/crypto/pairing.ts'
import { parseRecovery } from '../../../src/crypto/recovery.ts'
import { openText, sealText } from '../../../src/crypto/text.ts'
import { allKeys, newestPersonal } from '../../../src/keyring/circles.ts'
import { rotateCircle, rotateMasterKey } from '../../../src/keyring/rotation.ts'
import { type KeyHolder, newPasswordSlot } from '../../../src/keyring/slots.ts'
import { createVault, reopenVault, type Vault, withBody, withSettings } from '../../../src/keyring/vault.ts'
import type { Request, Response } from '../../../src/messages/protocol.ts'
import { database } from '../../../src/storage/database.ts'
import { newDesk, ours } from '../backgrounds.ts'
import {
  another,
  anotherRecoveryKey,
  contentsOf,
  dump,
  emptyDevice,
  password,
  placeUnlocked,
  placeVault,
  quickVault,
  recoveryKey,
  spellings,
  storedContents,
  storedRow,
} from '../device.ts'

vi.mock('hash-wasm', () => import('../argon2.ts'))

type Offered = Response<'offerPairing'>
const code = (expected: string) => expect.objectContaining({ name: 'Failure', code: expected })
const byPassword = { kind: 'password', password } as const
const later = () => new Date(Date.now() + 1000)
let made: Vault
let at: ReturnType<typeof newDesk>

/** What the browser with this vault shows, on a device that is then emptied. */
async function shown(vault: Vault): Promise<Offered> {
  await emptyDevice()
  await placeUnlocked(vault)
  const offered = await newDesk().answers.offerPairing({}, ours)
  await emptyDevice()
  at = newDesk()
  return offered
}
const asked = ({ code: typed, parts }: Offered, secret: Request<'acceptPairing'>['secret'] = null) => ({
  code: typed,
  parts: parts.join('\n'),
  secret,
})
const look = (offered: Offered, secret?: Request<'acceptPairing'>['secret']) =>
  at.answers.inspectPairing(asked(offered, secret), ours)
const take = (offered: Offered, secret?: Request<'acceptPairing'>['secret']) =>
  at.answers.acceptPairing(asked(offered, secret), ours)
const state = async () => (await at.answers.getVaultState({}, ours)).vault
const stored = async (vault: Vault) => reopenVault(await storedRow(), vault.masterKey)

beforeAll(async () => {
  made = await quickVault()
})
beforeEach(async () => {
  await emptyDevice()
  at = newDesk()
})

describe('the browser that shows', () => {
  test('shows nothing while locked, nor without a vault', async () => {
    await expect(at.answers.offerPairing({}, ours)).rejects.toEqual(code('no-vault'))
    await placeVault(made)
    await expect(newDesk().answers.offerPairing({}, ours)).rejects.toEqual(code('locked'))
  })

  test('draws another code each time, keeps none, and changes nothing but that it notes the showing', async () => {
    await placeUnlocked(made)
    at = newDesk()
    const [one, other] = [await at.answers.offerPairing({}, ours), await at.answers.offerPairing({}, ours)]
    expect(one.code).not.toBe(other.code)
    expect(one.parts).not.toEqual(other.parts)
    await expect(look({ ...one, code: other.code })).rejects.toEqual(code('wrong-secret'))
    const lying = await dump()
    for (const { code: drawn } of [one, other])
      for (const spelling of [...spellings(drawn), drawn.replaceAll('-', '')]) expect(lying).not.toContain(spelling)
    expect(await storedContents(made)).toEqual(contentsOf(made))
  })
})

describe('a browser without a vault', () => {
  test('is told what it is, and has it once its password opens it', async () => {
    const named = withSettings(made, { name: 'Ada’s vault' }, later())
    const offered = await shown(named)
    expect(await look(offered)).toEqual({
      kind: 'closed',
      name: 'Ada’s vault',
      revision: 3,
      updatedAt: expect.any(Number),
      madeAt: expect.any(Number),
    })
    expect(await state()).toBe('none')
    await take(offered, byPassword)
    expect(await state()).toBe('unlocked')
    expect(await storedContents(named)).toEqual(contentsOf(named))
    // A question that was cut off is asked again.
    await take(offered, byPassword)
    expect(await storedContents(named)).toEqual(contentsOf(named))
  })

  test('has it by the recovery key too', async () => {
    await take(await shown(made), { kind: 'recovery', recoveryKey })
    expect(await state()).toBe('unlocked')
  })

  test('has it by nothing else, and then nothing is stored', async () => {
    const offered = await shown(made)
    await expect(take(offered)).rejects.toEqual(code('wrong-secret'))
    await expect(take(offered, { kind: 'password', password: another })).rejects.toEqual(code('wrong-secret'))
    await expect(take(offered, { kind: 'recovery', recoveryKey: anotherRecoveryKey })).rejects.toEqual(
      code('wrong-secret'),
    )
    await expect(take(offered, { kind: 'recovery', recoveryKey: 'QQQQ' })).rejects.toEqual(code('mistyped'))
    const other = { ...offered, code: formatPairingCode(newPairingCode()) }
    await expect(take(other, byPassword)).rejects.toEqual(code('wrong-secret'))
    await expect(take({ ...offered, code: offered.code.slice(1) }, byPassword)).rejects.toEqual(code('mistyped'))
    expect(await state()).toBe('none')
  })

  test('takes in nothing that is not whole, mixed, or newer', async () => {
    const [one, other] = [await shown(made), await shown(made)]
    const [first = '', ...rest] = one.parts
    for (const parts of [[], rest, [first], [...one.parts.slice(0, -1), ...other.parts.slice(-1)], ['a letter']])
      await expect(take({ ...one, parts }, byPassword)).rejects.toEqual(code('damaged'))
    const newer = one.parts.map((part) => part.replace('FSPAIR1', 'FSPAIR2'))
    await expect(look({ ...one, parts: newer })).rejects.toEqual(code('newer-version'))
    expect(await state()).toBe('none')
  })

  test('that has had a later state takes in no earlier one, nor one that is weaker', async () => {
    const offered = await shown(made)
    const db = await database()
    await db.put('seen', { vaultId: made.vaultId, revision: 3, cost: null })
    await expect(take(offered, byPassword)).rejects.toEqual(code('rollback'))
    await db.put('seen', { vaultId: made.vaultId, revision: 1, cost: { ...leastCost, iterations: 3 } })
    await expect(take(offered, byPassword)).rejects.toEqual(code('weakened'))
    expect(await state()).toBe('none')
  })

  test('lays neither code nor password down anywhere', async () => {
    const offered = await shown(made)
    await take(offered, byPassword)
    const lying = await dump()
    for (const secret of [password, offered.code, offered.code.replaceAll('-', '')])
      for (const spelling of spellings(secret)) expect(lying).not.toContain(spelling)
  })
})

describe('a browser with a vault', () => {
  test('has the same one merged, without its password, after saying what that brings', async () => {
    const there = withBody(made, rotateCircle(made.body, 'personal', later()), later())
    const offered = await shown(there)
    const here = withSettings(made, { mine: true }, later())
    await placeUnlocked(here)
    expect(await look(offered)).toMatchObject({
      kind: 'opened',
      whose: 'same',
      otherKey: false,
      brings: { keys: 1, documents: 0, changesVault: true, age: 'newer' },
    })
    expect(await storedRow()).toMatchObject(here.record)
    await take(offered)
    const { body } = await stored(made)
    expect(body.settings).toMatchObject({ mine: true })
    const sealed = await sealText(newestPersonal(there.body), { text: 'from there', minutes: 1, origin: null })
    expect((await openText(allKeys(body), sealed)).text).toBe('from there')
    const { revision } = await storedRow()
    expect(await look(offered)).toMatchObject({ brings: { keys: 0, changesVault: false } })
    await take(offered)
    expect((await storedRow()).revision).toBe(revision)
  })

  test('is told that the master key is another, asks for the password of then, and not for less work than was seen', async () => {
    const slots = async (held: KeyHolder) => [await newPasswordSlot(held, another, leastCost, later())]
    const secret = { kind: 'password', password: another } as const
    const old = await shown(made)
    const offered = await shown(await rotateMasterKey(made, slots, later()))
    await placeUnlocked(made)
    at = newDesk()
    expect(await look(offered)).toMatchObject({ kind: 'closed' })
    expect(await look(offered, secret)).toMatchObject({ kind: 'opened', whose: 'same', otherKey: true })
    const db = await database()
    await db.put('seen', { vaultId: made.vaultId, revision: 1, cost: { ...leastCost, iterations: 3 } })
    await expect(look(offered, secret)).rejects.toEqual(code('weakened'))
    await expect(take(offered, secret)).rejects.toEqual(code('weakened'))
    expect(await storedRow()).toMatchObject(made.record)
    await db.put('seen', { vaultId: made.vaultId, revision: 1, cost: leastCost })
    await take(offered, secret)
    expect((await storedRow()).revision).toBe(3)
    // From there on the old one is one that it has had.
    expect(await look(old)).toMatchObject({ whose: 'same', otherKey: false })
  })

  test('is given the circles of another one, once that one’s own password opens it', async () => {
    const foreign = await createVault(
      { password: another, recovery: parseRecovery(anotherRecoveryKey), cost: leastCost },
      new Date(),
    )
    const offered = await shown(foreign)
    await placeUnlocked(made)
    at = newDesk()
    expect(await look(offered)).toMatchObject({ kind: 'closed', revision: 2 })
    await expect(take(offered)).rejects.toEqual(code('wrong-secret'))
    await expect(look(offered, byPassword)).rejects.toEqual(code('wrong-secret'))
    expect(await storedRow()).toMatchObject(made.record)
    const secret = { kind: 'password', password: another } as const
    expect(await look(offered, secret)).toMatchObject({ kind: 'opened', whose: 'foreign', brings: { keys: 1 } })
    await take(offered, secret)
    const { body, vaultId } = await stored(made)
    expect(vaultId).toBe(made.vaultId)
    expect(body.circles.map(({ name }) => name)).toContain('Personal (from another vault)')
    const sealed = await sealText(newestPersonal(foreign.body), { text: 'theirs', minutes: 1, origin: null })
    expect((await openText(allKeys(body), sealed)).text).toBe('theirs')
  })

  test('takes nothing in while it is locked', async () => {
    const offered = await shown(made)
    await placeVault(made)
    at = newDesk()
    await expect(look(offered)).rejects.toEqual(code('locked'))
    await expect(take(offered, byPassword)).rejects.toEqual(code('locked'))
  })
})

test('parts are read wherever they stand, and what is damaged is counted', async () => {
  const { parts } = await shown(made)
  const [first = '', second = ''] = parts
  const read = await at.answers.readPairingFrames({ text: `${second}\n${first.slice(0, 50)}\nFSPAIR3:AAAA.` }, ours)
  expect(read).toEqual({
    parts: [{ transfer: expect.stringMatching(/^[0-9a-f]{12}$/), index: 1, count: parts.length, text: second }],
    damaged: 1,
    newer: 1,
  })
})
