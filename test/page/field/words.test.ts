// What a person is told beside a field says what became of the text in it.

import { describe, expect, test } from 'vitest'
import { sealLabel } from '../../../src/page/field/button/sealLabel.ts'
import type { SealOutcome } from '../../../src/page/field/sealing.ts'
import { outcomeSentence } from '../../../src/page/field/words.ts'
import type { PlainKey } from '../../../src/words.ts'
import { words } from '../../words.ts'

const sealed = 'a sealed text'
const needs = 90
const takes = 40

describe('what is told of a sealing', () => {
  test.each<[SealOutcome, PlainKey]>([
    [{ kind: 'sealed' }, 'page.sealing.sealed'],
    [{ kind: 'empty' }, 'page.sealing.empty'],
    [{ kind: 'busy' }, 'page.sealing.busy'],
    [{ kind: 'read-only' }, 'page.sealing.readOnly'],
  ])('may pass by unread where nothing is lost: %o', (outcome, key) => {
    expect(outcomeSentence(outcome)).toEqual({ sentence: words(key), warning: false })
  })

  test.each<[SealOutcome, PlainKey]>([
    [{ kind: 'changed' }, 'page.sealing.changed'],
    [{ kind: 'sandboxed' }, 'page.sealing.sandboxed'],
    [{ kind: 'altered', sealed }, 'page.sealing.altered'],
    [{ kind: 'gone', sealed }, 'page.sealing.gone'],
    [{ kind: 'failed', code: 'locked' }, 'page.sealing.locked'],
    [{ kind: 'failed', code: 'no-vault' }, 'page.sealing.noVault'],
    [{ kind: 'failed', code: 'too-long' }, 'page.sealing.longerThanAll'],
    [{ kind: 'failed', code: 'unavailable' }, 'page.sealing.failed'],
  ])('stays where the text is not sealed in its field: %o', (outcome, key) => {
    expect(outcomeSentence(outcome)).toEqual({ sentence: words(key), warning: true })
  })

  test('says how long the sealed text would be where the field takes less', () => {
    const sentence = words('page.sealing.tooLong', { needs, takes })
    expect(outcomeSentence({ kind: 'too-long', needs, takes })).toEqual({ sentence, warning: true })
    expect(sentence).toMatch(/90.*40/)
  })
})

describe('the small button', () => {
  test('says of a text that is not sealed yet that the page can read it', () => {
    expect(sealLabel('seal', null)).toBe(words('page.button.seal'))
  })

  test('tells how long the sealed text will be, and whether the field takes it', () => {
    const fits = { needs, takes: 100 }
    expect(sealLabel('seal', fits)).toBe(words('page.button.sealFits', fits))
    expect(sealLabel('seal', { needs, takes })).toBe(words('page.button.sealTooLong', { needs, takes }))
  })

  test('has other words for each thing that it does', () => {
    const labels = (['seal', 'rest', 'edit', 'read', 'marked'] as const).map((does) => sealLabel(does, null))
    expect(new Set(labels).size).toBe(labels.length)
    expect(labels.every((label) => label.length > 10)).toBe(true)
  })
})
