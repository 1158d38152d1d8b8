// What we hide in a page takes no room, and gets back exactly the style that it had, and what the page has set since stays.

import { afterAll, expect, test, vi } from 'vitest'
import { hide, isHiddenCopy, isStillSeen, showCopy, shrink, shrinkToLine } from '../../../src/page/script/hiding.ts'

/** An element, as far as its inline style goes. */
class Styled {
  readonly #set = new Map<string, [value: string, priority: string]>()
  #attribute: string | null = null
  readonly style = {
    getPropertyValue: (name: string) => this.#set.get(name)?.[0] ?? '',
    getPropertyPriority: (name: string) => this.#set.get(name)?.[1] ?? '',
    setProperty: (name: string, value: string, priority = '') =>
      this.#write(() => this.#set.set(name, [value, priority])),
    removeProperty: (name: string) => this.#write(() => this.#set.delete(name)),
  }
  getAttribute() {
    return this.#attribute
  }
  setAttribute(_name: string, text: string) {
    this.#set.clear()
    for (const [, name = '', value = '', important] of text.matchAll(/([\w-]+): ([^;!]+?)( !important)?;/g))
      this.#set.set(name, [value, important === undefined ? '' : 'important'])
    this.#attribute = text
  }
  removeAttribute() {
    this.#set.clear()
    this.#attribute = null
  }
  #write(change: () => unknown) {
    change()
    const said = [...this.#set].map(([name, [value, how]]) => `${name}: ${value}${how === '' ? '' : ' !important'};`)
    this.#attribute = said.join(' ')
  }
}
vi.stubGlobal('HTMLElement', Styled)
afterAll(() => vi.unstubAllGlobals())
const element = () => new Styled() as Styled & HTMLElement

test.each([
  ['shrunk', shrink, 'font-size: 0 !important'],
  ['shrunk to its line', shrinkToLine, 'white-space: normal !important'],
  ['taken out', hide, 'display: none !important'],
])('what is %s is as it was afterwards', (_how, hide, declared) => {
  for (const style of [null, 'color: red;', 'font-size: 12px; display: inline !important;']) {
    const hidden = element()
    if (style !== null) hidden.setAttribute('style', style)
    const hider = hide(hidden)
    hider.on()
    expect(hidden.getAttribute('style')).toContain(declared)
    hider.off()
    expect(hidden.getAttribute('style')).toBe(style)
  }
})

test('what the page has set meanwhile is the page’s', () => {
  const hidden = element()
  const hider = hide(hidden)
  hider.on()
  hidden.style.setProperty('color', 'red')
  hidden.style.setProperty('display', 'block')
  hider.off()
  expect(hidden.getAttribute('style')).toBe('display: block; color: red;')
})

test('a copy that a page made of what was hidden is known, and shown again', () => {
  const [hidden, copy] = [element(), element()]
  shrinkToLine(hidden).on()
  expect(isHiddenCopy(copy)).toBe(false)
  copy.setAttribute('style', hidden.getAttribute('style') ?? '')
  expect(isHiddenCopy(copy)).toBe(true)
  showCopy(copy)
  expect(isHiddenCopy(copy)).toBe(false)
  expect(copy.getAttribute('style')).toBe(null)
})

test('text is seen still where the page gives it a size in spite of that', () => {
  const look = (fontSize: string, lineHeight: string) => {
    vi.stubGlobal('getComputedStyle', () => ({ fontSize, lineHeight }))
    return isStillSeen(element())
  }
  expect(look('0px', '0px')).toBe(false)
  expect(look('12px', '0px')).toBe(true)
  expect(look('0px', '18px')).toBe(true)
})
