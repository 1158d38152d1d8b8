// The one-time code of a pairing, and the bundle sealed under it on its way from one browser to another. A person reads the
// code off one screen and types it into the other; it never travels with the bundle. Stores nothing, knows no clock.
// FORMAT.md §10.1 and §10.2.

import { type Bytes, concat, type KeyEncryptionKey, type PairingCode, randomBytes, utf8 } from '../bytes.ts'
import { Failure } from '../failure.ts'
import { openSmall, sealSmall } from './aead.ts'
import { Bech32Words, type Diagnosis } from './bech32Code.ts'
import { derive } from './kdf.ts'

const context = 'fieldseal/v1/pairing'
const version = 1
const codeWords = 14
const minutesBytes = 4
const saltBytes = 16
const headBytes = 1 + minutesBytes + saltBytes
const codeText = new Bech32Words('fspc', codeWords)

/** A new code: 14 words of 5 bits, 70 random bits. Valid for one showing. FORMAT.md §10.1. */
export function newPairingCode(): PairingCode {
  return randomBytes(codeWords).map((byte) => byte & 31) as PairingCode
}

/** 5 groups of 4 capital letters and digits, joined by `-`. FORMAT.md §10.1. */
export function formatPairingCode(code: PairingCode): string {
  return codeText.formatWords(code)
}

/** The 14 words, from any case and spacing. Failure `mistyped`. FORMAT.md §10.1. */
export function parsePairingCode(text: string): PairingCode {
  const code = codeText.readWords(text)
  if (!code) throw new Failure('mistyped')
  return code as PairingCode
}

/** Never says what the code should have been: at most which group to check. */
export function diagnosePairingCode(text: string): Diagnosis {
  return codeText.diagnose(text)
}

/**
 * version:1 ‖ minutes:4 ‖ salt:16 ‖ nonce:24 ‖ XChaCha20-Poly1305, 61 bytes longer than `bytes`. `minutes` since 1970.
 * FORMAT.md §10.2.
 */
export function sealPairing(code: PairingCode, minutes: number, bytes: Uint8Array): Bytes {
  const head = new Uint8Array(1 + minutesBytes)
  head[0] = version
  new DataView(head.buffer).setUint32(1, minutes)
  const salt = randomBytes(saltBytes)
  return concat(head, salt, sealSmall(keyOf(code, salt), bytes, aadOf(concat(head, salt))))
}

/**
 * The inverse of sealPairing. Failure `newer-version`; `damaged`: too short; `wrong-secret`: sealed under another code, or
 * altered since. FORMAT.md §10.2.
 */
export function openPairing(code: PairingCode, sealed: Bytes): { readonly minutes: number; readonly bytes: Bytes } {
  const head = sealed.subarray(0, headBytes)
  if (head[0] !== undefined && head[0] > version) throw new Failure('newer-version')
  if (head.length < headBytes || head[0] !== version) throw new Failure('damaged')
  const salt = head.slice(1 + minutesBytes)
  const bytes = openSmall(keyOf(code, salt), sealed.subarray(headBytes), aadOf(head))
  if (!bytes) throw new Failure('wrong-secret')
  return { minutes: new DataView(head.slice().buffer).getUint32(1), bytes }
}

function keyOf(code: PairingCode, salt: Bytes): KeyEncryptionKey {
  return derive(code, salt, context, 32) as KeyEncryptionKey
}

function aadOf(head: Uint8Array): Bytes {
  return concat(utf8(context), head)
}
