// The composer's desk: nothing typed is lost, and nothing typed outlives a lock.

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Failure } from '../../../src/failure.ts'
import { Composer, requestIdIn } from '../../../src/ui/composer/composer.ts'
import { undoMs } from '../../../src/ui/composer/drafts.ts'
import { waitMs } from '../../../src/ui/composer/saver.ts'

type Ask = { readonly windowRequest?: string | null; readonly draft?: string; readonly text?: string }
const asked: [string, Ask][] = []
const answers = new Map<string, (ask: Ask) => unknown>()
const closed = vi.hoisted(() => ({ times: 0 }))

vi.mock('../../../src/messages/call.ts', () => ({
  call: async (name: string, ask: Ask) => {
    asked.push([name, ask])
    return answers.get(name)?.(ask) ?? {}
  },
}))
vi.mock('../../../src/messages/lockSignal.ts', () => ({ onMark: () => () => undefined }))
vi.mock('../../../src/ui/app/windows.ts', () => ({
  closeThis: async () => {
    closed.times++
  },
}))

const windowRequest = 'AAAAAAAAAAAAAAAAAAAAAA'
const cue = { words: ['amber', 'falcon'], colour: 'teal' }
const names = () => asked.map(([name]) => name)
const kept = new Map<string, string>()

beforeEach(() => {
  vi.useFakeTimers()
  asked.length = 0
  answers.clear()
  kept.clear()
  closed.times = 0
  answers.set('getWindowContext', () => ({ purpose: 'write', cue, target: null, draft: null, text: '', drafts: [] }))
  answers.set('saveDraft', ({ draft = '', text = '' }) => void kept.set(draft, text))
  answers.set('resumeDraft', ({ draft = '' }) => {
    const text = kept.get(draft)
    if (text === undefined) throw new Failure('gone')
    return { text }
  })
})

afterEach(() => {
  vi.useRealTimers()
})

async function written(text: string): Promise<Composer> {
  const desk = new Composer(windowRequest)
  await desk.begin()
  desk.typed(text)
  await vi.advanceTimersByTimeAsync(waitMs)
  return desk
}

describe('the desk', () => {
  it('takes only a whole token from its address', () => {
    expect(requestIdIn(`#${windowRequest}`)).toBe(windowRequest)
    for (const hash of ['', '#', '#short', `#${windowRequest}x`, `#${windowRequest}/..`])
      expect(requestIdIn(hash)).toBeNull()
  })

  it('forgets the text at a lock and has it back after the unlock', async () => {
    const desk = await written('Dear Ada')
    await desk.lock()
    expect(desk.text.value).toBe('')
    expect(desk.view.value).toEqual({ kind: 'locked', kept: 'all' })
    desk.unlocked()
    await vi.advanceTimersByTimeAsync(0)
    expect(desk.text.value).toBe('Dear Ada')
    expect(desk.view.value.kind).toBe('write')
  })

  it('says so when the last letters were not kept before the lock', async () => {
    const desk = await written('Dear')
    desk.typed('Dear Ada')
    await desk.lock()
    expect(desk.view.value).toEqual({ kind: 'locked', kept: 'most' })
    await vi.advanceTimersByTimeAsync(10_000)
    expect([...kept.values()]).toEqual(['Dear'])
  })

  it('stays locked when an answer from before the lock arrives after it', async () => {
    const desk = new Composer(null)
    const begun = desk.begin()
    await desk.lock()
    await begun
    expect(desk.view.value.kind).toBe('locked')
  })

  it('keeps the text before it is sealed, and saves nothing after', async () => {
    const desk = await written('Dear')
    desk.typed('Dear Ada')
    answers.set('sealComposedText', () => ({ placed: true }))
    await desk.seal()
    await vi.advanceTimersByTimeAsync(10_000)
    expect(names()).toEqual(['getWindowContext', 'saveDraft', 'saveDraft', 'sealComposedText'])
    expect(desk.text.value).toBe('')
    expect(closed.times).toBe(1)
  })

  it('has the text still, and kept, when sealing fails', async () => {
    const desk = await written('Dear Ada')
    answers.set('sealComposedText', () => {
      throw new Failure('unavailable')
    })
    await desk.seal()
    expect(desk.text.value).toBe('Dear Ada')
    expect(desk.sealing.error.value?.code).toBe('unavailable')
    expect(closed.times).toBe(0)
  })

  it('drops the draft only once the sealed text was copied', async () => {
    const desk = await written('Dear Ada')
    answers.set('sealComposedText', () => ({ placed: false, why: 'gone', sealed: 'sealed1abc' }))
    await desk.seal()
    expect(desk.view.value).toMatchObject({ kind: 'copy', why: 'gone', sealed: 'sealed1abc' })
    expect(names()).not.toContain('deleteDraft')
    desk.copied()
    expect(names().at(-1)).toBe('deleteDraft')
  })

  it('does not seal an empty text', async () => {
    const desk = await written(' \n')
    await desk.seal()
    expect(names()).not.toContain('sealComposedText')
  })

  it('does not close while the text could not be kept', async () => {
    answers.set('saveDraft', () => {
      throw new Failure('full')
    })
    const desk = await written('Dear Ada')
    await desk.leave()
    expect(closed.times).toBe(0)
    expect(desk.unkept.value?.code).toBe('full')
  })

  it('writes for nowhere when the field it was for is gone', async () => {
    answers.set('getWindowContext', (ask) => {
      if (ask.windowRequest !== null) throw new Failure('gone')
      return { purpose: 'write', cue, target: null, draft: null, text: '', drafts: [] }
    })
    const desk = await written('Dear Ada')
    expect(desk.lost.value?.code).toBe('gone')
    expect(asked.at(-1)?.[1].windowRequest).toBeNull()
  })

  it('goes on with the draft that it was opened for, under its own name, also after a lock', async () => {
    const draft = 'C'.repeat(22)
    kept.set(draft, 'half a thought')
    const others = [{ id: draft }, { id: 'D'.repeat(22) }].map((one) => ({ ...one, host: null, savedAt: 0, title: '' }))
    const opening = { purpose: 'write', cue, target: null, draft, text: 'half a thought', drafts: others }
    answers.set('getWindowContext', () => opening)
    const desk = new Composer(windowRequest)
    await desk.begin()
    expect([desk.text.value, desk.keeping.value]).toEqual(['half a thought', 'kept'])
    expect(desk.drafts.offered.value.map(({ id }) => id)).toEqual(['D'.repeat(22)])
    desk.typed('half a thought, and more')
    await vi.advanceTimersByTimeAsync(waitMs)
    expect(asked.at(-1)).toEqual(['saveDraft', { windowRequest, draft, text: 'half a thought, and more' }])
    await desk.lock()
    desk.unlocked()
    await vi.advanceTimersByTimeAsync(0)
    expect(desk.text.value).toBe('half a thought, and more')
    expect([...kept.keys()]).toEqual([draft])
  })

  it('keeps what stands in the box when another text is taken up again', async () => {
    kept.set('B'.repeat(22), 'old text')
    const desk = await written('new text')
    await desk.restore('B'.repeat(22))
    expect(desk.text.value).toBe('old text')
    expect([...kept.values()]).toContain('new text')
    expect(desk.drafts.offered.value.map(({ title }) => title)).toEqual(['new text'])
    desk.typed('old text!')
    await vi.advanceTimersByTimeAsync(waitMs)
    expect(asked.at(-1)?.[1].draft).toBe('B'.repeat(22))
  })

  it('drops a discarded text only after the time to undo it', async () => {
    const desk = new Composer(null)
    desk.drafts.show([{ id: windowRequest, host: null, savedAt: 0, title: 'old' }], null)
    desk.drafts.discard(windowRequest)
    desk.drafts.undo(windowRequest)
    await vi.advanceTimersByTimeAsync(undoMs)
    expect(names()).toEqual([])
    desk.drafts.discard(windowRequest)
    await vi.advanceTimersByTimeAsync(undoMs)
    expect(names()).toEqual(['deleteDraft'])
    expect(desk.drafts.offered.value).toEqual([])
  })
})

