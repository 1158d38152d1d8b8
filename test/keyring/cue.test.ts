import { wordlist } from '@scure/bip39/wordlists/english.js'
import { afterEach, expect, test, vi } from 'vitest'
import { cueColours, cueOf, newCue } from '../../src/keyring/cue.ts'
import { knownRandomness } from '../crypto/bytes.ts'

afterEach(() => vi.restoreAllMocks())

test('words and colours are powers of two, so that choosing has no bias', () => {
  expect([wordlist.length, cueColours.length]).toEqual([2048, 8])
  for (const word of wordlist) expect(word).toMatch(/^[a-z]{3,8}$/)
})

test('a cue is two different words and a colour', () => {
  for (let i = 0; i < 200; i++) {
    const { words, colour } = newCue()
    expect(new Set(words).size).toBe(2)
    expect(wordlist).toEqual(expect.arrayContaining([...words]))
    expect(cueColours).toContain(colour)
  }
})

test('two words alike are drawn again', () => {
  const drawn = [Uint8Array.of(0, 1, 0, 1, 0, 2), Uint8Array.of(0, 1, 8, 2, 0, 11)]
  vi.spyOn(crypto, 'getRandomValues').mockImplementation(knownRandomness(...drawn))
  expect(newCue()).toEqual({ words: [wordlist[1], wordlist[2]], colour: cueColours[3] })
})

test('a vault without a cue has always the same one, and a vault with one has that', () => {
  const vaultId = 's7Nou6gx1h9RZVj65aV3jA'
  const given = cueOf({ vaultId, body: {} })
  expect(cueOf({ vaultId, body: {} })).toEqual(given)
  expect(wordlist).toEqual(expect.arrayContaining([...given.words]))
  const cue = newCue()
  expect(cueOf({ vaultId, body: { cue } })).toBe(cue)
})
