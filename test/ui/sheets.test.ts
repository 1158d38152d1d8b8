// What is printed or saved: the secret and its QR code, the vault's name, the day, what to do; nothing else.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatRecovery, newRecoverySecret } from '../../src/crypto/recovery.ts'
import { formatShare, makeShares, newSharesSecret } from '../../src/crypto/shares.ts'
import { meaning } from '../../src/ui/options/chooseShares.tsx'
import { sheetText } from '../../src/ui/paper.tsx'
import { drawQr } from '../../src/ui/parts/qr.tsx'
import { recoverySheet } from '../../src/ui/recoverySheet.ts'
import { shareSheet } from '../../src/ui/shareSheet.ts'
import { scan } from './scan.ts'

const at = new Date(2026, 10, 3)

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
    const sheet = recoverySheet('ABCD-EFGH', 'Ada’s vault', at)
    const text = sheetText(sheet)
    expect(text).toContain('\nABCD-EFGH\n')
    expect(text).toContain('Vault: Ada’s vault\nMade on 2026-11-03')
    expect(sheet.fileName).toBe('fieldseal-recovery-key-2026-11-03')
    expect(text).not.toMatch(/undefined|null|\[object/)
  })

  test('of a share says which it is, whose, and how many are needed', () => {
    const paper = { share: 'ABCD-EFGH', number: 2, threshold: 2, count: 3, vaultName: 'Ada’s vault', at }
    const text = sheetText(shareSheet({ ...paper, holder: 'Bo' }))
    expect(text).toContain('Fieldseal share 2 of 3\nFor Bo\nVault: Ada’s vault\nMade on 2026-11-03\n\nABCD-EFGH\n')
    expect(text).toContain('Any 2 of the 3 shares together open everything')
    expect(sheetText(shareSheet({ ...paper, holder: '' }))).not.toContain('For ')
  })
})

test('the numbers of shares are said in words', () => {
  expect(meaning(2, 3)).toMatch(/Any 2 of the 3.*One alone learns nothing. One share may be lost/)
  expect(meaning(3, 5)).toMatch(/Fewer than 3 learn nothing. 2 shares may be lost/)
  expect(meaning(2, 2)).toMatch(/All 2 shares.*No share may be lost/)
})
