// Collects the frames read so far, of one pairing or of several. They arrive in any order, repeatedly and mixed. The pairing to
// continue with is the complete one, else the one read last.

import type { ReadFrame } from '../../messages/vault/pairing.ts'

export interface ScannedFrames {
  readonly transfer: string
  readonly count: number
  /** The texts of the frames that were read, by their numbers from 0. */
  readonly frames: ReadonlyMap<number, string>
}

/** A person pairs one browser at a time; beyond this the oldest are forgotten. */
const maxCollections = 4

/** Adds frames; the collection that got one last comes last. */
export function collect(collections: readonly ScannedFrames[], parts: readonly ReadFrame[]): readonly ScannedFrames[] {
  return parts.reduce(addFrame, collections).slice(-maxCollections)
}

/** The collection to continue with; null when nothing was read yet. */
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
