// Small things said in our windows.

import { describe, expect, it } from 'vitest'
import { autoLockMinutes } from '../../src/policy.ts'
import { formatMediumDay } from '../../src/ui/app/format.ts'
import { wordsFor } from '../../src/ui/options/access/unlockMethodWords.ts'
import { meaningSentence, minutesWords } from '../../src/ui/options/autoLock.tsx'
import { siteName } from '../../src/ui/options/sites/sites.tsx'
import { countdownWords, spokenWords } from '../../src/ui/popup/countdown.tsx'
import { countSentence } from '../../src/ui/popup/site.tsx'
import { foundSentence } from '../../src/ui/popup/unlockedView.tsx'
import { counted, words } from '../words.ts'

describe('words', () => {
  it('count texts', () => {
    expect([0, 1, 2].map(countSentence)).toEqual([
      words('popup.site.noTexts'),
      counted('popup.site.texts', { n: 1 }),
      counted('popup.site.texts', { n: 2 }),
    ])
  })

  it('say what was found on a page, and where it is shown', () => {
    expect(foundSentence(0, 0)).toBe(words('popup.opened.none'))
    expect(foundSentence(2, 0)).toBe(counted('popup.opened.inPlace', { n: 2 }))
    expect(foundSentence(1, 1)).toBe(counted('popup.opened.inWindow', { n: 1 }))
    expect(foundSentence(3, 1)).toBe(counted('popup.opened.someInWindow', { n: 1, texts: 3 }))
  })

  it('name a site as a person would', () => {
    expect(siteName('https://example.com/*')).toBe('example.com')
    expect(siteName('http://127.0.0.1:8080/*')).toBe('http://127.0.0.1:8080')
    expect(siteName('*://*/*')).toBe(words('optionsSites.nameAll'))
  })

  it('say of a way to unlock since when it is there and what it is worth, also of one not known here', () => {
    const since = '2026-11-03T12:00:00.000Z'
    const day = formatMediumDay(new Date(since))
    expect(day).toContain('2026')
    expect(wordsFor({ kind: 'password', id: 'p', since, memoryKiB: 32768, passes: 6 })).toEqual([
      words('optionsAccess.methods.password'),
      words('optionsAccess.methods.passwordDetails', { day, memory: 32, passes: 6 }),
    ])
    expect(wordsFor({ kind: 'recovery', id: 'r', since })).toEqual([
      words('optionsAccess.methods.recovery'),
      words('optionsAccess.methods.recoveryDetails', { day }),
    ])
    expect(wordsFor({ kind: 'other', id: 'o' })).toEqual([
      words('optionsAccess.methods.unknown'),
      words('optionsAccess.methods.unknownDetails'),
    ])
  })

  it('count down to the second, the one begun counted whole', () => {
    const clocks = ['1:20', '1:20', '1:00', '1:00', '0:09', '0:01', '0:00']
    expect([80_000, 79_001, 60_000, 59_999, 9_000, 1, 0].map(countdownWords)).toEqual(
      clocks.map((clock) => words('popup.countdown.locksIn', { clock })),
    )
  })

  it('are read out three times at most while the time runs down', () => {
    const spoken = Array.from({ length: 121 }, (_, seconds) => spokenWords(120_000 - seconds * 1000))
    expect(spoken.filter((sentence, index) => sentence !== spoken[index - 1]).length).toBe(3)
  })

  it('say what each time to lock after means', () => {
    expect([...autoLockMinutes, null].map(minutesWords)).toEqual([
      '1 minute',
      '5 minutes',
      '15 minutes',
      '30 minutes',
      '1 hour',
      '4 hours',
      words('options.autoLock.never'),
    ])
    for (const minutes of autoLockMinutes)
      expect(meaningSentence(minutes)).toBe(words('options.autoLock.idleMeans', { time: minutesWords(minutes) }))
    expect(meaningSentence(null)).toBe(words('options.autoLock.neverMeans'))
  })
})
