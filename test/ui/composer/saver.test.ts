// Drafts are saved soon, in order, one at a time, and nothing typed is forgotten.

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { retryMs, Saver, waitMs } from '../../../src/ui/composer/saver.ts'

let saves: { text: string; done: () => void; fail: (cause: Error) => void }[] = []
let told: ('kept' | { readonly failed: unknown })[] = []
let saver: Saver

beforeEach(() => {
  vi.useFakeTimers()
  saves = []
  told = []
  saver = new Saver(
    (text) =>
      new Promise<void>((resolve, reject) => {
        saves.push({ text, done: resolve, fail: reject })
      }),
    (outcome) => told.push(outcome),
  )
})

afterEach(() => {
  vi.useRealTimers()
})

const texts = () => saves.map(({ text }) => text)

describe('the saver', () => {
  it('sends a change within 250 ms', () => {
    saver.changed('a')
    expect(texts()).toEqual([])
    vi.advanceTimersByTime(249)
    expect(texts()).toEqual(['a'])
    expect(waitMs).toBeLessThan(250)
  })

  it('makes one save of many changes, counted from the first', () => {
    for (const text of ['a', 'ab', 'abc']) {
      saver.changed(text)
      vi.advanceTimersByTime(60)
    }
    vi.advanceTimersByTime(waitMs - 180)
    expect(texts()).toEqual(['abc'])
  })

  it('never has two saves under way', async () => {
    saver.changed('a')
    await vi.advanceTimersByTimeAsync(waitMs)
    saver.changed('ab')
    await vi.advanceTimersByTimeAsync(5000)
    expect(texts()).toEqual(['a'])
    saves[0]?.done()
    await vi.advanceTimersByTimeAsync(waitMs)
    expect(texts()).toEqual(['a', 'ab'])
    expect(told).toEqual(['kept'])
  })

  it('saves at once when flushed, after the save under way', async () => {
    saver.changed('a')
    await vi.advanceTimersByTimeAsync(waitMs)
    saver.changed('ab')
    const flushed = saver.flush()
    expect(texts()).toEqual(['a'])
    saves[0]?.done()
    await vi.advanceTimersByTimeAsync(0)
    expect(texts()).toEqual(['a', 'ab'])
    saves[1]?.done()
    expect(await flushed).toBe(true)
    expect(saver.unsaved).toBe(false)
  })

  it('flushes a change without waiting, and is done at once when there is none', async () => {
    expect(await saver.flush()).toBe(true)
    saver.changed('a')
    const flushed = saver.flush()
    expect(texts()).toEqual(['a'])
    saves[0]?.done()
    expect(await flushed).toBe(true)
  })

  it('tries again what could not be saved, in its newest form', async () => {
    saver.changed('a')
    await vi.advanceTimersByTimeAsync(waitMs)
    saver.changed('ab')
    saves[0]?.fail(new Error('no'))
    await vi.advanceTimersByTimeAsync(0)
    expect(told).toHaveLength(1)
    expect(saver.unsaved).toBe(true)
    await vi.advanceTimersByTimeAsync(retryMs)
    expect(texts()).toEqual(['a', 'ab'])
  })

  it('says so when a flush could not save', async () => {
    saver.changed('a')
    const flushed = saver.flush()
    saves[0]?.fail(new Error('no'))
    expect(await flushed).toBe(false)
  })

  it('saves nothing more once told to forget', async () => {
    saver.changed('a')
    await vi.advanceTimersByTimeAsync(waitMs)
    saver.changed('ab')
    const forgotten = saver.forget()
    saves[0]?.fail(new Error('no'))
    await forgotten
    await vi.advanceTimersByTimeAsync(10_000)
    expect(texts()).toEqual(['a'])
    expect(saver.unsaved).toBe(false)
  })

  it('sends what is unsaved when the window goes away, even beside a save under way', async () => {
    saver.changed('a')
    await vi.advanceTimersByTimeAsync(waitMs)
    saver.changed('ab')
    saver.part()
    expect(texts()).toEqual(['a', 'ab'])
  })
})
