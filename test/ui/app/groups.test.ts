// The two groups of a recovery key that are asked for.

import { describe, expect, it } from 'vitest'
import { drawGroups, groupsOf, isGroup, lettersOf } from '../../../src/ui/app/groups.ts'

const key = 'QPZR-Y9X8-GF2T-VDW0-S3JN-54KH-CE6M-UA7L'

/** Draws these bytes, one after the other. */
function scripted(...bytes: number[]): () => number {
  return () => {
    const byte = bytes.shift()
    if (byte === undefined) throw new RangeError('expected no more draws')
    return byte
  }
}

describe('groups', () => {
  it('asks for every pair of two different groups, each from as many draws', () => {
    const counts = new Map<string, number>()
    for (let first = 0; first < 8; first++) {
      for (let other = 0; other < 7; other++) {
        const [a, b] = drawGroups(scripted(first, other))
        expect(a).toBeLessThan(b)
        expect(a).toBeGreaterThanOrEqual(1)
        expect(b).toBeLessThanOrEqual(8)
        counts.set(`${a} ${b}`, (counts.get(`${a} ${b}`) ?? 0) + 1)
      }
    }
    expect(counts.size).toBe(28)
    expect(new Set(counts.values())).toEqual(new Set([2]))
  })

  it('throws away draws that would favour some groups', () => {
    // 252 to 255 are left over when 256 is divided by 7.
    expect(drawGroups(scripted(0, 252, 255, 6))).toEqual([1, 8])
  })

  it('draws within range on its own', () => {
    for (let i = 0; i < 500; i++) {
      const [a, b] = drawGroups()
      expect(a >= 1 && a < b && b <= 8).toBe(true)
    }
  })

  it('knows a group in any case and with any spacing, and no other', () => {
    expect(groupsOf(key)).toHaveLength(8)
    expect(isGroup(key, 4, ' vd w0-')).toBe(true)
    expect(isGroup(key, 4, 'VDWO')).toBe(false)
    expect(isGroup(key, 4, '')).toBe(false)
    expect(isGroup(key, 9, '')).toBe(false)
  })

  it('counts letters without spaces and dashes of any kind', () => {
    expect(lettersOf(' qpzr–y9x8 gf2t\n')).toBe('QPZRY9X8GF2T')
  })
})
