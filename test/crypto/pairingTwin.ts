// Pairing once more, slow and readable, written from docs/FORMAT.md §10 alone. It shares no code with src/; the real code must
// equal it, both ways.

import { createHash, randomBytes } from 'node:crypto'
import { bechDigits, bechLetters, hkdf, type Record, xchachaOpen, xchachaSeal } from './twin.ts'

export interface TwinPairing {
  readonly name: string
  readonly record: Record
  readonly minutes: number
}

const info = 'fieldseal/v1/pairing'
const base32Digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest()

// §10.1

export function formatCode(words: readonly number[]): string {
  return (bechLetters(words, 'fspc').match(/.{4}/g) ?? []).join('-')
}

export function readCode(text: string): number[] {
  const letters = text.replaceAll('-', '')
  const words = Array.from(letters.toLowerCase(), (letter) => bechDigits.indexOf(letter)).slice(0, -6)
  if (words.length !== 14 || bechLetters(words, 'fspc') !== letters) throw new Error('mistyped')
  return words
}

// §10.2

export function makePairing(words: readonly number[], { name, record, minutes }: TwinPairing): string[] {
  const head = Buffer.alloc(21)
  head.writeUInt8(1, 0)
  head.writeUInt32BE(minutes, 1)
  randomBytes(16).copy(head, 5)
  const key = hkdf(Uint8Array.from(words), head.subarray(5), info, 32)
  const contents = Buffer.from(JSON.stringify({ record, name }))
  return cut(Buffer.concat([head, xchachaSeal(key, Buffer.concat([Buffer.from(info), head]), contents)]))
}

export function openPairing(words: readonly number[], parts: readonly string[]): TwinPairing {
  const bundle = joined(parts)
  const head = bundle.subarray(0, 21)
  if (head.readUInt8(0) !== 1) throw new Error('newer-version')
  const key = hkdf(Uint8Array.from(words), head.subarray(5), info, 32)
  const contents = xchachaOpen(key, Buffer.concat([Buffer.from(info), head]), bundle.subarray(21))
  return { ...JSON.parse(contents.toString()), minutes: head.readUInt32BE(1) }
}

// §10.3

/** Cut into pieces of 100 bytes: how long they are is the writer's choice. */
function cut(bundle: Buffer): string[] {
  const count = Math.ceil(bundle.length / 100)
  return Array.from({ length: count }, (_, index) => {
    const numbers = Buffer.alloc(4)
    numbers.writeUInt16BE(index, 0)
    numbers.writeUInt16BE(count, 2)
    const piece = bundle.subarray(index * 100, (index + 1) * 100)
    const summed = Buffer.concat([sha256(bundle).subarray(0, 6), numbers, piece])
    const sum = sha256(Buffer.concat([Buffer.from('FSPAIR1:'), summed])).subarray(0, 4)
    return `FSPAIR1:${base32(Buffer.concat([summed, sum]))}.`
  })
}

function joined(parts: readonly string[]): Buffer {
  const read = parts.map((part) => {
    const bytes = fromBase32(part.replace('FSPAIR1:', '').replace('.', ''))
    const sum = sha256(Buffer.concat([Buffer.from('FSPAIR1:'), bytes.subarray(0, -4)])).subarray(0, 4)
    if (!sum.equals(bytes.subarray(-4))) throw new Error('damaged')
    return { index: bytes.readUInt16BE(6), count: bytes.readUInt16BE(8), piece: bytes.subarray(10, -4), bytes }
  })
  read.sort((a, b) => a.index - b.index)
  if (!read.every(({ index, count }, at) => index === at && count === read.length)) throw new Error('damaged')
  const bundle = Buffer.concat(read.map(({ piece }) => piece))
  const id = sha256(bundle).subarray(0, 6)
  if (!read.every(({ bytes }) => bytes.subarray(0, 6).equals(id))) throw new Error('damaged')
  return bundle
}

function base32(bytes: Buffer): string {
  const bits = Array.from(bytes, (byte) => byte.toString(2).padStart(8, '0')).join('')
  return (bits.match(/.{1,5}/g) ?? [])
    .map((five) => base32Digits.charAt(Number.parseInt(five.padEnd(5, '0'), 2)))
    .join('')
}

function fromBase32(letters: string): Buffer {
  const bits = Array.from(letters, (letter) => base32Digits.indexOf(letter).toString(2).padStart(5, '0')).join('')
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((eight) => Number.parseInt(eight, 2)))
}
