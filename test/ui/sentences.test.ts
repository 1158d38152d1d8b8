// Everything that can go wrong has a sentence of its own, in plain words.

import { describe, expect, it } from 'vitest'
import { failureCodes } from '../../src/failure.ts'
import type { Diagnosis } from '../../src/messages/shapes.ts'
import { unplaced } from '../../src/messages/shapes.ts'
import { type Doing, diagnosisSentence, sentence, unplacedSentence } from '../../src/ui/sentences.ts'

const doings: Record<Doing, true> = {
  look: true,
  unlock: true,
  lock: true,
  create: true,
  recover: true,
  renew: true,
  'change-password': true,
  'passkey-unlock': true,
  'passkey-add': true,
  ways: true,
  site: true,
  'open-page': true,
  compose: true,
  begin: true,
  seal: true,
  draft: true,
  practice: true,
  sync: true,
  'take-in': true,
  join: true,
  'new-key': true,
  'new-master-key': true,
  backup: true,
  'open-backup': true,
  restore: true,
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
    expect(found.map(diagnosisSentence).join(' ')).toMatch(/18 of 32.*Group 2.*group 3.*somewhere/)
  })
})
