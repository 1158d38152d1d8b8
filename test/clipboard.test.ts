// What tells whether the clipboard still holds our text, and that nothing else is ever cleared.

import { describe, expect, test, vi } from 'vitest'
import { clearIfOurs, fingerprint, matches } from '../src/clipboard.ts'

const text = 'Meet me at nine.\nBring the key. \u{1F511}'
const holding = (held: string) => ({ read: vi.fn(() => held), clear: vi.fn() })

describe('a fingerprint', () => {
  test('fits its own text and no other', async () => {
    const ours = await fingerprint(text)
    expect(await matches(text, ours)).toBe(true)
    for (const other of ['', text.slice(0, -1), `${text} `, text.toUpperCase()])
      expect(await matches(other, ours), other).toBe(false)
  })

  test('fits the text as systems give it back: other line ends, cut off at a NUL, halves of characters replaced', async () => {
    expect(await matches(text.replaceAll('\n', '\r\n'), await fingerprint(text))).toBe(true)
    expect(await matches('one', await fingerprint('one\0two'))).toBe(true)
    expect(await matches('half \ufffd', await fingerprint('half \ud83d'))).toBe(true)
  })

  test('holds nothing of the text, and is another one each time', async () => {
    const [first, second] = [await fingerprint(text), await fingerprint(text)]
    expect(first.digest).not.toEqual(second.digest)
    expect(first.salt).toHaveLength(16)
    expect(first.digest).toHaveLength(32)
  })
})

describe('clearing', () => {
  test('clears what is ours', async () => {
    const clipboard = holding(text)
    expect(await clearIfOurs(clipboard, await fingerprint(text))).toBe('cleared')
    expect(clipboard.clear).toHaveBeenCalledOnce()
  })

  test('never touches what is not ours', async () => {
    for (const other of ['', 'a password from elsewhere', `${text}.`]) {
      const clipboard = holding(other)
      expect(await clearIfOurs(clipboard, await fingerprint(text))).toBe('gone')
      expect(clipboard.clear).not.toHaveBeenCalled()
    }
  })

  test('clears nothing that it could not read', async () => {
    const clear = vi.fn()
    expect(await clearIfOurs({ read: () => Promise.reject(new Error()), clear }, await fingerprint(text))).toBe(
      'failed',
    )
    expect(clear).not.toHaveBeenCalled()
  })

  test('says so when the browser does not clear', async () => {
    const refuse = () => Promise.reject(new Error())
    expect(await clearIfOurs({ read: () => text, clear: refuse }, await fingerprint(text))).toBe('failed')
  })
})
