// Everything that can go wrong has a sentence of its own, in plain words.

import { describe, expect, it } from 'vitest'
import { failureCodes } from '../../../src/failure.ts'
import type { Diagnosis } from '../../../src/messages/shapes.ts'
import { notPutBack, unplaced } from '../../../src/messages/shapes.ts'
import {
  diagnosisSentence,
  type ErrorContext,
  errorSentence,
  notPutBackSentence,
  shareSentence,
  unplacedSentence,
  verdictSentence,
} from '../../../src/ui/app/errors.ts'
import { writtenKey, writtenShare } from '../../../src/ui/app/groups.ts'
import { words } from '../../words.ts'

const contexts: Record<ErrorContext, true> = {
  look: true,
  unlock: true,
  lock: true,
  create: true,
  recover: true,
  renew: true,
  'change-password': true,
  'test-recovery': true,
  'name-vault': true,
  share: true,
  'recover-by-shares': true,
  'prove-by-password': true,
  'prove-by-passkey': true,
  'confirm-access': true,
  'passkey-unlock': true,
  'passkey-add': true,
  'passkey-keep': true,
  'unlock-methods': true,
  site: true,
  clipboard: true,
  writing: true,
  'open-page': true,
  compose: true,
  begin: true,
  seal: true,
  'put-back': true,
  draft: true,
  practice: true,
  sync: true,
  'accept-synced-vault': true,
  join: true,
  'auto-lock': true,
  'stay-unlocked': true,
  'new-key': true,
  'new-master-key': true,
  backup: true,
  'open-backup': true,
  restore: true,
  'offer-pairing': true,
  'open-pairing': true,
  'accept-pairing': true,
  'look-at-library': true,
  'list-library': true,
  'open-entry': true,
  'open-version': true,
  'restore-version': true,
  'save-entry': true,
  'seal-entry': true,
  'delete-entries': true,
  'undo-delete': true,
  'drop-drafts': true,
  'compose-draft': true,
  'find-on-page': true,
  'place-entry': true,
  export: true,
  import: true,
  'set-library': true,
  rekey: true,
}

describe('sentences', () => {
  it('are there for every failure in everything a person does', () => {
    for (const context of Object.keys(contexts) as ErrorContext[]) {
      for (const code of failureCodes) expect(errorSentence(code, context)).toMatch(/^[A-Z].{15,}\.$/)
    }
  })

  it('use the words of the design, and never those it rules out', () => {
    const all = (Object.keys(contexts) as ErrorContext[]).flatMap((context) =>
      failureCodes.map((code) => errorSentence(code, context)),
    )
    for (const sentence of all)
      expect(sentence).not.toMatch(/encod|error code|exception|invalid|unlock (a|the) (text|message)/i)
  })

  it('are there for every reason why a sealed text was not placed', () => {
    for (const why of unplaced.options) expect(unplacedSentence(why)).toMatch(/\.$/)
  })

  it('say of an opened text that was not put back that it is still here, and why', () => {
    const sentences = notPutBack.options.map(notPutBackSentence)
    for (const sentence of sentences) expect(sentence).toMatch(/Your text is still here/)
    expect(new Set(sentences).size).toBe(sentences.length)
  })

  it('say where a typing error is', () => {
    const found: Diagnosis[] = [
      { kind: 'fine' },
      { kind: 'length', letters: 18 },
      { kind: 'letter', group: 2 },
      { kind: 'group', group: 3 },
      { kind: 'somewhere' },
    ]
    expect(found.map((diagnosis) => diagnosisSentence(diagnosis, writtenKey))).toEqual([
      words('errors.recoveryKey.complete'),
      words('errors.code.length', { letters: 18, all: 32 }),
      words('errors.recoveryKey.letter', { group: 2 }),
      words('errors.code.group', { group: 3 }),
      words('errors.recoveryKey.somewhere'),
    ])
    expect(diagnosisSentence({ kind: 'length', letters: 5 }, writtenShare)).toBe(
      words('errors.code.length', { letters: 5, all: 43 }),
    )
  })

  it('say of a share what is wrong with it, and of all of them what they do', () => {
    expect(shareSentence({ kind: 'good', index: 2 })).toBe(words('errors.typedShare.good', { index: 2 }))
    expect(shareSentence({ kind: 'group', group: 3 })).toBe(words('errors.code.group', { group: 3 }))
    expect(shareSentence({ kind: 'other-set' })).toBe(words('errors.typedShare.otherSet'))
    expect(shareSentence({ kind: 'newer' })).toBe(words('errors.typedShare.newer'))
    expect(shareSentence({ kind: 'twice', index: 1, same: true })).toBe(words('errors.typedShare.twice', { index: 1 }))
    expect(shareSentence({ kind: 'twice', index: 1, same: false })).toBe(
      words('errors.typedShare.twiceOtherwise', { index: 1 }),
    )
    expect(verdictSentence({ kind: 'few', needed: 2, wrong: [] }, 1)).toBe(
      words('errors.typedShares.few', { count: 1, needed: 2 }),
    )
    const open = words('errors.typedShares.open')
    expect(verdictSentence({ kind: 'open', needed: 2, wrong: [] }, 2)).toBe(open)
    expect(verdictSentence({ kind: 'open', needed: 2, wrong: [3] }, 3)).toBe(
      `${open} But share 3 was altered or forged, although it has no typing error. It is not used.`,
    )
    expect(verdictSentence({ kind: 'open', needed: 2, wrong: [3, 5] }, 4)).toContain('share 3 and share 5')
    expect(verdictSentence({ kind: 'closed', needed: 2, wrong: [] }, 2)).toBe(words('errors.typedShares.oneForged'))
    expect(verdictSentence({ kind: 'closed', needed: 2, wrong: [] }, 3)).toBe(words('errors.typedShares.someForged'))
  })
})
