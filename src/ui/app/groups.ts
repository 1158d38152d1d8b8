// The groups of a written secret: draws the two of a recovery key that the person types back, and checks them.
// Knows how recovery keys (8 groups of 4), shares and one-time codes are written, never what they stand for.

import type { PlainKey } from '../../words.ts'

/** How a secret is written, for checking its length and for the sentences about it. */
export interface CodeKind {
  readonly letters: number
  readonly complete: PlainKey
  /** It has a letter outside the alphabet. */
  readonly foreignLetter: 'errors.recoveryKey.letter' | 'errors.typedShare.letter' | 'errors.oneTimeCode.letter'
  /** It has a typing error that the checksum can't locate. */
  readonly errorSomewhere: PlainKey
}
/** One that is typed into a field of its own. */
export interface FieldCodeKind extends CodeKind {
  readonly label: PlainKey
}

export const writtenKey: FieldCodeKind = {
  letters: 32,
  label: 'errors.recoveryKey.label',
  complete: 'errors.recoveryKey.complete',
  foreignLetter: 'errors.recoveryKey.letter',
  errorSomewhere: 'errors.recoveryKey.somewhere',
}
export const writtenShare: CodeKind = {
  letters: 43,
  complete: 'errors.typedShare.complete',
  foreignLetter: 'errors.typedShare.letter',
  errorSomewhere: 'errors.typedShare.somewhere',
}
export const writtenCode: FieldCodeKind = {
  letters: 20,
  label: 'errors.oneTimeCode.label',
  complete: 'errors.oneTimeCode.complete',
  foreignLetter: 'errors.oneTimeCode.letter',
  errorSomewhere: 'errors.oneTimeCode.somewhere',
}

const groupCount = 8

export type Draw8 = () => number

const draw8: Draw8 = () => crypto.getRandomValues(new Uint8Array(1))[0] ?? 0

/** A whole number from 0 to `bound` - 1, each as likely: draws that would favour the low ones are thrown away. */
function drawBelow(bound: number, draw: Draw8): number {
  const fair = 256 - (256 % bound)
  for (;;) {
    const value = draw()
    if (value < fair) return value % bound
  }
}

/** Two different groups, counted from 1, in ascending order; every pair is as likely. */
export function drawGroups(draw: Draw8 = draw8): readonly [number, number] {
  const first = drawBelow(groupCount, draw)
  const other = drawBelow(groupCount - 1, draw)
  const second = other < first ? other : other + 1
  return first < second ? [first + 1, second + 1] : [second + 1, first + 1]
}

export function groupsOf(key: string): readonly string[] {
  return key.split('-')
}

/** What was typed, without the spacing that people add: `abcd-efgh ` and `ABCD EFGH` are the same letters. */
export function lettersOf(typed: string): string {
  return typed.replace(/[\s\p{Pd}]/gu, '').toUpperCase()
}

export function isGroup(key: string, group: number, typed: string): boolean {
  const right = groupsOf(key)[group - 1]
  return right !== undefined && lettersOf(typed) === right.toUpperCase()
}
