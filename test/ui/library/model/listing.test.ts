// The list as it is asked for: only the last search counts, what was shown stays until it has answered, and a lock forgets all.

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Failure } from '../../../../src/failure.ts'
import type { Request } from '../../../../src/messages/protocol.ts'
import { errorSentence } from '../../../../src/ui/app/errors.ts'
import { Listing } from '../../../../src/ui/library/model/listing.ts'

type ListAsk = Request<'listEntries'>
const asked: ListAsk[] = []
/** Answers that are held back until they are let go. */
const held: (() => void)[] = []
let answer: (ask: ListAsk) => unknown
let holds = false

vi.mock('../../../../src/messages/call.ts', () => ({
  call: async (_name: string, ask: ListAsk) => {
    asked.push(ask)
    if (holds) await new Promise<void>((resolve) => held.push(resolve))
    return answer(ask)
  },
}))

let total = 1_000
const page = ({ search, offset, count }: ListAsk) => ({
  total,
  offset,
  reading: null,
  entries: Array.from({ length: Math.max(0, Math.min(count, total - offset)) }, (_, index) => ({
    kind: 'text',
    id: `${search}${offset + index}`,
    title: { text: `${search} ${offset + index}`, found: null },
    excerpt: { text: '', found: null },
    host: null,
    changedAt: 0,
    letters: 1,
  })),
})
const settle = () => vi.advanceTimersByTimeAsync(0)
const letGo = async () => {
  for (const go of held.splice(0)) go()
  await settle()
}

beforeEach(() => {
  vi.useFakeTimers()
  asked.length = 0
  held.length = 0
  holds = false
  total = 1_000
  answer = page
})
afterEach(() => vi.useRealTimers())

describe('a listing', () => {
  it('asks for windows around what is seen, each once', async () => {
    const listing = new Listing('texts')
    listing.refresh()
    await settle()
    listing.setVisible(95, 120)
    listing.setVisible(96, 121)
    await settle()
    expect(asked.map(({ offset }) => offset)).toEqual([0, 72, 96, 120])
    expect(listing.rowAt(119)?.id).toBe('119')
    expect(listing.rowAt(500)).toBe(null)
    listing.setVisible(950, 1_000)
    await settle()
    expect(asked.map(({ offset }) => offset)).toEqual([0, 72, 96, 120, 936, 960, 984])
  })

  it('shows the last search only, and what was there until it has answered', async () => {
    const listing = new Listing('texts')
    listing.refresh()
    await settle()
    holds = true
    for (const search of ['l', 'le', 'lem', 'lemon']) listing.setQuery({ search })
    await settle()
    expect(asked.map(({ search }) => search)).toEqual(['', 'l'])
    expect(listing.rowAt(0)?.id).toBe('0')
    await letGo()
    expect(listing.shown.value?.search).toBe('')
    expect(asked.map(({ search }) => search)).toEqual(['', 'l', 'lemon'])
    await letGo()
    expect(listing.shown.value?.search).toBe('lemon')
    expect(listing.rowAt(0)?.id).toBe('lemon0')
  })

  it('throws away a window of an earlier search', async () => {
    const listing = new Listing('texts')
    listing.refresh()
    await settle()
    holds = true
    listing.setVisible(300, 320)
    listing.setQuery({ search: 'x' })
    await settle()
    await letGo()
    await letGo()
    expect(listing.rowAt(0)?.id).toBe('x0')
    expect(listing.rowAt(300)).toBe(null)
  })

  it('asks again while the library is being read, until it is', async () => {
    const listing = new Listing('texts')
    let done = 0
    answer = (ask) => ({ ...page(ask), reading: ++done < 3 ? { done: done * 100, of: 300 } : null })
    listing.setQuery({ search: 'x' })
    await settle()
    expect(listing.shown.value?.reading).toEqual({ done: 100, of: 300 })
    await vi.advanceTimersByTimeAsync(2_000)
    expect(listing.shown.value?.reading).toBe(null)
    expect(asked).toHaveLength(3)
  })

  it('at news asks for what is seen again, keeps the rest until it is seen, and knows where a text went', async () => {
    const listing = new Listing('texts')
    listing.refresh()
    await settle()
    listing.setVisible(100, 120)
    await settle()
    total = 1_001
    answer = (ask) => {
      const { entries, ...rest } = page({ ...ask, offset: Math.max(0, ask.offset - 1) })
      return { ...rest, total: 1_001, offset: ask.offset, entries }
    }
    listing.refresh()
    expect(listing.rowAt(110)?.id).toBe('110')
    await settle()
    expect(asked.map(({ offset }) => offset)).toEqual([0, 96, 96])
    expect(listing.rowOf('110')).toBe(111)
    expect(listing.shown.value?.total).toBe(1_001)
  })

  it('keeps what it has when the background does not answer, and says so', async () => {
    const listing = new Listing('texts')
    listing.refresh()
    await settle()
    answer = () => {
      throw new Failure('unavailable')
    }
    listing.setQuery({ search: 'x' })
    await settle()
    expect(listing.error.value?.words).toBe(errorSentence('unavailable', 'list-library'))
    expect(listing.rowAt(0)?.id).toBe('0')
    answer = page
    listing.setQuery({ search: 'x' })
    await settle()
    expect(listing.error.value).toBe(null)
    expect(listing.rowAt(0)?.id).toBe('x0')
  })

  it('gives the ids of any rows, also of those never seen', async () => {
    const listing = new Listing('drafts')
    total = 350
    listing.refresh()
    await settle()
    const ids = await listing.idsBetween(50, 350)
    expect(ids).toEqual(Array.from({ length: 300 }, (_, index) => String(50 + index)))
  })

  it('forgets everything when it is closed, also what is still on its way', async () => {
    const listing = new Listing('texts')
    listing.setQuery({ search: 'secret' })
    await settle()
    holds = true
    listing.setVisible(300, 320)
    listing.close()
    await letGo()
    expect(listing.shown.value).toBe(null)
    expect(listing.query.value.search).toBe('')
    expect(listing.rowAt(0)).toBe(null)
    expect(listing.rowAt(300)).toBe(null)
  })
})
