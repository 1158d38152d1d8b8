// Of each field one kind is chosen, by what it is and, for a control that is about to be changed, by whether an editor answers for it.

import { afterAll, expect, test, vi } from 'vitest'
import { editable } from '../../../../src/page/field/kinds/editable.ts'
import { editContext } from '../../../../src/page/field/kinds/editContext.ts'
import { kindOf, kindToEdit } from '../../../../src/page/field/kinds/kindOf.ts'
import { native } from '../../../../src/page/field/kinds/native.ts'
import { windowed } from '../../../../src/page/field/kinds/windowed.ts'

/** As much of an element as is looked at. `copies` is what an editor around it would copy; null where there is none. */
class Stand {
  asked = 0
  readonly copies: string | null
  readonly editContext: { text: string } | null
  constructor(copies: string | null = null, editContext: { text: string } | null = null) {
    this.copies = copies
    this.editContext = editContext
  }
  dispatchEvent({ clipboardData }: { clipboardData: Map<string, string> }) {
    this.asked++
    if (this.copies === null) return true
    clipboardData.set('text/plain', this.copies)
    return false
  }
}
class Area extends Stand {}
vi.stubGlobal('HTMLInputElement', class {})
vi.stubGlobal('HTMLTextAreaElement', Area)
vi.stubGlobal(
  'DataTransfer',
  class extends Map<string, string> {
    getData(kind: string) {
      return this.get(kind) ?? ''
    }
  },
)
vi.stubGlobal(
  'ClipboardEvent',
  class {
    clipboardData: unknown
    constructor(_kind: string, init: { clipboardData: unknown }) {
      this.clipboardData = init.clipboardData
    }
  },
)
afterAll(() => vi.unstubAllGlobals())
const field = (stand: Stand) => stand as unknown as HTMLTextAreaElement & Stand

test.each([
  ['a control', new Area(), native],
  ['a control that an editor answers for', new Area('all of it'), windowed],
  ['an element that is edited in the page', new Stand(), editable],
  ['an editor that draws its text itself', new Stand(null, { text: 'a line' }), editContext],
])('%s is of its kind', (_what, stand, kind) => {
  expect(kindToEdit(field(stand))).toBe(kind)
})

test('to read a control no editor is asked', () => {
  const control = field(new Area('all of it'))
  expect(kindOf(control)).toBe(native)
  expect(control.asked).toBe(0)
})

test('an element that is edited in the page is not asked before it has the focus', () => {
  const element = field(new Stand('all of it'))
  expect(kindToEdit(element)).toBe(editable)
  expect(element.asked).toBe(0)
})
