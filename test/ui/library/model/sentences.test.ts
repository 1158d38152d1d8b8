// The library's sentences, and bringing back what was deleted.

import { beforeEach, describe, expect, it, vi } from 'vitest'
import { Deletion } from '../../../../src/ui/library/model/deletion.ts'
import {
  countSentence,
  foundSentence,
  placingSentence,
  readingSentence,
} from '../../../../src/ui/library/model/sentences.ts'
import { outcomeSentences, progressWords } from '../../../../src/ui/library/settings.tsx'
import { counted, words } from '../../../words.ts'

const asked: [string, { operation?: string; ids?: readonly string[] }][] = []
vi.mock('../../../../src/messages/call.ts', () => ({
  call: async (name: string, ask: { operation?: string; ids?: readonly string[] }) => {
    asked.push([name, ask])
    return { restored: 3 }
  },
}))
beforeEach(() => {
  asked.length = 0
})

describe('sentences', () => {
  it('count what is listed and what is found', () => {
    expect(countSentence('texts', 1_234, '')).toBe('1,234 texts.')
    expect(countSentence('texts', 1, 'x')).toBe(counted('library.search.found', { n: 1 }))
    expect(countSentence('texts', 0, 'x')).toBe(words('library.search.nothing'))
    expect(countSentence('drafts', 1, '')).toBe(counted('library.list.draftCount', { n: 1 }))
    expect(countSentence('drafts', 0, '')).toBe(words('library.list.noDrafts'))
    expect(readingSentence({ done: 3_000, of: 10_000 })).toBe('Reading 3,000 of 10,000…')
  })

  it('say what became of looking for a text on its page, and what to do next', () => {
    for (const found of ['there', 'missing', 'off', 'unreachable'] as const) expect(foundSentence(found)).toMatch(/\.$/)
    for (const placing of ['waiting', 'off', 'unreachable'] as const) expect(placingSentence(placing)).toMatch(/\.$/)
    expect(foundSentence('off')).toBe(words('libraryEntry.onPage.off'))
    expect(placingSentence('off')).toBe(foundSentence('off'))
  })

  it('say how far new keys have come', () => {
    const reencryption = { done: 12, of: 40, damaged: 0 }
    expect(progressWords({ state: 'running', ...reencryption })).toBe('12 of 40…')
    expect(progressWords({ state: 'stopped', ...reencryption })).toBe('12 of 40')
    expect(outcomeSentences({ state: 'full', ...reencryption })).toEqual([
      counted('library.reencryption.full', { done: 12, n: 40 }),
    ])
    expect(outcomeSentences({ state: 'stopped', ...reencryption })).toEqual([
      counted('library.reencryption.stopped', { done: 12, n: 40 }),
    ])
    expect(outcomeSentences({ state: 'done', done: 40, of: 40, damaged: 1 })).toEqual([
      words('library.reencryption.done', { keys: 39 }),
      counted('library.reencryption.damaged', { n: 1 }),
    ])
  })
})

describe('deletion', () => {
  it('deletes many under one token, so that all of them can be brought back', async () => {
    const deletion = new Deletion()
    await deletion.deleteTexts(Array.from({ length: 2_500 }, (_, index) => String(index)))
    expect(asked.map(([, ask]) => ask.ids?.length)).toEqual([1_000, 1_000, 500])
    expect(new Set(asked.map(([, ask]) => ask.operation)).size).toBe(1)
    expect(deletion.offer.value?.words).toBe(counted('library.deletion.deleted', { n: 2_500 }))
    expect(await deletion.undo()).toBe(true)
    expect(deletion.announcement.value).toBe(counted('library.deletion.textsBack', { n: 3 }))
    expect(deletion.offer.value).toBe(null)
  })

  it('drops unfinished texts only after a while, and none of them when that is undone', async () => {
    vi.useFakeTimers()
    try {
      const deletion = new Deletion()
      deletion.deleteDrafts(['a', 'b'])
      await vi.advanceTimersByTimeAsync(9_000)
      expect(deletion.draftsToDrop.value.size).toBe(2)
      await deletion.undo()
      await vi.advanceTimersByTimeAsync(60_000)
      expect(asked).toEqual([])
      deletion.deleteDrafts(['a'])
      await vi.advanceTimersByTimeAsync(60_000)
      expect(asked).toEqual([['deleteDrafts', { ids: ['a'] }]])
      deletion.deleteDrafts(['b'])
      deletion.close()
      await vi.advanceTimersByTimeAsync(60_000)
      expect(asked).toHaveLength(1)
    } finally {
      vi.useRealTimers()
    }
  })
})
