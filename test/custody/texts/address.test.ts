// The address at which a text is written, as it is noted.

import { expect, test } from 'vitest'
import { cleanAddress } from '../../../src/custody/texts/address.ts'

test.each([
  ['https://notes.example/day?of=5#b', 'https://notes.example/day?of=5#b'],
  ['http://notes.example:8080', 'http://notes.example:8080/'],
  ['https://who:secret@notes.example/a', 'https://notes.example/a'],
  [`https://notes.example/${'x'.repeat(1_978)}`, `https://notes.example/${'x'.repeat(1_978)}`],
])('%s is noted without a name and a password', (url, expected) => expect(cleanAddress(url)).toBe(expected))

test.each([
  null,
  undefined,
  '',
  'nonsense',
  'about:blank',
  'file:///etc/passwd',
  'chrome-extension://x/library.html',
  'javascript:alert(1)',
  `https://notes.example/${'x'.repeat(1_979)}`,
])('%s is not noted', (url) => expect(cleanAddress(url)).toBeNull())
