// What the library says, and having back what was deleted.

import { beforeEach, describe, expect, it, vi } from 'vitest'
import { outcomeSentences, progressWords } from '../../../src/ui/library/settings.tsx'
import { Undo } from '../../../src/ui/library/undo.ts'
import {
  age,
  countSentence,
  foundSentence,
  placingSentence,
  readingSentence,
  shortDate,
} from '../../../src/ui/library/words.ts'

const asked: [string, { deed?: string; ids?: readonly string[] }][] = []
vi.mock('../../../src/messages/call.ts', () => ({
  call: async (name: string, ask: { deed?: string; ids?: readonly string[] }) => {
    asked.push([name, ask])
    return { restored: 3 }
  },
}))
beforeEach(() => {
  asked.length = 0
})

describe('words', () => {
  it('count what is listed and what is found', () => {
    expect(countSentence('texts', 1_234, '')).toBe('1,234 texts.')
    expect(countSentence('texts', 1, 'x')).toBe('1 text found.')
    expect(countSentence('texts', 0, 'x')).toBe('Nothing found.')
    expect(countSentence('drafts', 1, '')).toBe('1 unfinished text.')
    expect(readingSentence({ done: 3_000, of: 10_000 })).toBe('Reading 3,000 of 10,000…')
  })

  it('say when, as short as it can be told', () => {
    const now = new Date(2026, 10, 26, 12)
    expect(shortDate(new Date(2026, 10, 26, 9, 5).getTime(), now)).toMatch(/9:05/)
    expect(shortDate(new Date(2026, 1, 3).getTime(), now)).not.toMatch(/2026/)
    expect(shortDate(new Date(2024, 1, 3).getTime(), now)).toMatch(/2024/)
    const at = now.getTime()
    const dayMs = 86_400_000
    expect([0, 1, 400].map((days) => age(at - days * dayMs, at))).toEqual(['today', 'yesterday', '400 days ago'])
  })

  it('say what became of looking for a text on its page, and what to do next', () => {
    for (const what of ['there', 'missing', 'off', 'unreachable'] as const) expect(foundSentence(what)).toMatch(/\.$/)
    for (const what of ['waiting', 'off', 'unreachable'] as const) expect(placingSentence(what)).toMatch(/\.$/)
    expect(foundSentence('off')).toContain('Switch it on')
  })

  it('say how far new keys have come', () => {
    const rekeying = { done: 12, of: 40, damaged: 0 }
    expect(progressWords({ state: 'running', ...rekeying })).toBe('12 of 40…')
    expect(outcomeSentences({ state: 'full', ...rekeying })[0]).toMatch(
      /disk is full: 12 of 40.*Free some space, then go on/,
    )
    expect(outcomeSentences({ state: 'stopped', ...rekeying })[0]).toMatch(/Stopped: 12 of 40/)
    expect(outcomeSentences({ state: 'done', done: 40, of: 40, damaged: 1 })).toEqual([
      'All done. New keys: 39, with earlier versions and unfinished texts.',
      '1 text is damaged and can’t be opened; it was left as it is.',
    ])
  })
})

describe('undo', () => {
  it('deletes many as one deed, so that all of them can be had back', async () => {
    const undo = new Undo()
    await undo.deleteTexts(Array.from({ length: 2_500 }, (_, nth) => String(nth)))
    expect(asked.map(([, ask]) => ask.ids?.length)).toEqual([1_000, 1_000, 500])
    expect(new Set(asked.map(([, ask]) => ask.deed)).size).toBe(1)
    expect(undo.offer.value?.words).toBe('Deleted 2,500 texts.')
    expect(await undo.undo()).toBe(true)
    expect(undo.told.value).toBe('Brought back 3 texts.')
    expect(undo.offer.value).toBe(null)
  })

  it('drops unfinished texts only after a while, and none of them when that is undone', async () => {
    vi.useFakeTimers()
    try {
      const undo = new Undo()
      undo.dropDrafts(['a', 'b'])
      await vi.advanceTimersByTimeAsync(9_000)
      expect(undo.going.value.size).toBe(2)
      await undo.undo()
      await vi.advanceTimersByTimeAsync(60_000)
      expect(asked).toEqual([])
      undo.dropDrafts(['a'])
      await vi.advanceTimersByTimeAsync(60_000)
      expect(asked).toEqual([['dropDrafts', { ids: ['a'] }]])
      undo.dropDrafts(['b'])
      undo.close()
      await vi.advanceTimersByTimeAsync(60_000)
      expect(asked).toHaveLength(1)
    } finally {
      vi.useRealTimers()
    }
  })
})
