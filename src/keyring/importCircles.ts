// The circles of another vault, added to this one, so that what was sealed under them opens here too. They come as circles
// of their own: a foreign vault must never put a key into a circle that is sealed under here. FORMAT.md §6.7.

import { decodeBase64url, encodeBase64url, utf8 } from '../bytes.ts'
import { derive } from '../crypto/kdf.ts'
import { Failure } from '../failure.ts'
import { type Circle, type EpochKey, importedPersonalName, personalId } from './body.ts'
import { keySets, numberKeys } from './stamps.ts'
import { type Vault, withBody } from './vault.ts'

const foreignIdBytes = 16

/**
 * `mine` with the circles of `theirs`, another vault, under ids that follow from it; revision + 1. `mine` itself when it
 * has all their keys already. One that was deleted here is there again. Failure `refused` for the same vault; `too-long`.
 */
export function importCircles(mine: Vault, theirs: Vault, now: Date): Vault {
  if (mine.vaultId === theirs.vaultId) throw new Failure('refused')
  const circles = new Map(mine.body.circles.map((circle) => [circle.id, circle]))
  const [known, retired] = [keySets(mine.body), new Map(Object.entries(mine.body.retired ?? {}))]
  const [foreign, names] = [keySets(theirs.body), new Map(theirs.body.circles.map(({ id, name }) => [id, name]))]
  let added = false
  for (const [foreignId, set] of foreign) {
    const own = known.get(foreignId)
    // A circle that both vaults have: nothing of it is missing here.
    if (own && [...set.keys()].every((key) => own.has(key))) continue
    const id = importedCircleId(theirs.vaultId, foreignId)
    const before = known.get(id) ?? new Map()
    const name = names.get(foreignId)
    const complete = [...set.keys()].every((key) => before.has(key))
    if (complete && (name === undefined || circles.has(id))) continue
    added = true
    const keys = numberKeys(new Map([...[...set].map(onlyOpening), ...before]).values())
    const there = circles.get(id)
    if (there) circles.set(id, { ...there, keys })
    else if (name === undefined) retired.set(id, keys)
    else {
      circles.set(id, circle(id, foreignId === personalId ? importedPersonalName : name, keys))
      retired.delete(id)
    }
  }
  if (!added) return mine
  const { retired: _before, ...body } = mine.body
  const kept = retired.size > 0 && { retired: Object.fromEntries(retired) }
  try {
    return withBody(mine, { ...body, circles: [...circles.values()], ...kept }, now)
  } catch (thrown) {
    if (thrown instanceof TypeError) throw new Failure('too-long', { cause: thrown })
    throw thrown
  }
}

/** The id of a foreign vault's circle here: the same each time, on every device. */
export function importedCircleId(vaultId: string, circleId: string): string {
  const info = 'fieldseal/v1/foreign-circle'
  return encodeBase64url(derive(utf8(circleId), decodeBase64url(vaultId), info, foreignIdBytes))
}

/** Nothing is sealed here under a key that whoever made the other vault has. */
function onlyOpening([key, { createdAt }]: [string, EpochKey]): [string, EpochKey] {
  return [key, { epoch: 1, key, createdAt, opens: true, from: 'other-vault' }]
}

function circle(id: string, name: string, keys: Circle['keys']): Circle {
  return { id, name, keys }
}
