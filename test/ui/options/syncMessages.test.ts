// The sentences on the status of the browser's sync.

import { describe, expect, test } from 'vitest'
import { refusal, type Status } from '../../../src/messages/vault/sync.ts'
import { formatMediumTime } from '../../../src/ui/app/format.ts'
import { refusalSentence, statusSentence } from '../../../src/ui/options/syncMessages.ts'
import { words } from '../../words.ts'

const at = Date.UTC(2026, 10, 3, 12)

describe('the vault on other devices', () => {
  test('has a sentence of its own for each reason not to take it in', () => {
    const sentences = refusal.options.map(refusalSentence)
    expect(new Set(sentences).size).toBe(refusal.options.length)
    for (const sentence of sentences) expect(sentence).toMatch(/^[A-Z].{40,}\.$/)
  })

  test.each<[Status | null, string]>([
    [null, words('sync.status.none')],
    [{ kind: 'in-step', at }, words('sync.status.inStep', { time: formatMediumTime(at) })],
    [{ kind: 'too-large' }, words('sync.status.tooLarge')],
    [{ kind: 'pending' }, words('sync.status.pending')],
    [{ kind: 'refused', why: 'clock' }, words('sync.refused.clock')],
    [{ kind: 'waiting', why: 'locked' }, words('sync.status.waitingLocked')],
    [{ kind: 'waiting', why: 'arriving' }, words('sync.status.waitingArriving')],
    [{ kind: 'waiting', why: 'browser' }, words('sync.status.waitingBrowser')],
  ])('has a sentence for each status: %o', (status, sentence) => {
    expect(sentence).not.toBe('')
    expect(statusSentence(status)).toBe(sentence)
  })
})
