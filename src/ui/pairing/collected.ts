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
const maxCollections = 4

/** Adds frames. The collection that was added to last stands last. */
export function collect(collections: readonly ScannedFrames[], parts: readonly ReadFrame[]): readonly ScannedFrames[] {
  return parts.reduce(addFrame, collections).slice(-maxCollections)
}

/** The one to go on with; null when nothing was read yet. */
export function pickCollection(collections: readonly ScannedFrames[]): ScannedFrames | null {
  return collections.findLast(isWhole) ?? collections.at(-1) ?? null
}

export function isWhole({ frames, count }: ScannedFrames): boolean {
  return frames.size === count
}

/** The numbers of the frames that were not read yet, counted from 1. */
export function listMissing({ frames, count }: ScannedFrames): number[] {
  return Array.from({ length: count }, (_, index) => index + 1).filter((number) => !frames.has(number - 1))
}

/** All frames as one text, for a request. */
export function joinTexts({ frames }: ScannedFrames): string {
  return [...frames.values()].join('\n')
}

function addFrame(
  collections: readonly ScannedFrames[],
  { transfer, count, index, text }: ReadFrame,
): readonly ScannedFrames[] {
  const known = collections.find((collection) => collection.transfer === transfer && collection.count === count)
  if (index >= count) return collections
  if (known?.frames.has(index) && collections.at(-1) === known) return collections
  const otherCollections = collections.filter((collection) => collection !== known)
  const frames = known?.frames.has(index) ? known.frames : new Map(known?.frames).set(index, text)
  return [...otherCollections, { transfer, count, frames }]
}
