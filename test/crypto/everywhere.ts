// All test vectors, run with nothing but what every browser has, so that Node, Chromium and Firefox can run the very
// same code. Uses the rooms crypto and keyring only: no test runner, no Node.

import type { CircleKey, SharesSecret } from '../../src/bytes.ts'
import { decodeBase64url } from '../../src/bytes.ts'
import { findSealed, parseSealed } from '../../src/crypto/armor.ts'
import { decodeBlocks, encodeBlocks } from '../../src/crypto/base62.ts'
import { defaultCost, passwordKey } from '../../src/crypto/kdf.ts'
import { padme } from '../../src/crypto/padding.ts'
import { formatRecovery, parseRecovery } from '../../src/crypto/recovery.ts'
import { combineShares, formatShare, makeShares, parseShare, type Share } from '../../src/crypto/shares.ts'
import { openText, sealText } from '../../src/crypto/text.ts'
import { codeOf } from '../../src/failure.ts'
import { newestPersonal } from '../../src/keyring/circles.ts'
import { parseRecord } from '../../src/keyring/record.ts'
import { openSlot } from '../../src/keyring/slots.ts'
import {
  createVault,
  reopenVault,
  unlockWithPassword,
  unlockWithRecovery,
  withNewPassword,
} from '../../src/keyring/vault.ts'
import { circleKey, fromHex, knownRandomness, masterKey, recoverySecret, toHex } from './bytes.ts'
import type { Vectors } from './vectors.ts'

const other = 'https://other.example'

type Claim = readonly [name: string, holds: () => unknown]

/** Runs every vector, one after the other. A failure names the vector and what came instead. */
export async function selfTest(vectors: Vectors): Promise<{ passed: number; failures: string[] }> {
  const failures: string[] = []
  const claims = [
    ...base62(vectors),
    ...texts(vectors),
    ...recoveries(vectors),
    ...sharings(vectors),
    ...vaults(vectors),
  ]
  for (const [name, holds] of claims) {
    try {
      if ((await holds()) !== true) failures.push(name)
    } catch (thrown) {
      failures.push(`${name}: ${codeOf(thrown, 'refused')} ${thrown}`)
    }
  }
  return { passed: claims.length - failures.length, failures }
}

function base62({ base62, base62Invalid, padme: lengths }: Vectors): Claim[] {
  return [
    ...base62.map(
      ({ hex, text }): Claim => [
        `base62 ${text}`,
        () => encodeBlocks(fromHex(hex)) === text && toHex(decodeBlocks(text)) === hex,
      ],
    ),
    ...base62Invalid.map((text): Claim => [`base62 refuses ${text}`, () => fails(() => decodeBlocks(text), 'damaged')]),
    ...lengths.map(({ length, padded }): Claim => [`padme ${length}`, () => padme(length) === padded]),
  ]
}

function texts({ text, textRefused, decorated }: Vectors): Claim[] {
  return [
    ...text.map(
      (one): Claim => [
        `opens ${one.sealed.slice(0, 24)}`,
        async () => {
          const open = (origin: string) => openText([circleKey(one.circleKey)], one.sealed, origin)
          const [here, elsewhere] = await Promise.all([open(one.origin ?? other), open(other)])
          const sites = one.origin === null ? 'nowhere nowhere' : 'here elsewhere'
          return here.text === one.text && here.minutes === one.minutes && `${here.site} ${elsewhere.site}` === sites
        },
      ],
    ),
    ...text.map(
      (one): Claim => [
        `seals ${one.sealed.slice(0, 24)}`,
        () =>
          withRandomness(
            [fromHex(one.salt)],
            async () => (await sealText(circleKey(one.circleKey), one)) === one.sealed,
          ),
      ],
    ),
    ...textRefused.map(
      (one): Claim => [
        `refuses: ${one.why}`,
        () => fails(() => openText([circleKey(one.circleKey)], one.sealed), ...one.expect.split('-or-')),
      ],
    ),
    ...decorated.map(
      (one): Claim => [
        `sees through: ${one.why}`,
        async () => {
          const found = findSealed(one.text)
          const keys = [circleKey(one.circleKey)]
          const opened = await Promise.all(found.map(async ({ sealed }) => (await openText(keys, sealed)).text))
          const asTheyStand = found.map(({ start, end }) => openText(keys, one.text.slice(start, end)))
          const again = (await Promise.all(asTheyStand)).map(({ text }) => text)
          return found.every(({ fault }) => !fault) && [opened, again].every((all) => all.join() === one.opens.join())
        },
      ],
    ),
  ]
}

function recoveries({ recovery }: Vectors): Claim[] {
  return recovery.map(
    ({ hex, text }): Claim => [
      `recovery key ${text}`,
      () => formatRecovery(recoverySecret(hex)) === text && toHex(parseRecovery(text)) === hex,
    ],
  )
}

function sharings({ shares }: Vectors): Claim[] {
  return shares.map(
    ({ secret, threshold, count, shares: written }): Claim => [
      `shares ${threshold} of ${count}`,
      async () => {
        const parsed = written.map(({ text }) => parseShare(text))
        const together = await combineShares(parsed.slice(-threshold))
        const fewer = await combineShares(parsed.slice(1, threshold))
        const again = await makeShares(fromHex(secret) as SharesSecret, threshold, count)
        const given = await combineShares(again.slice(0, threshold))
        return (
          toHex(together ?? new Uint8Array()) === secret &&
          toHex(fewer ?? new Uint8Array()) !== secret &&
          toHex(given ?? new Uint8Array()) === secret &&
          written.every(({ text }, at) => formatShare(parsed[at] as Share) === text)
        )
      },
    ],
  )
}

