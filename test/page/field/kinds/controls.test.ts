// What is seen of a text field, of one whose text is its value: whether it is one to write in, what it is called, how much it takes,
// and what of it is sealed. What editors are, only a browser shows (test/dom/fields.test.ts).

import { afterAll, describe, expect, test, vi } from 'vitest'
import { isButtonless, traitsOf } from '../../../../src/page/field/button/buttonless.ts'
import { limitOf, tightFit } from '../../../../src/page/field/button/limits.ts'
import { fieldWithId, idOfField } from '../../../../src/page/field/fieldIds.ts'
import { labelOf, maxChars, mayHoldSealed, readField } from '../../../../src/page/field/kinds/field.ts'
import { allSealed, holdsSealed, isAllSealed } from '../../../../src/page/field/sealing.ts'
import { fieldOf, isControl, isReadOnly } from '../../../../src/page/script/fieldOf.ts'
import { vectors } from '../../../crypto/vectors.ts'

vi.mock('../../../../src/messages/callFromPage.ts', () => ({ call: vi.fn() }))

const [sealed = '', other = ''] = vectors.text.map((vector) => vector.sealed)

/** As much of an element as these look at. */
class Stand {
  value = ''
  maxLength = -1
  readOnly = false
  disabled = false
  isConnected = true
  labels: { textContent: string }[] = []
  parentElement = null
  previousElementSibling = null
  nextElementSibling: { childElementCount: number; textContent: string } | null = null
  readonly id = ''
  readonly #attributes: Record<string, string>
  constructor(value = '', attributes: Record<string, string> = {}) {
    this.value = value
    this.#attributes = attributes
  }
  get type() {
    return this.getAttribute('type') ?? 'text'
  }
  getAttribute(name: string) {
    return this.#attributes[name] ?? null
  }
  getRootNode() {
    return { getElementById: (id: string) => (id === 'about' ? { textContent: 'What  is wrong' } : null) }
  }
  closest(selector: string) {
    return selector.includes('search') && this.getAttribute('in') === 'search' ? this : null
  }
}
class Input extends Stand {}
class Area extends Stand {}
vi.stubGlobal('Document', class {})
vi.stubGlobal('HTMLElement', Stand)
vi.stubGlobal('HTMLInputElement', Input)
vi.stubGlobal('HTMLTextAreaElement', Area)
afterAll(() => vi.unstubAllGlobals())

const input = (value?: string, attributes?: Record<string, string>) =>
  new Input(value, attributes) as Stand & HTMLInputElement
const area = (value?: string, attributes?: Record<string, string>) =>
  new Area(value, attributes) as Stand & HTMLTextAreaElement
/** With these words of the page beside it. */
const beside = (words: string, value: string) =>
  Object.assign(area(value), { nextElementSibling: { childElementCount: 0, textContent: words } })

describe('a field', () => {
  test('is a text area, and an input for words', () => {
    for (const field of [area(), input(), input('', { type: 'email' })]) {
      expect(fieldOf(field)).toBe(field)
      expect(isControl(field)).toBe(true)
    }
  })

  test('is no input of another kind, and none that takes no words', () => {
    for (const type of ['password', 'number', 'checkbox', 'date']) expect(fieldOf(input('', { type })), type).toBe(null)
    expect(fieldOf(Object.assign(area(), { disabled: true }))).toBe(null)
    expect(fieldOf(null)).toBe(null)
  })

  test('is one that can only be read, where there is a sealed text to read', () => {
    const field = Object.assign(area('words'), { readOnly: true })
    expect(isReadOnly(field)).toBe(true)
    expect(isReadOnly(area())).toBe(false)
    expect(fieldOf(field)).toBe(null)
    field.value = sealed
    expect(fieldOf(field)).toBe(field)
  })

  test('of a search, or for a password that is shown, has no button', () => {
    expect(isButtonless(traitsOf(input('', { type: 'search' })))).toBe(true)
    expect(isButtonless(traitsOf(input('', { in: 'search' })))).toBe(true)
    expect(isButtonless(traitsOf(input('', { autocomplete: 'current-password' })))).toBe(true)
    expect(isButtonless(traitsOf(input('', { name: 'otp' })))).toBe(true)
    expect(isButtonless(traitsOf(input('', { name: 'title' })))).toBe(false)
  })

  test('is called what the page calls it, by the first name that says anything', () => {
    expect(labelOf(area('', { 'aria-label': ' Your\n note ', name: 'n' }))).toBe('Your note')
    expect(labelOf(area('', { 'aria-labelledby': 'about', name: 'n' }))).toBe('What is wrong')
    expect(labelOf(Object.assign(area('', { name: 'n' }), { labels: [{ textContent: 'Note' }] }))).toBe('Note')
    expect(labelOf(area('', { placeholder: 'Write here', name: 'n' }))).toBe('Write here')
    expect(labelOf(area('', { name: 'n' }))).toBe('n')
    expect(labelOf(area('', { title: 'x'.repeat(100) }))).toHaveLength(80)
    expect(labelOf(area())).toBe('')
  })

  test('keeps the name that the background is told, and is found by it while it is in the page', () => {
    const [field, another] = [Object.assign(area('', { title: 'Note' }), { maxLength: 90 }), area()]
    const named = idOfField(field)
    expect(named).toEqual({ id: expect.stringMatching(/^[\w-]{22}$/), label: 'Note', maxChars: 90 })
    expect(idOfField(field)).toEqual(named)
    expect(idOfField(another).id).not.toBe(named.id)
    expect(fieldWithId(named.id)).toBe(field)
    expect(fieldWithId('of nobody')).toBe(null)
    field.isConnected = false
    expect(fieldWithId(named.id)).toBe(null)
  })
})

describe('how much a field takes', () => {
  test('is what the browser lets it take', () => {
    expect(maxChars(Object.assign(area(), { maxLength: 90 }))).toBe(90)
    expect(maxChars(area())).toBe(null)
    expect(limitOf(Object.assign(beside('3/280', 'abc'), { maxLength: 90 }))).toBe(90)
  })

  test('is else what the page says beside it', () => {
    expect(limitOf(beside('3/280', 'abc'))).toBe(280)
    expect(limitOf(beside('Comments', 'abc'))).toBe(null)
    expect(limitOf(area('abc'))).toBe(null)
  })

  test('is told when the sealed text comes near it', () => {
    const [short, long] = ['abc', 'x'.repeat(200)].map((text) => tightFit(beside(`${text.length}/280`, text)))
    expect(short).toBe(null)
    expect(long).toEqual({ takes: 280, needs: expect.any(Number) })
    expect(long?.needs).toBeGreaterThan(280)
    expect(tightFit(area('x'.repeat(200)))).toBe(null)
    expect(tightFit(beside('0/280', ''))).toBe(null)
  })
})

describe('what is sealed of what stands in a field', () => {
  test.each<[string, string, string[], boolean]>([
    ['nothing, of words', 'words', [], false],
    ['nothing, of nothing', '', [], false],
    ['a part, beside words', `words ${sealed}`, [sealed], false],
    ['all, of one text', ` ${sealed}\n`, [sealed], true],
    ['all, of several', `${sealed}\n${other}`, [sealed, other], true],
  ])('is %s', (_what, value, texts, all) => {
    const field = area(value)
    expect(readField(field)).toBe(value)
    expect(mayHoldSealed(field)).toBe(texts.length > 0)
    expect(holdsSealed(field)).toBe(texts.length > 0)
    expect(allSealed(field)).toEqual(texts)
    expect(isAllSealed(field)).toBe(all)
  })
})
