// Bytes as the rest of the code passes them: plain Uint8Arrays, joined, compared and written as text. Of formats it knows
// base64url alone (FORMAT.md §1).

import { Failure } from './failure.ts'

export type Bytes = Uint8Array<ArrayBuffer>

declare const brand: unique symbol
type Branded<Name extends string> = Bytes & { readonly [brand]: Name }

/** 32 bytes. Seals the vault body and wraps document keys. */
export type MasterKey = Branded<'MasterKey'>
/** 32 bytes. Derived from a password, recovery key or passkey; wraps the master key. */
export type KeyEncryptionKey = Branded<'KeyEncryptionKey'>
/** 32 bytes. People seal texts under it; one per circle and epoch. */
export type CircleKey = Branded<'CircleKey'>
/** 32 bytes. Seals one document. */
export type DocumentKey = Branded<'DocumentKey'>
/** 32 bytes. A passkey's answer (PRF output) to a slot's salt. */
export type PrfOutput = Branded<'PrfOutput'>
/** 16 bytes. A recovery key, which is written as 32 letters. */
export type RecoverySecret = Branded<'RecoverySecret'>
/** 16 bytes. The secret that enough shares of one set give. */
export type SharesSecret = Branded<'SharesSecret'>
/** 14 words of 5 bits, one per byte. The one-time code of a pairing. */
export type PairingCode = Branded<'PairingCode'>

const encoder = new TextEncoder()

/** UTF-8, without a byte order mark. Lone surrogates become U+FFFD. */
export function utf8(text: string): Bytes {
  return encoder.encode(text)
}

export function concat(...parts: readonly Uint8Array[]): Bytes {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let offset = 0
  for (const part of parts) {
    whole.set(part, offset)
    offset += part.length
  }
  return whole
}

/** Compares in constant time: it depends on the lengths only. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false
  let difference = 0
  for (let i = 0; i < a.length; i++) difference |= (a[i] ?? 0) ^ (b[i] ?? 0)
  return difference === 0
}

export function randomBytes(length: number): Bytes {
  return crypto.getRandomValues(new Uint8Array(length))
}

/** The most bytes that `getRandomValues` gives in one call. */
const maxDrawBytes = 65_536

/** `count` times `length` random bytes, as views of buffers drawn together. RangeError for a length not from 1 to 65,536. */
export function randomEach(count: number, length: number): Bytes[] {
  if (!(length >= 1 && length <= maxDrawBytes))
    throw new RangeError(`expected 1 to ${maxDrawBytes} bytes, got ${length}`)
  const all: Bytes[] = []
  for (const perDraw = Math.floor(maxDrawBytes / length); all.length < count; ) {
    const drawn = randomBytes(length * Math.min(perDraw, count - all.length))
    for (let offset = 0; offset < drawn.length; offset += length) all.push(new Uint8Array(drawn.buffer, offset, length))
  }
  return all
}

/** 128 random bits as 22 letters of base64url: an id or a name that nobody can guess. */
export function randomToken(): string {
  return encodeBase64url(randomBytes(16))
}

/** What newer platforms have, five times as fast and more. Absent in Chromium before 140 and in Node before 25. */
interface NativeEncoder {
  readonly toBase64?: (options: { alphabet: 'base64url'; omitPadding: true }) => string
}
interface NativeDecoder {
  readonly fromBase64?: (text: string, options: { alphabet: 'base64url' }) => Bytes
}

/** base64url without padding. FORMAT.md §1. */
export function encodeBase64url(bytes: Uint8Array): string {
  const native = bytes as NativeEncoder
  return native.toBase64?.({ alphabet: 'base64url', omitPadding: true }) ?? encodeSlowly(bytes)
}

/** Failure `damaged` for anything but the one canonical spelling: foreign characters, padding, leftover bits that are not zero. */
export function decodeBase64url(text: string): Bytes {
  const { fromBase64 } = Uint8Array as NativeDecoder
  let bytes: Bytes
  try {
    bytes = fromBase64?.call(Uint8Array, text, { alphabet: 'base64url' }) ?? decodeSlowly(text)
  } catch (cause) {
    throw new Failure('damaged', { cause })
  }
  // Both ways let white space, padding and leftover bits pass.
  if (encodeBase64url(bytes) !== text) throw new Failure('damaged')
  return bytes
}

/** A multiple of 3, so that the slices join without padding, and few enough to be the arguments of one call. */
const sliceBytes = 3 * 8_192

function encodeSlowly(bytes: Uint8Array): string {
  let base64 = ''
  for (let offset = 0; offset < bytes.length; offset += sliceBytes) {
    base64 += btoa(String.fromCharCode(...bytes.subarray(offset, offset + sliceBytes)))
  }
  return base64.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

function decodeSlowly(text: string): Bytes {
  return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0))
}