function vaults({ vault }: Vectors): Claim[] {
  const { record, password } = vault
  const recovery = parseRecovery(vault.recoveryKey)
  const sameBody = (body: unknown) => JSON.stringify(body) === JSON.stringify(vault.body)
  return [
    [
      'password to key-encryption key to master key',
      async () => {
        const { header } = parseRecord(record)
        const slot = header.slots[0]
        if (!slot || !('kdf' in slot)) return false
        const kek = await passwordKey(password, decodeBase64url(slot.kdf.salt), defaultCost)
        const opened = openSlot(header.vaultId, slot, kek)
        return toHex(kek) === vault.kek && opened !== null && toHex(opened) === vault.masterKey
      },
    ],
    [
      'the vault opens with its password, its recovery key and its master key',
      async () =>
        sameBody((await unlockWithPassword(record, password, defaultCost)).body) &&
        sameBody(unlockWithRecovery(record, recovery).body) &&
        sameBody(reopenVault(record, masterKey(vault.masterKey)).body),
    ],
    [
      'a text sealed by the vault opens with it',
      async () => {
        const key: CircleKey = newestPersonal(reopenVault(record, masterKey(vault.masterKey)).body)
        return (await openText([key], vault.sealedByVault)).text === 'sealed under the personal circle'
      },
    ],
    ['a text sealed by the vault is written alike', () => resealed(vault)],
    ['the record is written alike', () => rewritten(vault)],
    [
      'another password and another recovery key are wrong secrets',
      async () =>
        (await fails(() => unlockWithPassword(record, `${password}!`), 'wrong-secret')) &&
        (await fails(() => unlockWithRecovery(record, recoverySecret('00'.repeat(16))), 'wrong-secret')),
    ],
    ...vault.refused.map(
      (one): Claim => [
        `refuses: ${one.why}`,
        async () => {
          const before = one.expect === 'refused before Argon2id runs'
          const expected = before ? ['weakened', 'damaged'] : [one.expect]
          const runs = await argon2idRuns(() =>
            fails(() => unlockWithPassword(one.record as never, password), ...expected),
          )
          return runs.result && (!before || runs.count === 0)
        },
      ],
    ),
  ]
}

/** Seals the vault's own text again with the salt that it was sealed with. */
async function resealed({ record, masterKey: hex, sealedByVault }: Vectors['vault']): Promise<boolean> {
  const key = newestPersonal(reopenVault(record, masterKey(hex)).body)
  const { text, minutes } = await openText([key], sealedByVault)
  const what = { text, minutes, origin: 'https://example.com' }
  return withRandomness([parseSealed(sealedByVault).salt], async () => (await sealText(key, what)) === sealedByVault)
}

/** Makes the vault again, drawing what was drawn for it, in the order in which createVault draws. */
async function rewritten({ record, masterKey: hex, password, recoveryKey, body }: Vectors['vault']): Promise<boolean> {
  const { header } = parseRecord(record)
  const [one, other] = header.slots
  if (!one || !other || !('kdf' in one) || !('salt' in other)) return false
  const now = new Date(header.updatedAt)
  const at = (text: string, from: number, to: number) => decodeBase64url(text).slice(from, to)
  const [key] = body.circles.flatMap(({ keys }) => keys)
  const drawn = [
    decodeBase64url(header.vaultId),
    masterKey(hex),
    decodeBase64url(one.kdf.salt),
    decodeBase64url(one.id),
    at(one.wrappedKey, 0, 24),
    decodeBase64url(other.salt),
    decodeBase64url(other.id),
    at(other.wrappedKey, 0, 24),
    decodeBase64url(key?.key ?? ''),
    Uint8Array.of(0, 0, 0, 1, 0, 2), // the cue, which the vector does not have
    new Uint8Array(24),
  ]
  const secrets = { password, recovery: parseRecovery(recoveryKey), cost: defaultCost }
  const vault = await withRandomness(drawn, () => createVault(secrets, now))
  const { cue: _cue, settings: _settings, knownWays: _knownWays, ...bare } = vault.body
  if (vault.record.header !== record.header || JSON.stringify(bare) !== JSON.stringify(body)) return false
  const next = await withNewPassword(reopenVault(record, masterKey(hex)), 'another', defaultCost, now)
  const { stamps, ...rest } = next.body
  return next.header.revision === 2 && stamps !== undefined && JSON.stringify(rest) === JSON.stringify(body)
}

async function fails(act: () => unknown, ...codes: readonly string[]): Promise<boolean> {
  try {
    await act()
  } catch (thrown) {
    if (codes.includes(codeOf(thrown, 'refused'))) return true
    throw thrown
  }
  return false
}

/** getRandomValues replaced on the crypto object itself, and put back. */
async function withRandomness<T>(values: readonly Uint8Array[], act: () => Promise<T>): Promise<T> {
  const known = { value: knownRandomness(...values), configurable: true, writable: true }
  const own = Object.getOwnPropertyDescriptor(crypto, 'getRandomValues')
  Object.defineProperty(crypto, 'getRandomValues', known)
  try {
    return await act()
  } finally {
    if (own) Object.defineProperty(crypto, 'getRandomValues', own)
    else Reflect.deleteProperty(crypto, 'getRandomValues')
  }
}

/** How often Argon2id was begun meanwhile: it makes WebAssembly instances, and nothing else here does. */
export async function argon2idRuns<T>(act: () => Promise<T>): Promise<{ count: number; result: T }> {
  const instantiate = WebAssembly.instantiate
  let count = 0
  WebAssembly.instantiate = new Proxy(instantiate, {
    apply(target, self, args) {
      count++
      return Reflect.apply(target, self, args)
    },
  })
  try {
    return {
      result: await act(),
      get count() {
        return count
      },
    }
  } finally {
    WebAssembly.instantiate = instantiate
  }
}
