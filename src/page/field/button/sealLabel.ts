// The label of the small button, which is an icon and has no other words.

import { type PlainKey, words } from '../../../words.ts'
import type { Fit } from './limits.ts'

const labels = {
  read: 'page.button.read',
  marked: 'page.button.marked',
  edit: 'page.button.edit',
  rest: 'page.button.rest',
} as const satisfies Record<string, PlainKey>

/** What the small button does. With `fit`, also the length of the sealed text and the limit. */
export function sealLabel(does: keyof typeof labels | 'seal', fit: Fit | null): string {
  if (does !== 'seal') return words(labels[does])
  if (fit === null) return words('page.button.seal')
  const { needs, takes } = fit
  return words(needs > takes ? 'page.button.sealTooLong' : 'page.button.sealFits', { needs, takes })
}
