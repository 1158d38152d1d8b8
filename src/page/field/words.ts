// The sentences beside a field, chosen by the outcome of a command.

import type { FailureCode } from '../../failure.ts'
import { type PlainKey, words } from '../../words.ts'
import type { SealOutcome } from './sealing.ts'

const failures: Partial<Record<FailureCode, PlainKey>> = {
  locked: 'page.sealing.locked',
  'no-vault': 'page.sealing.noVault',
  'too-long': 'page.sealing.longerThanAll',
}

/** Sentences by outcome, and whether each stays until closed. */
const outcomes = {
  sealed: ['page.sealing.sealed', false],
  empty: ['page.sealing.empty', false],
  changed: ['page.sealing.changed', true],
  busy: ['page.sealing.busy', false],
  'read-only': ['page.sealing.readOnly', false],
  sandboxed: ['page.sealing.sandboxed', true],
  altered: ['page.sealing.altered', true],
  gone: ['page.sealing.gone', true],
} as const satisfies Partial<Record<SealOutcome['kind'], readonly [PlainKey, boolean]>>

/** The sentence for an outcome. A `warning` stays until the person closes it. */
export function outcomeSentence(outcome: SealOutcome): { sentence: string; warning: boolean } {
  if (outcome.kind === 'failed')
    return { sentence: words(failures[outcome.code] ?? 'page.sealing.failed'), warning: true }
  if (outcome.kind === 'too-long') {
    const { needs, takes } = outcome
    return { sentence: words('page.sealing.tooLong', { needs, takes }), warning: true }
  }
  const [key, warning] = outcomes[outcome.kind]
  return { sentence: words(key), warning }
}

/** Sentences for a command that found nothing to do. */
export const commandSentences = {
  'no-field': 'page.command.noField',
  'no-vault': 'page.sealing.noVault',
  locked: 'page.sealing.locked',
  'not-reached': 'page.command.notReached',
  'nothing-here': 'page.command.nothingHere',
  'not-found': 'page.command.notFound',
  'nothing-pointed': 'page.command.nothingPointed',
} as const satisfies Record<string, PlainKey>
