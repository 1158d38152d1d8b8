// The document that clears the clipboard clears what the background expects there, and nothing else, and says what became of it.

import { beforeEach, expect, test, vi } from 'vitest'
import { fingerprint } from '../../../src/clipboard.ts'
import { clearExpected } from '../../../src/ui/copying/clipboardDocument.ts'

const call = vi.hoisted(() => vi.fn<(name: string, ask: unknown) => Promise<unknown>>())
vi.mock('../../../src/messages/call.ts', () => ({ call }))

const ours = 'Meet me at nine.'
let held: string
/** A page with a text box, whose commands reach the clipboard. */
const page = () => {
  const box = Object.assign(new EventTarget(), { value: '', select: () => undefined })
  const setData = (_type: string, text: string) => {
    held = text
  }
  const clipboardData = { getData: () => held, setData }
  return {
    querySelector: () => box,
    execCommand: (command: string) => box.dispatchEvent(Object.assign(new Event(command), { clipboardData })),
  } as unknown as Document
}

beforeEach(() => {
  call.mockReset()
})
async function clear(expected: unknown): Promise<unknown[][]> {
  call.mockResolvedValueOnce({ expected }).mockResolvedValueOnce({})
  await clearExpected(page())
  return call.mock.calls
}

test('what we copied is cleared, and that is said', async () => {
  held = ours
  const calls = await clear({ id: 'x', fingerprint: await fingerprint(ours) })
  expect(held).toBe('')
  expect(calls[1]).toEqual(['reportClipboard', { id: 'x', outcome: 'cleared' }])
})

test('what was copied elsewhere stays', async () => {
  held = 'copied elsewhere'
  const calls = await clear({ id: 'x', fingerprint: await fingerprint(ours) })
  expect(held).toBe('copied elsewhere')
  expect(calls[1]?.[1]).toMatchObject({ id: 'x' })
  expect(calls[1]?.[1]).not.toMatchObject({ outcome: 'cleared' })
})

test('nothing is touched where nothing is expected', async () => {
  held = ours
  expect(await clear(null)).toHaveLength(1)
  expect(held).toBe(ours)
})
