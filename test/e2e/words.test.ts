// What a page may name itself, put into our sentences by each browser: it stands there letter by letter, and is never read as a
// part of the sentence.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { en } from '../../locales/en.ts'
import { kinds } from './session.ts'
import { type Setting, setUp } from './setting.ts'

declare const chrome: { i18n: { getMessage(name: string, values: string[]): string } }

/** Labels of fields and names of sites that mean something to a browser's own way of putting values into sentences, or to ours. */
const names = [
  '$1',
  '$2',
  '$$',
  '$$1',
  '$host$',
  '$FIELD$',
  '{host}',
  '<field></field>',
  '$&',
  '%1',
  '\\$1',
  '\u202e',
  '',
]

describe.each(kinds)('in %s', (kind) => {
  let setting: Setting
  beforeAll(async () => {
    setting = await setUp(kind)
  })
  afterAll(() => setting?.end())

  test('a value is put into a sentence as it is, whatever is in it', async () => {
    const page = await setting.session.openExtensionPage('options.html')
    const sentence = en.composer.target.goesToField
    expect(sentence).toMatch(/\{host\}.*\{field\}/)
    const told = await page.evaluate(
      (fields: string[]) =>
        fields.map((field) => chrome.i18n.getMessage('composer_target_goesToField', [field, 'site.example'])),
      names,
    )
    expect(told).toEqual(
      names.map((field) => sentence.replace('{host}', () => 'site.example').replace('{field}', () => field)),
    )
  })
})
