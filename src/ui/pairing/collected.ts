// The parts that have been read so far, of one pairing or of several: they come in any order, often, and mixed. Shown is the
// one that is whole, else the one that was read last.

import type { ReadPart } from '../../messages/pairing.ts'

export interface Collection {
  readonly transfer: string
  readonly count: number
  /** The texts of the parts that are there, by their numbers from 0. */
  readonly there: ReadonlyMap<number, string>
}

/** A person pairs one browser at a time; more than these are forgotten, the oldest first. */
const collectionsAtMost = 4

/** With these parts too. The collection that was added to last stands last. */
export function collect(before: readonly Collection[], parts: readonly ReadPart[]): readonly Collection[] {
  return parts.reduce(withPart, before).slice(-collectionsAtMost)
}

/** The one to go on with; null when nothing was read yet. */
export function current(collections: readonly Collection[]): Collection | null {
  return collections.findLast(isWhole) ?? collections.at(-1) ?? null
}

export function isWhole({ there, count }: Collection): boolean {
  return there.size === count
}

/** The numbers of the parts that are not there, counted from 1. */
export function missing({ there, count }: Collection): number[] {
  return Array.from({ length: count }, (_, at) => at + 1).filter((number) => !there.has(number - 1))
}

/** All of it as one text, to be asked with. */
export function textOf({ there }: Collection): string {
  return [...there.values()].join('\n')
}

function withPart(before: readonly Collection[], { transfer, count, index, text }: ReadPart): readonly Collection[] {
  const mine = before.find((one) => one.transfer === transfer && one.count === count)
  if (index >= count) return before
  if (mine?.there.has(index) && before.at(-1) === mine) return before
  const others = before.filter((one) => one !== mine)
  const there = mine?.there.has(index) ? mine.there : new Map(mine?.there).set(index, text)
  return [...others, { transfer, count, there }]
}
