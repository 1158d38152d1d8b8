// What is printed or saved: the secret and its QR code, the vault's name, the day, what to do; nothing else.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatRecovery, newRecoverySecret } from '../../../src/crypto/recovery.ts'
import { formatShare, makeShares, newSharesSecret } from '../../../src/crypto/shares.ts'
import { meaningSentence } from '../../../src/ui/options/recovery/chooseShares.tsx'
import { drawQr } from '../../../src/ui/parts/qr.tsx'
import { sheetText } from '../../../src/ui/recovery/printSheet.tsx'
import { recoverySheet } from '../../../src/ui/recovery/recoverySheet.ts'
import { shareSheet, thresholdSentence } from '../../../src/ui/recovery/shareSheet.ts'
import { counted, words } from '../../words.ts'
import { scan } from '../pairing/scan.ts'

const madeAt = new Date(2026, 10, 3)
const made = words('sheets.made', { day: '2026-11-03' })
const vault = words('sheets.vault', { name: 'Ada’s vault' })

describe('a QR code', () => {
  test('is read as the very key or share it stands beside', async () => {
    const shares = await makeShares(newSharesSecret(), 3, 5)
    const texts = [...shares.map(formatShare), ...Array.from({ length: 5 }, () => formatRecovery(newRecoverySecret()))]
    for (const text of texts) {
      const { size, path } = drawQr(text)
      expect(scan(path, size)).toBe(text)
    }
  })

  test('has four white modules around it', () => {
    const { size, path } = drawQr('ABCD-EFGH')
    for (const [, x = '', y = '', width = ''] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\3z/g)) {
      for (const edge of [Number(x), Number(y)]) expect(edge).toBeGreaterThanOrEqual(4)
      for (const edge of [Number(x) + Number(width), Number(y) + 1]) expect(edge).toBeLessThanOrEqual(size - 4)
    }
  })

  test('of anything else is another, so that the reader is worth something', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Z0-9-]{1,40}$/), (text) => {
        const { size, path } = drawQr(text)
        expect(scan(path, size)).toBe(text)
      }),
      { numRuns: 20 },
    )
    const { size, path } = drawQr('ABCD')
    expect(scan(path.slice(path.length / 2), size)).toBeNull()
  })
})

describe('a sheet', () => {
  test('of a recovery key says it, its vault and its day', () => {
    const sheet = recoverySheet('ABCD-EFGH', 'Ada’s vault', madeAt)
    const text = sheetText(sheet)
    expect(text).toContain('\nABCD-EFGH\n')
    expect(text).toContain(`${vault}\n${made}`)
    expect(sheet.fileName).toBe('fieldseal-recovery-key-2026-11-03')
    expect(text).not.toMatch(/undefined|null|\[object/)
  })

  test('of a share says which it is, whose, and how many are needed', () => {
    const paper = { share: 'ABCD-EFGH', number: 2, threshold: 2, count: 3, vaultName: 'Ada’s vault', madeAt }
    const text = sheetText(shareSheet({ ...paper, holder: 'Bo' }))
    const head = [words('sheets.share.title', { number: 2, count: 3 }), words('sheets.share.holder', { name: 'Bo' })]
    expect(text).toContain(`${[...head, vault, made].join('\n')}\n\nABCD-EFGH\n`)
    expect(text).toContain(thresholdSentence(2, 3))
    const unnamed = [words('sheets.share.title', { number: 2, count: 3 }), vault].join('\n')
    expect(sheetText(shareSheet({ ...paper, holder: '' }))).toContain(unnamed)
  })
})

test('the numbers of shares are explained in sentences', () => {
  const whom = words('optionsRecovery.choose.whom')
  const fewer = (needed: number) => counted('optionsRecovery.choose.fewer', { n: needed - 1, needed })
  const canLose = (n: number) => counted('optionsRecovery.choose.canLose', { n })
  expect(meaningSentence(2, 3)).toBe([thresholdSentence(2, 3), fewer(2), canLose(1), whom].join(' '))
  expect(meaningSentence(3, 5)).toBe([thresholdSentence(3, 5), fewer(3), canLose(2), whom].join(' '))
  const noneToLose = words('optionsRecovery.choose.noneToLose')
  expect(meaningSentence(2, 2)).toBe([thresholdSentence(2, 2), fewer(2), noneToLose, whom].join(' '))
  expect(
    new Set([fewer(2), fewer(3), canLose(1), canLose(2), thresholdSentence(2, 2), thresholdSentence(2, 3)]).size,
  ).toBe(6)
  expect([fewer(3), canLose(2)].join()).toMatch(/3.*2/)
})
