// Adds the circles of another vault to this one, so that texts sealed under them open here too. They become separate circles:
// a foreign vault must never put a key into a circle that seals here. FORMAT.md §6.7.

import { decodeBase64url, encodeBase64url, utf8 } from '../bytes.ts'
import { derive } from '../crypto/kdf.ts'
import { Failure } from '../failure.ts'
import { type Circle, type EpochKey, importedPersonalName, personalId } from './body.ts'
import { keySets, numberKeys } from './stamps.ts'
import { type Vault, withBody } from './vault.ts'

const foreignIdBytes = 16

/**
 * Adds the circles of `theirs`, another vault, to `mine` under derived ids; revision + 1. Returns `mine` itself if it has all
 * their keys. Restores a circle that was deleted here. Failure `refused`: the same vault; `too-long`.
 */
export function importCircles(mine: Vault, theirs: Vault, now: Date): Vault {
  if (mine.vaultId === theirs.vaultId) throw new Failure('refused')
  const circles = new Map(mine.body.circles.map((circle) => [circle.id, circle]))
  const [known, retired] = [keySets(mine.body), new Map(Object.entries(mine.body.retired ?? {}))]
  const [foreign, names] = [keySets(theirs.body), new Map(theirs.body.circles.map(({ id, name }) => [id, name]))]
  let added = false
  for (const [foreignId, set] of foreign) {
    const own = known.get(foreignId)
    // Both vaults have this circle, and nothing of it is missing here.
    if (own && [...set.keys()].every((key) => own.has(key))) continue
    const id = importedCircleId(theirs.vaultId, foreignId)
    const before = known.get(id) ?? new Map()
    const name = names.get(foreignId)
    const complete = [...set.keys()].every((key) => before.has(key))
    if (complete && (name === undefined || circles.has(id))) continue
    added = true
    const keys = numberKeys(new Map([...[...set].map(toOpeningKey), ...before]).values())
    const existing = circles.get(id)
    if (existing) circles.set(id, { ...existing, keys })
    else if (name === undefined) retired.set(id, keys)
    else {
      circles.set(id, newCircle(id, foreignId === personalId ? importedPersonalName : name, keys))
      retired.delete(id)
    }
  }
  if (!added) return mine
  const { retired: _before, ...body } = mine.body
  const retiredField = retired.size > 0 && { retired: Object.fromEntries(retired) }
  try {
    return withBody(mine, { ...body, circles: [...circles.values()], ...retiredField }, now)
  } catch (thrown) {
    if (thrown instanceof TypeError) throw new Failure('too-long', { cause: thrown })
    throw thrown
  }
}

/** The id here of a foreign vault's circle, the same on every device: base64url of 16 bytes. FORMAT.md §6.7. */
export function importedCircleId(vaultId: string, circleId: string): string {
  const info = 'fieldseal/v1/foreign-circle'
  return encodeBase64url(derive(utf8(circleId), decodeBase64url(vaultId), info, foreignIdBytes))
}

/** Never seals here: the owner of the other vault has this key too. */
function toOpeningKey([key, { createdAt }]: [string, EpochKey]): [string, EpochKey] {
  return [key, { epoch: 1, key, createdAt, opens: true, from: 'other-vault' }]
}

function newCircle(id: string, name: string, keys: Circle['keys']): Circle {
  return { id, name, keys }
}
