// A text of the library that is being written: nothing of it is lost, to a lock or to a change made elsewhere.

import { beforeEach, describe, expect, it, vi } from 'vitest'
import { Failure } from '../../../../src/failure.ts'
import type { LibraryEntry } from '../../../../src/messages/vault/library.ts'
import { Editor } from '../../../../src/ui/library/model/editor.ts'

const asked: [string, Record<string, unknown>][] = []
const answers = new Map<string, () => unknown>()
vi.mock('../../../../src/messages/call.ts', () => ({
  call: async (name: string, ask: Record<string, unknown>) => {
    asked.push([name, ask])
    return answers.get(name)?.() ?? { revision: 2 }
  },
}))

const entry = (text: string, revision = 1) => ({ id: 'entry', revision, text }) as LibraryEntry
const named = (name: string) => asked.filter(([each]) => each === name).map(([, ask]) => ask)
const fail = (code: 'conflict' | 'locked' | 'full') => () => {
  throw new Failure(code)
}

beforeEach(() => {
  asked.length = 0
  answers.clear()
})

describe('an editor', () => {
  it('saves a note once under an id of its own, however often it is asked', async () => {
    const editor = new Editor(null)
    expect(editor.changed.value).toBe(false)
    editor.text.value = 'a note'
    answers.set('createEntry', fail('full'))
    expect(await editor.save()).toBe(null)
    expect(editor.text.value).toBe('a note')
    answers.clear()
    const id = await editor.save()
    expect(named('createEntry').map((ask) => ask.id)).toEqual([id, id])
    expect(editor.changed.value).toBe(false)
  })

  it('asks nothing of the background for a text that was not changed, or is blank', async () => {
    const editor = new Editor(entry('text'))
    expect(await editor.save()).toBe('entry')
    editor.text.value = ' \n'
    expect(await editor.save()).toBe('entry')
    expect(named('saveEntry')).toEqual([])
  })

  it('tells the background that something is unsaved, and that it no longer is', async () => {
    const editor = new Editor(entry('text'))
    editor.text.value = 'text, longer'
    editor.text.value = 'text, longer still'
    await editor.save()
    expect(named('recordUnsavedText').map((ask) => ask.unsaved)).toEqual([true, false])
  })

  it('meets a text that was saved elsewhere, overwrites it only when asked again, and then as its next', async () => {
    const editor = new Editor(entry('text', 3))
    editor.text.value = 'mine'
    answers.set('saveEntry', fail('conflict'))
    answers.set('openEntry', () => entry('theirs', 4))
    expect(await editor.save()).toBe(null)
    expect(editor.conflicting.value?.text).toBe('theirs')
    expect(editor.text.value).toBe('mine')
    answers.clear()
    expect(await editor.save()).toBe('entry')
    expect(named('saveEntry').map((ask) => ask.revision)).toEqual([3, 4])
  })

  it('can put what was written beside the other text instead', async () => {
    const editor = new Editor(entry('text'))
    editor.text.value = 'mine'
    const id = await editor.saveAsNote()
    expect(id).not.toBe('entry')
    expect(named('createEntry')).toEqual([{ id, text: 'mine' }])
  })

  it('saves at a lock, beside what was changed elsewhere, and says when it could not', async () => {
    const editor = new Editor(entry('text'))
    expect(await editor.flush()).toBe(true)
    editor.text.value = 'mine'
    expect(await editor.flush()).toBe(true)
    expect(named('saveEntry')).toEqual([{ id: 'entry', revision: 1, text: 'mine' }])
    answers.set('saveEntry', fail('conflict'))
    expect(await editor.flush()).toBe(true)
    expect(named('createEntry').map((ask) => ask.text)).toEqual(['mine'])
    answers.set('saveEntry', fail('locked'))
    expect(await editor.flush()).toBe(false)
  })

  it('holds nothing once it is wiped, nor does its box', () => {
    const editor = new Editor(entry('text'))
    const box = { value: 'mine' }
    editor.box.current = box as HTMLTextAreaElement
    editor.text.value = 'mine'
    editor.wipe()
    expect([editor.text.value, box.value, editor.changed.value]).toEqual(['', '', false])
  })
})
