// New keys in place of old ones, as values: a new master key for the whole vault, a new epoch for a circle. What the old keys
// sealed stays readable, because past master keys and past epochs are in the body. FORMAT.md §6.8.

import { type CircleKey, encodeBase64url, type MasterKey, randomBytes } from '../bytes.ts'
import type { Circle, EpochKey, VaultBody } from './body.ts'
import type { DocumentKeyring } from './documents.ts'
import { masterEpochOf, pastMasterKeys } from './masterKeyHistory.ts'
import { increment, nextDate } from './plausible.ts'
import type { VaultHeader } from './record.ts'
import type { KeyHolder } from './slots.ts'
import { numberKeys, stampChanges } from './stamps.ts'
import { sealVault, type Vault } from './vault.ts'

type Slots = VaultHeader['slots']

/**
 * Seals the vault under a new master key of 32 bytes, with only the slots that `makeSlots` returns: any other wraps the old key.
 * Revision + 1. Circle keys stay. FORMAT.md §6.8.
 */
export async function rotateMasterKey(
  vault: Vault,
  makeSlots: (holder: KeyHolder) => Promise<Slots>,
  now: Date,
): Promise<Vault> {
  const masterKey = randomBytes(32) as MasterKey
  const slots = await makeSlots({ vaultId: vault.vaultId, masterKey })
  const rotatedAt = now.toISOString()
  const { masterRotatedAt: madeAt } = vault.body
  const past = { key: encodeBase64url(vault.masterKey), until: rotatedAt, ...(madeAt && { madeAt }) }
  const body: VaultBody = {
    ...vault.body,
    masterEpoch: increment(masterEpochOf(vault.body)),
    masterRotatedAt: rotatedAt,
    pastMasterKeys: [...(vault.body.pastMasterKeys ?? []), past],
  }
  const header = { ...vault.header, revision: vault.header.revision + 1, updatedAt: rotatedAt, slots }
  return sealVault(
    masterKey,
    header,
    stampChanges({ slots: vault.header.slots, body: vault.body }, { slots, body }, now),
  )
}

/** The keys that seal and open documents. */
export function documentKeyring({ vaultId, masterKey, body }: Vault): DocumentKeyring {
  return { vaultId, masterKey, pastMasterKeys: pastMasterKeys(body) }
}

/** Adds a new epoch to this circle: it seals new texts, and older texts still open. FORMAT.md §6.8. */
export function rotateCircle(body: VaultBody, circleId: string, now: Date): VaultBody {
  const circles = body.circles.map((circle) =>
    circle.id === circleId ? { ...circle, keys: numberKeys([...circle.keys, nextEpoch(circle, now)]) } : circle,
  )
  return { ...body, circles }
}

/** Dated later than the one before, even if the clock was set back: dates order the epochs. */
function nextEpoch({ keys }: Circle, now: Date): EpochKey {
  const date = now.toISOString()
  const last = numberKeys(keys).at(-1)?.createdAt ?? ''
  const createdAt = date > last ? date : nextDate(last)
  return { epoch: keys.length + 1, key: encodeBase64url(randomBytes(32) as CircleKey), createdAt }
}
