// What is said of the ways to unlock, and how the list of them is changed.

import type { PasskeyWay, Way } from '../../messages/ways.ts'

/** Does something to the list and looks at it again. `words` are said once it is done. */
export type ChangeWays = (work: () => Promise<unknown>, words: string) => Promise<boolean>

/** What a way in is called, and what else is said of it. */
export function wordsFor(way: Exclude<Way, PasskeyWay>): readonly [name: string, more: string] {
  switch (way.kind) {
    case 'password':
      return ['Password', `since ${day(way.since)} · each guess costs ${way.memoryKiB / 1024} MiB × ${way.passes}`]
    case 'recovery':
      return ['Recovery key', `since ${day(way.since)}`]
    case 'shares':
      return ['Shares', `any ${way.threshold} of ${way.count} together · since ${day(way.since)}`]
    case 'other':
      return ['Another way', 'made by a newer version of Fieldseal, and kept as it is']
  }
}

export function day(date: string): string {
  return new Date(date).toLocaleDateString([], { dateStyle: 'medium' })
}
