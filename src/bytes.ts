// Bytes as the rest of the code passes them: plain Uint8Arrays, joined, compared and written as text. Knows no format.

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
/** 32 bytes. What a passkey's authenticator makes of a slot's salt. */
export type PrfOutput = Branded<'PrfOutput'>
/** 16 bytes. What a written recovery key stands for. */
export type RecoverySecret = Branded<'RecoverySecret'>
/** 16 bytes. What enough shares of one set give together. */
export type SharesSecret = Branded<'SharesSecret'>
/** 14 words of 5 bits, one a byte. What the one-time code of a pairing stands for. */
export type PairingCode = Branded<'PairingCode'>

const encoder = new TextEncoder()

export function utf8(text: string): Bytes {
  return encoder.encode(text)
}

export function concat(...parts: readonly Uint8Array[]): Bytes {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

/** Compares in a time that depends on the lengths only. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false
  let difference = 0
  for (let i = 0; i < a.length; i++) difference |= (a[i] ?? 0) ^ (b[i] ?? 0)
  return difference === 0
}

export function randomBytes(length: number): Bytes {
  return crypto.getRandomValues(new Uint8Array(length))
}

/** The platform gives no more bytes at once. */
const mostDrawn = 65_536

/** So many times `length` bytes, as views of what was drawn together. RangeError for a length not from 1 to 65,536. */
export function randomEach(count: number, length: number): Bytes[] {
  if (!(length >= 1 && length <= mostDrawn)) throw new RangeError(`expected 1 to ${mostDrawn} bytes, got ${length}`)
  const all: Bytes[] = []
  for (const perDraw = Math.floor(mostDrawn / length); all.length < count; ) {
    const drawn = randomBytes(length * Math.min(perDraw, count - all.length))
    for (let at = 0; at < drawn.length; at += length) all.push(new Uint8Array(drawn.buffer, at, length))
  }
  return all
}
