// The two ciphers: XChaCha20-Poly1305 for keys and small values, the platform's AES-256-GCM for content.
// Nonces are drawn here and are never parameters. A ciphertext that does not authenticate gives null: only the caller knows
// whether that means a wrong secret or damage. Knows no format but `nonce ‖ ciphertext`. FORMAT.md §1.

import { xchacha20poly1305 } from '@noble/ciphers/chacha.js'
import { type Bytes, concat, type KeyEncryptionKey, randomBytes } from '../bytes.ts'

const smallNonceBytes = 24
const contentNonceBytes = 12
const tagBytes = 16
const noNonce = new Uint8Array(contentNonceBytes)

/** A non-extractable key: the platform holds it and never reveals its bytes. */
export type PlatformKey = Awaited<ReturnType<typeof crypto.subtle.importKey>>

/** nonce:24 ‖ XChaCha20-Poly1305; 40 bytes longer than `bytes`. The key has 32 bytes. */
export function sealSmall(key: Bytes, bytes: Uint8Array, aad: Uint8Array): Bytes {
  const nonce = randomBytes(smallNonceBytes)
  return concat(nonce, xchacha20poly1305(key, nonce, aad).encrypt(bytes))
}

/** The inverse of sealSmall; null if it does not authenticate. */
export function openSmall(key: Bytes, sealed: Uint8Array, aad: Uint8Array): Bytes | null {
  if (sealed.length < smallNonceBytes + tagBytes) return null
  const cipher = xchacha20poly1305(key, sealed.subarray(0, smallNonceBytes), aad)
  try {
    return new Uint8Array(cipher.decrypt(sealed.subarray(smallNonceBytes)))
  } catch {
    return null
  }
}

/** Wraps a key of 32 bytes under another, to 72 bytes. */
export function wrapKey(under: KeyEncryptionKey, key: Bytes, aad: Uint8Array): Bytes {
  return sealSmall(under, key, aad)
}

/** The inverse of wrapKey, 32 bytes; null if it does not authenticate or is not 72 bytes long. */
export function unwrapKey(under: KeyEncryptionKey, wrapped: Uint8Array, aad: Uint8Array): Bytes | null {
  return wrapped.length === wrappedKeyBytes ? openSmall(under, wrapped, aad) : null
}

/** Bytes of a wrapped key: nonce:24 ‖ key:32 ‖ tag:16. */
export const wrappedKeyBytes = smallNonceBytes + 32 + tagBytes

/** nonce:12 ‖ AES-256-GCM; 28 bytes longer than `bytes`. The key has 32 bytes. */
export async function sealContent(key: Bytes, bytes: Bytes, aad: Bytes): Promise<Bytes> {
  const nonce = randomBytes(contentNonceBytes)
  const imported = await contentKey(key, 'encrypt')
  return concat(nonce, new Uint8Array(await crypto.subtle.encrypt(gcm(nonce, aad), imported, bytes)))
}

/** The inverse of sealContent; null if it does not authenticate. */
export async function openContent(key: Bytes, sealed: Bytes, aad: Bytes): Promise<Bytes | null> {
  if (sealed.length < contentNonceBytes + tagBytes) return null
  const nonce = sealed.subarray(0, contentNonceBytes)
  const imported = await contentKey(key, 'decrypt')
  try {
    return new Uint8Array(await crypto.subtle.decrypt(gcm(nonce, aad), imported, sealed.subarray(contentNonceBytes)))
  } catch {
    return null
  }
}

/** Imports 32 bytes as a non-extractable key for AES-256-GCM. */
export function contentKey(key: Bytes, usage: 'encrypt' | 'decrypt'): Promise<PlatformKey> {
  return crypto.subtle.importKey('raw', key, 'AES-GCM', false, [usage])
}

/** Content under a key that seals nothing else, so that the nonce may be zero. FORMAT.md §3.1. */
export interface SingleUse {
  readonly key: PlatformKey
  readonly bytes: Bytes
  readonly aad: Bytes
}

/** Seals each item by AES-256-GCM under its own key, all in parallel; each result is 16 bytes longer than its `bytes`. */
export async function sealEach(all: readonly SingleUse[]): Promise<Bytes[]> {
  const sealed = await Promise.all(
    all.map(({ key, bytes, aad }) => crypto.subtle.encrypt(gcm(noNonce, aad), key, bytes)),
  )
  return sealed.map((result) => new Uint8Array(result))
}

/** The inverse of sealEach; null for each item that does not authenticate. */
export async function openEach(all: readonly SingleUse[]): Promise<(Bytes | null)[]> {
  const opening = all.map(({ key, bytes, aad }) => crypto.subtle.decrypt(gcm(noNonce, aad), key, bytes))
  // The fast path: usually all of them open.
  const whole = await Promise.all(opening).catch(() => null)
  if (whole !== null) return whole.map((result) => new Uint8Array(result))
  const opened = await Promise.allSettled(opening)
  return opened.map((result) => (result.status === 'fulfilled' ? new Uint8Array(result.value) : null))
}

function gcm(iv: Bytes, additionalData: Bytes) {
  return { name: 'AES-GCM' as const, iv, additionalData }
}
