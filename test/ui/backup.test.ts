// What is said of a backup file before anything is done with it.

import { describe, expect, test } from 'vitest'
import { formatLongDay } from '../../src/ui/app/format.ts'
import type { InspectedBackup, Opened } from '../../src/ui/backup/restoring.ts'
import { broughtSentences, stateSentences } from '../../src/ui/backup/words.ts'
import { counted, words } from '../words.ts'

const looked = { madeAt: Date.UTC(2026, 10, 3, 12), state: 'whole', documents: 2, damagedLines: 0 } as InspectedBackup
const brings: Opened['brings'] = { keys: 0, documents: 0, changesVault: false, age: 'same' }
const opened = { whose: 'same', genuine: true, state: 'whole', unreadable: 0, brings } as Opened

describe('a backup file', () => {
  const date = formatLongDay(looked.madeAt)
  const made = (n: number) => counted('backup.file.made', { n, date })

  test('says the day in the language of the sentences', () => {
    expect(date).toBe('November 3, 2026')
  })

  test.each<[Partial<InspectedBackup>, string[]]>([
    [{}, [made(2), words('backup.file.whole')]],
    [{ documents: 0 }, [words('backup.file.madeEmpty', { date }), words('backup.file.whole')]],
    [{ state: 'cut-off', documents: 1 }, [made(1), words('backup.file.cutOff')]],
    [
      { state: 'cut-off', damagedLines: 1 },
      [made(2), words('backup.file.cutOff'), counted('backup.file.damagedLines', { n: 1 })],
    ],
    [
      { state: 'altered', damagedLines: 3 },
      [made(2), words('backup.file.altered'), counted('backup.file.damagedLines', { n: 3 })],
    ],
  ])('is told of as it is: %o', (other, sentences) => {
    expect(stateSentences({ ...looked, ...other } as InspectedBackup)).toBe(sentences.join(' '))
  })

  const nothing = words('backup.brings.nothing')
  test.each<[Partial<Opened>, string[]]>([
    [{}, [nothing]],
    [{ whose: 'nobodys' } as Partial<Opened>, [words('backup.brings.yours')]],
    [
      { whose: 'foreign', brings: { ...brings, keys: 2, changesVault: true } },
      [words('backup.brings.foreign'), counted('backup.brings.keys', { n: 2 })],
    ],
    [
      { brings: { ...brings, age: 'older', documents: 1 } },
      [words('backup.brings.older'), counted('backup.brings.texts', { n: 1 })],
    ],
    [{ brings: { ...brings, age: 'newer', changesVault: true } }, [words('backup.brings.newer')]],
    [{ unreadable: 1 }, [nothing, counted('backup.brings.unreadable', { n: 1 })]],
    [{ genuine: false }, [nothing, words('backup.brings.notGenuine')]],
  ])('says what it brings and what not: %o', (other, sentences) => {
    expect(broughtSentences({ ...opened, ...other } as Opened)).toEqual(sentences)
  })
})
