// A passphrase on offer: six words of the 2048 of BIP 39's English list, 66 bits. 2048 is a power of two, so eleven
// random bits choose a word without bias.

import { wordlist } from '@scure/bip39/wordlists/english.js'

const wordsInPassphrase = 6
const elevenBits = 0x7ff

export type Draw16 = (count: number) => Uint16Array

const draw16: Draw16 = (count) => crypto.getRandomValues(new Uint16Array(count))

export function drawPassphrase(draw: Draw16 = draw16): string {
  return Array.from(draw(wordsInPassphrase), (value) => wordAt(value & elevenBits)).join(' ')
}

function wordAt(index: number): string {
  const word = wordlist[index]
  if (word === undefined) throw new RangeError(`expected a word at ${index} of 2048, got none`)
  return word
}
