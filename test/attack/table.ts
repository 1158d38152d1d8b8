// What every attack got, from the extension and from its unguarded stand-in, printed when all have been played. An attack
// that got nothing from its stand-in proves nothing, and fails; unless that browser holds it by itself, and the other does not.

import { expect } from 'vitest'
import { type Kind, kinds } from '../e2e/session.ts'

/** In the place of what a stand-in lost: no stand-in loses anything to this attack in this browser. */
export const heldByBrowser = Symbol('held there by the browser')

interface Row {
  readonly guarded: string
  readonly control: string | typeof heldByBrowser
}

const rows = new Map<string, Partial<Record<Kind, Row>>>()
const cellChars = 44

/** Notes what an attack got. Whether that was too much of the guarded one is for the test to say. */
export function note(kind: Kind, attack: string, guarded: unknown, control: unknown): void {
  const lost = control === heldByBrowser ? heldByBrowser : words(control)
  rows.set(attack, { ...rows.get(attack), [kind]: { guarded: words(guarded), control: lost } })
  expect(lost, `the control of “${attack}”`).not.toBe(nothing)
}

/** Notes an attack that must get nothing at all. */
export function played(kind: Kind, attack: string, guarded: unknown, control: unknown): void {
  note(kind, attack, guarded, control)
  expect(words(guarded), attack).toBe(nothing)
}

const nothing = '–'

function words(got: unknown): string {
  if (got === null || got === undefined || got === '' || got === false || got === 0) return nothing
  if (Array.isArray(got) && got.every((each) => words(each) === nothing)) return nothing
  const said = typeof got === 'string' ? got : got === true ? 'yes' : JSON.stringify(got)
  const line = said.replace(/\s+/g, ' ')
  return line.length > cellChars ? `${line.slice(0, cellChars - 1)}…` : line
}

/** Attacks whose stand-in lost nothing in either browser. */
export function attacksThatProveNothing(): string[] {
  return [...rows].flatMap(([attack, by]) =>
    kinds.some((kind) => by[kind] !== undefined && by[kind].control !== heldByBrowser) ? [] : [attack],
  )
}

export function printTable(): void {
  const cell = (row: Row | undefined) => [
    row?.guarded ?? '',
    row?.control === heldByBrowser ? 'held there by the browser' : (row?.control ?? ''),
  ]
  const cells = [...rows].map(([attack, by]) => [attack, ...cell(by.chromium), ...cell(by.firefox)])
  const all = [['attack', 'Chromium', 'stand-in', 'Firefox', 'stand-in'], ...cells]
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...all.map((row) => row[column]?.length ?? 0)))
  const lines = all.map((row) => row.map((text, column) => text.padEnd(widths[column] ?? 0)).join(' │ '))
  console.log(`\nWhat the pages got (“–” is nothing), and what they got from the stand-in\n${lines.join('\n')}\n`)
}
