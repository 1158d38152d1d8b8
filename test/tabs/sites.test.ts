// Patterns of sites as browsers list them, whichever way they were granted; and what of the protocol they may go through.

import * as v from 'valibot'
import { describe, expect, test } from 'vitest'
import { pattern, site } from '../../src/messages/tabs/sites.ts'
import { isOneSite, normalizePatterns, patternOf } from '../../src/tabs/sites.ts'
import { siteName } from '../../src/ui/options/sites/sites.tsx'
import { words } from '../words.ts'

describe('the pattern for a page', () => {
  test.each([
    ['https://notes.example/today?x#y', 'https://notes.example/*'],
    ['http://127.0.0.1:8080/', 'http://127.0.0.1/*'],
    ['https://xn--bcher-kva.example/', 'https://xn--bcher-kva.example/*'],
    ['http://[::1]:3000/', 'http://[::1]/*'],
    ['https://who:secret@notes.example/', 'https://notes.example/*'],
  ])('%s is of %s, and is the pattern of one site', (url, expected) => {
    expect(patternOf(url)).toBe(expected)
    expect(v.is(site, expected)).toBe(true)
    expect(isOneSite(expected)).toBe(true)
  })

  test.each(['chrome://extensions', 'about:blank', 'file:///etc/passwd', 'moz-extension://x/', 'nonsense', undefined])(
    '%s is of none',
    (url) => expect(patternOf(url)).toBeNull(),
  )
})

describe('what a browser lists', () => {
  const many = [
    '*://*/*',
    'https://*/*',
    'http://*/*',
    '*://notes.example/*',
    '*://*.notes.example/*',
    'https://*.a.example/*',
  ]

  test.each(many)('%s stands for many sites, and goes through the protocol', (one) => {
    expect(v.is(pattern, one)).toBe(true)
    expect(isOneSite(one)).toBe(false)
    expect(v.is(site, one)).toBe(false)
    expect(normalizePatterns([one])).toEqual([one])
  })

  test('is taken once each, in order, with <all_urls> by its longer name and without the path of a pattern', () => {
    const origins = ['https://b.example/*', '<all_urls>', 'https://a.example/notes/*', '*://*/*', 'https://a.example/*']
    expect(normalizePatterns(origins)).toEqual(['*://*/*', 'https://a.example/*', 'https://b.example/*'])
  })

  test('leaves out what is not of the web', () => {
    expect(
      normalizePatterns(['file:///*', 'chrome://favicon/*', 'ftp://a.example/*', 'ws://a.example/*', 'nonsense', '']),
    ).toEqual([])
  })
})

test.each([
  ['https://notes.example/*', 'notes.example'],
  ['http://notes.example/*', 'http://notes.example'],
  ['*://notes.example/*', 'notes.example'],
  ['*://*.notes.example/*', words('optionsSites.nameBelow', { host: 'notes.example' })],
  ['https://*/*', words('optionsSites.nameAllHttps')],
  ['*://*/*', words('optionsSites.nameAll')],
])('%s is called “%s”', (one, name) => expect(siteName(one)).toBe(name))