describe('the desk of a window that asks whether an opened text may go back', () => {
  const view = { kind: 'opened', text: 'a secret' }
  const opening = { purpose: 'put-back', cue, host: 'a.example', field: 'Note', sealed: 'sealed1', view, refusal: null }
  const asking = async () => {
    answers.set('getWindowContext', () => opening)
    const desk = new Composer(windowRequest)
    await desk.begin()
    return desk
  }
  const agreeing = async (becomes: unknown) => {
    const desk = await asking()
    answers.set('confirmPutBack', () => becomes)
    await desk.putBack()
    return desk
  }

  it('gives nothing before the person has agreed; then it is done, and the window goes', async () => {
    const desk = await agreeing({ placed: true })
    expect(asked).toEqual([
      ['getWindowContext', { windowRequest }],
      ['confirmPutBack', { windowRequest }],
    ])
    expect([desk.view.value, closed.times]).toEqual([{ kind: 'put' }, 1])
    await desk.lock()
    desk.unlocked()
    expect([desk.view.value, asked.length]).toEqual([{ kind: 'put' }, 2])
  })

  it('shows the text still where it came to nothing, and says why', async () => {
    const desk = await agreeing({ placed: false, why: 'changed' })
    expect([desk.view.value, closed.times]).toEqual([{ kind: 'put-back', opening, failed: 'changed' }, 0])
  })

  it('says so where it was too late, and shows the text still', async () => {
    const desk = await asking()
    answers.set('confirmPutBack', () => {
      throw new Failure('gone')
    })
    await desk.putBack()
    expect(desk.puttingBack.error.value?.words).toMatch(/nothing was put in. Your text is still here/)
    expect(desk.view.value).toEqual({ kind: 'put-back', opening, failed: null })
  })

  it('shows nothing of it while the vault is locked, and has it again after that', async () => {
    const desk = await asking()
    await desk.lock()
    expect(JSON.stringify(desk.view.value)).not.toContain('a secret')
    await desk.putBack()
    expect(names()).toEqual(['getWindowContext'])
    desk.unlocked()
    await vi.advanceTimersByTimeAsync(0)
    expect(desk.view.value).toEqual({ kind: 'put-back', opening, failed: null })
  })
})
