// Files are saved by the browser's own download, under their name, and let go of later.

import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { saveFile } from '../../src/ui/app/saveFile.ts'
import { saveSheet, sheetText } from '../../src/ui/recovery/printSheet.tsx'

let link: { href: string; download: string; click: () => void }
let blob: Blob
const click = vi.fn()
const revoked = vi.fn()

beforeEach(() => {
  vi.useFakeTimers()
  vi.clearAllMocks()
  link = { href: '', download: '', click }
  vi.stubGlobal('document', { createElement: () => link })
  vi.spyOn(URL, 'createObjectURL').mockImplementation((given) => {
    blob = given as Blob
    return 'blob:ours'
  })
  vi.spyOn(URL, 'revokeObjectURL').mockImplementation(revoked)
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

test('a file has the name and the words that it was given', async () => {
  saveFile('notes.txt', ['one ', 'two'], 'text/plain')
  expect(link).toMatchObject({ href: 'blob:ours', download: 'notes.txt' })
  expect(click).toHaveBeenCalledOnce()
  expect(blob.type).toBe('text/plain')
  expect(await blob.text()).toBe('one two')
})

test('its words stay until the browser has them, and no longer', () => {
  saveFile('notes.txt', ['one'], 'text/plain')
  expect(revoked).not.toHaveBeenCalled()
  vi.runAllTimers()
  expect(revoked).toHaveBeenCalledExactlyOnceWith('blob:ours')
})

test('a sheet is saved as the text that would be printed', async () => {
  const sheet = { title: 'A key', head: [], letters: 'ABCD-EFGH', whatToDo: ['Put it away'], fileName: 'key' }
  saveSheet(sheet)
  expect(link.download).toBe('key.txt')
  expect(await blob.text()).toBe(sheetText(sheet))
})
