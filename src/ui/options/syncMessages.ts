// The sentences on the status of the browser's sync: what it is, or why the vault there was refused, and what to do.

import type { Refusal, Status } from '../../messages/vault/sync.ts'
import { type WordsKey, words } from '../../words.ts'
import { formatMediumTime } from '../app/format.ts'

const refusalKeys = {
  damaged: 'sync.refused.damaged',
  rollback: 'sync.refused.rollback',
  'other-vault': 'sync.refused.otherVault',
  'old-key': 'sync.refused.oldKey',
  'newer-version': 'sync.refused.newerVersion',
  weakened: 'sync.refused.weakened',
  slots: 'sync.refused.slots',
  clock: 'sync.refused.clock',
  implausible: 'sync.refused.implausible',
  'too-long': 'sync.refused.tooLong',
} as const satisfies Record<Refusal, WordsKey>

const waitingKeys = {
  locked: 'sync.status.waitingLocked',
  arriving: 'sync.status.waitingArriving',
  browser: 'sync.status.waitingBrowser',
} as const satisfies Record<Extract<Status, { kind: 'waiting' }>['why'], WordsKey>

export function refusalSentence(why: Refusal): string {
  return words(refusalKeys[why])
}

/** `null`: Fieldseal has not looked yet. */
export function statusSentence(status: Status | null): string {
  switch (status?.kind) {
    case undefined:
      return words('sync.status.none')
    case 'in-step':
      return words('sync.status.inStep', { time: formatMediumTime(status.at) })
    case 'too-large':
      return words('sync.status.tooLarge')
    case 'pending':
      return words('sync.status.pending')
    case 'refused':
      return refusalSentence(status.why)
    case 'waiting':
      return words(waitingKeys[status.why])
  }
}
