// The frames that were read so far, of one pairing or of several. They arrive in any order, repeatedly and mixed. The pairing to go on
// with is the one that is whole, else the one that was read last.

import type { ReadFrame } from '../../messages/vault/pairing.ts'

export interface ScannedFrames {
  readonly transfer: string
  readonly count: number
  /** The texts of the frames that were read, by their numbers from 0. */
  readonly frames: ReadonlyMap<number, string>
}

/** A person pairs one browser at a time; more than these are forgotten, the oldest first. */
const collectionsAtMost = 4

/** Adds frames. The collection that was added to last stands last. */
export function collect(before: readonly ScannedFrames[], parts: readonly ReadFrame[]): readonly ScannedFrames[] {
  return parts.reduce(withFrame, before).slice(-collectionsAtMost)
}

/** The one to go on with; null when nothing was read yet. */
export function current(collections: readonly ScannedFrames[]): ScannedFrames | null {
  return collections.findLast(isWhole) ?? collections.at(-1) ?? null
}

export function isWhole({ frames, count }: ScannedFrames): boolean {
  return frames.size === count
}

/** The numbers of the frames that were not read yet, counted from 1. */
export function missing({ frames, count }: ScannedFrames): number[] {
  return Array.from({ length: count }, (_, index) => index + 1).filter((number) => !frames.has(number - 1))
}

/** All frames as one text, for a request. */
export function textOf({ frames }: ScannedFrames): string {
  return [...frames.values()].join('\n')
}

function withFrame(
  before: readonly ScannedFrames[],
  { transfer, count, index, text }: ReadFrame,
): readonly ScannedFrames[] {
  const mine = before.find((collection) => collection.transfer === transfer && collection.count === count)
  if (index >= count) return before
  if (mine?.frames.has(index) && before.at(-1) === mine) return before
  const others = before.filter((collection) => collection !== mine)
  const frames = mine?.frames.has(index) ? mine.frames : new Map(mine?.frames).set(index, text)
  return [...others, { transfer, count, frames }]
}
