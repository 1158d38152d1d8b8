// Everything that can go wrong has a sentence of its own, in plain words.

import { describe, expect, it } from 'vitest'
import { failureCodes } from '../../src/failure.ts'
import type { Diagnosis } from '../../src/messages/shapes.ts'
import { unplaced } from '../../src/messages/shapes.ts'
import { writtenKey, writtenShare } from '../../src/ui/groups.ts'
import {
  type Doing,
  diagnosisSentence,
  sentence,
  shareSentence,
  unplacedSentence,
  verdictSentence,
} from '../../src/ui/sentences.ts'

const doings: Record<Doing, true> = {
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
  prove: true,
  'prove-by-passkey': true,
  'confirm-access': true,
  'passkey-unlock': true,
  'passkey-add': true,
  'passkey-keep': true,
  ways: true,
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
  'take-in': true,
  join: true,
  locking: true,
  stay: true,
  'new-key': true,
  'new-master-key': true,
  backup: true,
  'open-backup': true,
  restore: true,
  'offer-pairing': true,
  'open-pairing': true,
  'take-pairing': true,
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
    for (const doing of Object.keys(doings) as Doing[]) {
      for (const code of failureCodes) expect(sentence(code, doing)).toMatch(/^[A-Z].{15,}\.$/)
    }
  })

  it('use the words of the design, and never those it rules out', () => {
    const all = (Object.keys(doings) as Doing[]).flatMap((doing) => failureCodes.map((code) => sentence(code, doing)))
    for (const words of all)
      expect(words).not.toMatch(/encod|error code|exception|invalid|unlock (a|the) (text|message)/i)
  })

  it('are there for every reason why a sealed text was not placed', () => {
    for (const why of unplaced.options) expect(unplacedSentence(why)).toMatch(/\.$/)
  })

  it('say where a typing error is', () => {
    const found: Diagnosis[] = [
      { kind: 'fine' },
      { kind: 'length', letters: 18 },
      { kind: 'letter', group: 2 },
      { kind: 'group', group: 3 },
      { kind: 'somewhere' },
    ]
    expect(found.map((one) => diagnosisSentence(one, writtenKey)).join(' ')).toMatch(
      /18 of 32.*Group 2.*recovery keys never use.*group 3.*somewhere/,
    )
    expect(diagnosisSentence({ kind: 'length', letters: 5 }, writtenShare)).toBe('5 of 43 letters and digits.')
  })

  it('say of a share what is wrong with it, and of all of them what they do', () => {
    expect(shareSentence({ kind: 'good', index: 2 })).toContain('share 2')
    expect(shareSentence({ kind: 'group', group: 3 })).toContain('group 3')
    expect(shareSentence({ kind: 'other-set' })).toContain('another vault')
    expect(shareSentence({ kind: 'newer' })).toContain('Update Fieldseal')
    expect(shareSentence({ kind: 'twice', index: 1, same: true })).toContain('here already')
    expect(shareSentence({ kind: 'twice', index: 1, same: false })).toContain('one of the two is wrong')
    expect(verdictSentence({ kind: 'few', needed: 2, wrong: [] }, 1)).toBe('1 of 2 shares.')
    expect(verdictSentence({ kind: 'open', needed: 2, wrong: [] }, 2)).toContain('they open the vault')
    expect(verdictSentence({ kind: 'open', needed: 2, wrong: [3] }, 3)).toContain('share 3 was altered or forged')
    expect(verdictSentence({ kind: 'closed', needed: 2, wrong: [] }, 2)).toMatch(/^One of these.*Add another share/)
    expect(verdictSentence({ kind: 'closed', needed: 2, wrong: [] }, 3)).toMatch(/^More than one.*Add another share/)
  })
})
