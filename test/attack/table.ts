// What every attack got, from the extension and from its unguarded stand-in, printed when all have been played. An attack
// that got nothing from its stand-in proves nothing, and fails; unless that browser holds it by itself, and the other does not.

import { expect } from 'vitest'
import type { Kind } from '../e2e/session.ts'

/** In the place of what a stand-in lost: no stand-in loses anything to this attack in this browser. */
export const heldByBrowser = Symbol('held there by the browser')

/** Attacks that one browser holds. In the other one they are played, and must work there. */
const held: Readonly<Record<string, Kind>> = {
  'opening in a sandboxed page (allow-scripts)': 'firefox',
}

interface Row {
  readonly attack: string
  readonly kind: Kind
  readonly guarded: string
  readonly control: string
}

const rows: Row[] = []
const cellChars = 44

/** Notes what an attack got. Whether that was too much of the guarded one is for the test to say. */
export function note(kind: Kind, attack: string, guarded: unknown, control: unknown): void {
  const isHeld = control === heldByBrowser
  rows.push({ attack, kind, guarded: words(guarded), control: isHeld ? 'held there by the browser' : words(control) })
  if (isHeld) expect(held[attack], `the browser that holds “${attack}”`).toBe(kind)
  else expect(words(control), `the control of “${attack}”`).not.toBe(nothing)
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

export function printTable(): void {
  const all = [['attack', 'browser', 'got', 'from the stand-in']]
  for (const { attack, kind, guarded, control } of rows.splice(0)) all.push([attack, kind, guarded, control])
  const widths = [0, 1, 2, 3].map((column) => Math.max(...all.map((row) => row[column]?.length ?? 0)))
  const lines = all.map((row) => row.map((text, column) => text.padEnd(widths[column] ?? 0)).join(' │ '))
  console.log(`\nWhat the pages got (“–” is nothing), and what they got from the stand-in\n${lines.join('\n')}\n`)
}
