// Small things said in our windows.

import { describe, expect, it } from 'vitest'
import { titleOf } from '../../src/ui/composer/drafts.ts'
import { siteName } from '../../src/ui/options/sites.tsx'
import { wordsFor } from '../../src/ui/options/wayWords.ts'
import { foundSentence } from '../../src/ui/popup/atHand.tsx'
import { countSentence } from '../../src/ui/popup/site.tsx'
import { sheetText } from '../../src/ui/recoverySheet.tsx'

describe('words', () => {
  it('count texts', () => {
    expect([0, 1, 2].map(countSentence)).toEqual([
      'No sealed texts on this page.',
      'One sealed text on this page.',
      '2 sealed texts on this page.',
    ])
  })

  it('say what was found on a page, and where it is shown', () => {
    expect(foundSentence(0, 0)).toBe('This page holds no sealed texts.')
    expect(foundSentence(2, 0)).toBe('2 sealed texts, opened on the page.')
    expect(foundSentence(1, 1)).toContain('in a window of ours')
    expect(foundSentence(3, 1)).toContain('1 of them')
  })

  it('name a site as a person would', () => {
    expect(siteName('https://example.com/*')).toBe('example.com')
    expect(siteName('http://127.0.0.1:8080/*')).toBe('http://127.0.0.1:8080')
    expect(siteName('*://*/*')).toBe('all sites')
  })

  it('say of a way to unlock since when it is there and what it is worth, also of one not known here', () => {
    const since = '2026-11-03T12:00:00.000Z'
    const said = [
      wordsFor({ kind: 'password', id: 'p', since, memoryKiB: 32768, passes: 6 }),
      wordsFor({ kind: 'recovery', id: 'r', since }),
      wordsFor({ kind: 'other', id: 'o' }),
    ].map((words) => words.join(' '))
    expect(said[0]).toMatch(/^Password since .*2026.* 32 MiB × 6$/)
    expect(said[1]).toMatch(/^Recovery key since .*2026/)
    expect(said[2]).toContain('made by a newer version')
  })

  it('cut the title of a draft at its first line, between characters', () => {
    expect(titleOf('\n Dear Ada,\nhello')).toBe('Dear Ada,')
    expect([...titleOf('😀'.repeat(200))]).toHaveLength(80)
  })

  it('write a recovery sheet with the key and the day, and no more secrets', () => {
    const text = sheetText('ABCD-EFGH', new Date(2026, 10, 3))
    expect(text).toContain('\nABCD-EFGH\n')
    expect(text).toContain('2026-11-03')
  })
})
