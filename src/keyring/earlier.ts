// What a state of a vault under an earlier master key may bring: keys to open with, and nothing that overrules what is here.
// Such a state may be an old backup; whoever stole that master key can also make one today, dated as they like. FORMAT.md §6.8.

import { equalBytes } from '../bytes.ts'
import { encodeBase64url } from '../crypto/base64url.ts'
import { Failure } from '../failure.ts'
import type { Circle, EpochKey, PastMasterKey, VaultBody } from './body.ts'
import { masterEpochOf, masterRotatedAtOf, pastMasterKeys } from './masterEpoch.ts'
import { rotateCircle } from './rotation.ts'
import { keySets, numbered } from './stamps.ts'
import { sealVault, type Vault, withBody } from './vault.ts'

/** Whether `theirs` is under a master key before that of `mine`, by its number or because it was replaced here. */
export function isEarlier(theirs: Vault, mine: Vault): boolean {
  const replaced = pastMasterKeys(mine.body).some((key) => equalBytes(key, theirs.masterKey))
  return replaced || masterEpochOf(theirs.body) < masterEpochOf(mine.body)
}

/**
 * `mine` with the circle keys and master keys of `theirs`, an earlier state of the same vault, and with the circles that are
 * not here and were not deleted here. Nothing is sealed under what came: a circle whose newest key it would be gets another,
 * made here. Names, settings, contacts, slots and stamps are those of `mine`. `mine` itself when nothing is new. Failure
 * `refused` for another vault's; `too-long`.
 */
export function withEarlierKeys(mine: Vault, theirs: Vault, now: Date): Vault {
  if (mine.vaultId !== theirs.vaultId) throw new Failure('refused')
  const [known, brought] = [keySets(mine.body), keySets(theirs.body)]
  const past = newPastKeys(mine, theirs)
  const isNew = ([id, keys]: [string, ReadonlyMap<string, EpochKey>]) =>
    [...keys.keys()].some((key) => known.get(id)?.has(key) !== true)
  const added = new Map([...brought].filter(isNew))
  if (added.size === 0 && past.length === 0) return mine

  const all = (id: string) => numbered(new Map([...(added.get(id) ?? []), ...(known.get(id) ?? [])]).values())
  const missing = theirs.body.circles.filter(({ id }) => !known.has(id))
  const circles = [...mine.body.circles, ...missing].map((circle) =>
    added.has(circle.id) ? { ...circle, keys: all(circle.id) } : circle,
  )
  const present = new Set(circles.map(({ id }) => id))
  const retired = [...new Set([...known.keys(), ...added.keys()])].filter((id) => !present.has(id))
  const body: VaultBody = {
    ...mine.body,
    circles,
    ...(retired.length > 0 && { retired: Object.fromEntries(retired.map((id) => [id, all(id)])) }),
    ...(past.length > 0 && { pastMasterKeys: [...(mine.body.pastMasterKeys ?? []), ...past] }),
  }
  const header = { ...mine.header, revision: mine.header.revision + 1, updatedAt: now.toISOString() }
  try {
    // Not as a change made here, by which the keys would be dated: each keeps its place among the others.
    return withOwnNewest(mine, sealVault(mine.masterKey, header, body), now)
  } catch (thrown) {
    if (thrown instanceof TypeError) throw new Failure('too-long', { cause: thrown })
    throw thrown
  }
}

function withOwnNewest(mine: Vault, vault: Vault, now: Date): Vault {
  const ours = new Set(mine.body.circles.map(newestKey))
  const overtaken = vault.body.circles.filter((circle) => !ours.has(newestKey(circle)))
  if (overtaken.length === 0) return vault
  const body = overtaken.reduce((before, { id }) => rotateCircle(before, id, now), vault.body)
  return withBody(vault, body, now)
}

function newestKey({ keys }: Circle): string | undefined {
  return keys.toSorted((a, b) => b.epoch - a.epoch)[0]?.key
}

/** The master key of `theirs` and those before it, as far as they are not known here: documents may be under them. */
function newPastKeys(mine: Vault, theirs: Vault): PastMasterKey[] {
  const until = masterRotatedAtOf(theirs.body) || new Date(0).toISOString()
  const all = [...(theirs.body.pastMasterKeys ?? []), { key: encodeBase64url(theirs.masterKey), until }]
  const known = new Set([encodeBase64url(mine.masterKey), ...(mine.body.pastMasterKeys ?? []).map(({ key }) => key)])
  return [...new Map(all.map((one) => [one.key, one])).values()].filter(({ key }) => !known.has(key))
}
