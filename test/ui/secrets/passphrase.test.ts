// The passphrase on offer is drawn without bias from the whole list.

import { wordlist } from '@scure/bip39/wordlists/english.js'
import { describe, expect, it } from 'vitest'
import { drawPassphrase } from '../../../src/ui/secrets/passphrase.ts'

describe('passphrase', () => {
  it('is six words of the list', () => {
    const words = drawPassphrase().split(' ')
    expect(words).toHaveLength(6)
    for (const word of words) expect(wordlist).toContain(word)
  })

  it('takes every word from exactly as many of the 65536 draws', () => {
    const counts = new Map<string, number>()
    for (let value = 0; value < 65_536; value += 6) {
      const drawn = drawPassphrase(() => Uint16Array.from({ length: 6 }, (_, i) => (value + i) & 0xffff))
      const taken = drawn.split(' ').slice(0, Math.min(6, 65_536 - value))
      for (const word of taken) counts.set(word, (counts.get(word) ?? 0) + 1)
    }
    expect(counts.size).toBe(2048)
    expect(new Set(counts.values())).toEqual(new Set([32]))
  })
})
