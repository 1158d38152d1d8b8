// What every attack got, from the extension and from its unguarded stand-in, printed when all have been played.

import type { Kind } from '../e2e/session.ts'

interface Row {
  readonly guarded: string
  readonly control: string
}

const rows = new Map<string, Partial<Record<Kind, Row>>>()
const cellChars = 44

/** Notes what an attack got. Nothing is said as "–". */
export function note(kind: Kind, attack: string, guarded: unknown, control: unknown): void {
  rows.set(attack, { ...rows.get(attack), [kind]: { guarded: words(guarded), control: words(control) } })
}

function words(got: unknown): string {
  if (got === null || got === undefined || got === '' || got === false) return '–'
  if (Array.isArray(got) && got.length === 0) return '–'
  const said = typeof got === 'string' ? got : JSON.stringify(got)
  const line = said.replace(/\s+/g, ' ')
  return line.length > cellChars ? `${line.slice(0, cellChars - 1)}…` : line
}

export function printTable(): void {
  const cells = [...rows].map(([attack, by]) => [
    attack,
    by.chromium?.guarded ?? '',
    by.chromium?.control ?? '',
    by.firefox?.guarded ?? '',
    by.firefox?.control ?? '',
  ])
  const all = [['attack', 'Chromium', 'stand-in', 'Firefox', 'stand-in'], ...cells]
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...all.map((row) => row[column]?.length ?? 0)))
  const lines = all.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' │ '))
  console.log(`\nWhat the pages got\n${lines.join('\n')}\n`)
}
