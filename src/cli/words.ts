// The sentences for what went wrong, from the closed list of failure codes: what happened, and what to do next.

import type { diagnoseRecovery } from '../crypto/recovery.ts'
import { Failure, type FailureCode } from '../failure.ts'
import type { SealedUnder } from '../keyring/circles.ts'
import { CliExit, type Exit, exits } from './exits.ts'
import type { OpenOutcome } from './texts.ts'

const outcomes: Readonly<Record<Exclude<OpenOutcome, 'open'>, string>> = {
  'not-for-us': 'was sealed under a key that this vault does not have',
  damaged: 'is damaged: something in it was altered',
  'lost-capitals': 'is damaged: all its capital letters were made small',
  'cut-off': 'is cut off: its end is missing',
  'newer-version': 'was made by a newer version of Fieldseal',
}

export function outcomeWords(outcome: Exclude<OpenOutcome, 'open'>): string {
  return outcomes[outcome]
}

/** Whose key opened a text; null for a key of Personal that was the newest when it was sealed. */
export function keyWords({ owner, circle, earlier }: SealedUnder): string | null {
  if (owner === 'personal') return earlier ? 'was sealed with an earlier key' : null
  const key = earlier ? 'an earlier key' : 'a key'
  const name = circle === null ? '' : `: “${circle}”`
  switch (owner) {
    case 'circle':
      return `was sealed with ${key} of a circle${name}`
    case 'removed-circle':
      return `was sealed with ${key} of a circle that was removed`
    case 'other-vault':
      return `was sealed with ${key} from another vault${name}`
    case 'before-rotation':
      return `was sealed with a key from before the master key was replaced${name}`
  }
}

/** The number of letters of each secret on paper. */
const letterCounts = { 'recovery key': 32, share: 43 } as const

export function diagnosisWords(
  found: ReturnType<typeof diagnoseRecovery>,
  what: keyof typeof letterCounts = 'recovery key',
): string {
  switch (found.kind) {
    case 'fine':
      return `The ${what} has no typing error.`
    case 'length':
      return `A ${what} has ${letterCounts[what]} letters and digits; these are ${found.letters}.`
    case 'letter':
      return `Group ${found.group} of the ${what} has a character that none has: there is no 1, B, I or O in them.`
    case 'group':
      return `There is a typing error in group ${found.group} of the ${what}.`
    case 'somewhere':
      return `There is a typing error somewhere in the ${what}. Compare it group by group.`
  }
}

const failures: Partial<Readonly<Record<FailureCode, readonly [Exit, string]>>> = {
  'wrong-secret': [exits.secret, 'this does not open the vault'],
  mistyped: [exits.secret, 'there is a typing error in the recovery key'],
  'weak-password': [exits.secret, 'this password is too short'],
  damaged: [exits.failed, 'is damaged, or no backup of Fieldseal’s at all'],
  'newer-version': [exits.failed, 'was made by a newer version of Fieldseal; use a newer fieldseal'],
  weakened: [
    exits.failed,
    'asks for less work for each guess at the password than any vault may: it was tampered with, and is not used',
  ],
  'too-long': [exits.failed, 'is longer than one sealed text can hold; split it in two'],
  memory: [exits.failed, 'there is too little free memory to work on the password; end other programs and try again'],
}

/** A CliExit for a known failure; anything else as thrown. */
export function failureWords(what: string, thrown: unknown): unknown {
  const known = thrown instanceof Failure ? failures[thrown.code] : undefined
  return known === undefined ? thrown : new CliExit(known[0], `${what}: ${known[1]}`)
}
