// Which function returns nothing now, and which were called, in this worker and in documents of its browser.

import type { Nulling } from './plugin.ts'

let nulled: string | null = null
/** After how many milliseconds each was first called. */
let calls = new Map<string, number>()
let begun = 0

export const nulledNow = (): string | null => nulled

export function noteCall(name: string): void {
  if (!calls.has(name)) calls.set(name, Date.now() - begun)
}

export const callsSoFar = (): Readonly<Record<string, number>> => Object.fromEntries(calls)

export function begin(name: string | null): void {
  nulled = name
  calls = new Map()
  begun = Date.now()
  const world = globalThis as Nulling
  world.fieldsealNulled = (called) => {
    noteCall(called)
    return called === name
  }
}

/** Runs in a document before anything else of it, and knows nothing from outside of this function. */
export function nullInDocument(name: string | null): void {
  const world = globalThis as Nulling & { fieldsealCalled?: (called: string) => unknown }
  const noted = new Set<string>()
  world.fieldsealNulled = (called) => {
    if (!noted.has(called)) {
      noted.add(called)
      void world.fieldsealCalled?.(called)
    }
    return called === name
  }
}
