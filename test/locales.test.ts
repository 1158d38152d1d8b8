// The catalogue: what browsers read of it, what a build refuses, and that nothing in it is left over.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { allMessages } from '../locales/build.ts'
import { en } from '../locales/en.ts'
import { type Catalogue, faultsIn, flatten, toMessages } from '../locales/messages.ts'
import { filesIn, root } from './files.ts'
import { messageIn } from './i18n.ts'
import { pseudoCatalogue } from './pseudo.ts'
import { counted, parts, words } from './words.ts'

const plural = { one: '{n} text of {site}', other: '{n} texts of {site}' }
const source = {
  extension: { locale: 'en', dir: 'ltr' },
  a: { plain: 'For $5, {who} and {what}', link: 'See <b>this</b> of {who}', plural },
}

describe('a catalogue in the form that browsers read', () => {
  const messages = toMessages(source)

  test('numbers values in the order of the alphabet, whatever theirs in the sentence', () => {
    expect(messages.a_plain).toEqual({
      message: 'For $$5, $who$ and $what$',
      placeholders: { what: { content: '$1' }, who: { content: '$2' } },
    })
    expect(messageIn(messages, 'a_plain', ['a letter', 'Ada'])).toBe('For $5, Ada and a letter')
  })

  test('has a message for each plural form', () => {
    expect(Object.keys(messages)).toEqual(expect.arrayContaining(['a_plural_one', 'a_plural_other']))
    expect(() => toMessages({ ...source, b: { other: 'only' } })).toThrow('b: expected the forms one,other')
    expect(() => toMessages({ ...source, b: { ...plural, few: '' } })).toThrow(RangeError)
  })

  test('refuses two keys that browsers take for one, and more values than they know', () => {
    expect(() => toMessages({ ...source, b: { texts: '', teXts: '' } })).toThrow('that of b.texts')
    expect(() => toMessages({ ...source, b: { c: '1', c_d: '2' }, 'b.c': { d: '3' } })).toThrow(RangeError)
    expect(() => toMessages({ ...source, b: '{a}{b}{c}{d}{e}{f}{g}{h}{i}{j}' })).toThrow('more than 9 values')
  })
})

describe('another language', () => {
  const german = (change: object = {}): Catalogue => ({
    extension: { locale: 'de', dir: 'ltr' },
    a: { plain: '{what} und {who} für 5 $', link: 'Siehe <b>dies</b> von {who}', plural, ...change },
  })
  const polish = { one: 'jeden tekst {site}', few: '{n} teksty {site}', many: '{n} {site}', other: '{n} {site}' }

  test('is whole with the same keys, values and elements in any order', () => {
    expect(faultsIn(german(), source)).toEqual([])
  })

  test('has plural forms of its own', () => {
    const inPolish = { ...german({ plural: polish }), extension: { locale: 'pl', dir: 'ltr' } }
    expect(faultsIn(inPolish, source)).toEqual([])
    expect(() => faultsIn({ ...german(), extension: { locale: 'pl', dir: 'ltr' } }, source)).toThrow('few')
  })

  test.each([
    ['a key is missing', { ...german(), a: { plain: '{what} {who}', plural } }, ['a.link is missing']],
    ['one is foreign', german({ more: '' }), ['a.more is not in the source']],
    ['a value is missing', german({ plain: '{what}' }), ['a.plain has what, expected what,who']],
    ['a value is foreign', german({ plain: '{what} {who} {why}' }), ['a.plain has what,who,why, expected what,who']],
    ['an element is missing', german({ link: '{who}' }), ['a.link has who, expected <b>,who']],
  ])('is refused when %s', (_what, catalogue, faults) => {
    expect(faultsIn(catalogue, source)).toEqual(faults)
  })

  test('is whole where tests make it up', () => {
    expect(faultsIn(pseudoCatalogue(), en)).toEqual([])
  })

  test('beside the English one is whole, in every file there is', () => {
    expect([...allMessages().keys()]).toContain('en')
  })
})

describe('a sentence', () => {
  test('has its values', () => {
    expect(words('popup.countdown.locksIn', { clock: '1:30' })).toBe('Locks in 1:30 because nothing was done')
  })

  test('about a number is in the form for it, and the number as the language writes it', () => {
    expect(counted('popup.site.texts', { n: 1 })).toBe('One sealed text on this page.')
    expect(counted('popup.site.texts', { n: 1200 })).toBe('1,200 sealed texts on this page.')
    expect(counted('popup.opened.someInWindow', { n: 2, texts: 3 })).toMatch(/^3 sealed texts, opened; 2 of them/)
  })

  test('that leaves the number out has its other values still', () => {
    expect(counted('popup.opened.someInWindow', { n: 1, texts: 3 })).toMatch(/^3 sealed texts, opened; 1 of them/)
  })

  test('in pieces has a slot for each value, into which nothing is read', () => {
    expect(parts('popup.countdown.locksIn', ['clock'])).toEqual([
      'Locks in ',
      { slot: 'clock', text: '' },
      ' because nothing was done',
    ])
  })
})

test('every sentence is used', () => {
  const code = filesIn(['src', 'entrypoints'], /\.tsx?$/)
    .map((path) => readFileSync(join(root, path), 'utf8'))
    .join('\n')
  const keys = [...new Set([...flatten(en, ['one', 'other']).keys()].map((key) => key.replace(/\.(one|other)$/, '')))]
  const byBrowsers = /^extension\.(name|description|command\.)/
  expect(keys.filter((key) => !byBrowsers.test(key) && !code.includes(`'${key}'`))).toEqual([])
})
