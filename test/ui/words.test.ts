// Small things said in our windows.

import { describe, expect, it } from 'vitest'
import { minutesOffered } from '../../src/messages/locking.ts'
import { titleOf } from '../../src/ui/composer/drafts.ts'
import { meaning, minutesWords } from '../../src/ui/options/locking.tsx'
import { siteName } from '../../src/ui/options/sites.tsx'
import { wordsFor } from '../../src/ui/options/wayWords.ts'
import { foundSentence } from '../../src/ui/popup/atHand.tsx'
import { countdownWords, spokenWords } from '../../src/ui/popup/countdown.tsx'
import { countSentence } from '../../src/ui/popup/site.tsx'

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

  it('count down to the second, the one begun counted whole', () => {
    const clock = (leftMs: number) => countdownWords(leftMs).split(' ')[2]
    expect([80_000, 79_001, 60_000, 59_999, 9_000, 1, 0].map(clock)).toEqual([
      '1:20',
      '1:20',
      '1:00',
      '1:00',
      '0:09',
      '0:01',
      '0:00',
    ])
  })

  it('are read out three times at most while the time runs down', () => {
    const spoken = Array.from({ length: 121 }, (_, seconds) => spokenWords(120_000 - seconds * 1000))
    expect(spoken.filter((words, nth) => words !== spoken[nth - 1]).length).toBe(3)
  })

  it('say what each time to lock after means', () => {
    expect([...minutesOffered, null].map(minutesWords)).toEqual([
      '1 minute',
      '5 minutes',
      '15 minutes',
      '30 minutes',
      '1 hour',
      '4 hours',
      'Never',
    ])
    for (const minutes of minutesOffered) expect(meaning(minutes)).toContain(`After ${minutesWords(minutes)} `)
    expect(meaning(null)).toContain('stays unlocked until you lock it')
  })
})
