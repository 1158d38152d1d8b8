// The recovery key as it is written on paper: 128 random bits with the checksum of bech32m, and what can be said about
// a mistyped one without saying what it should have been. Derives and stores nothing. FORMAT.md §5.

import { bech32m } from '@scure/base'
import { type RecoverySecret, randomBytes } from '../bytes.ts'
import { Failure } from '../failure.ts'

const prefix = 'fsrk'
const alphabet = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l'
const secretBytes = 16
const keyLetters = 32
const groupLetters = 4

export function newRecoverySecret(): RecoverySecret {
  return randomBytes(secretBytes) as RecoverySecret
}

/** 16 bytes as 8 groups of 4 capital letters and digits, joined by `-`. */
export function formatRecovery(secret: RecoverySecret): string {
  const letters = bech32m.encodeFromBytes(prefix, secret).slice(prefix.length + 1)
  return (letters.toUpperCase().match(/.{4}/g) ?? []).join('-')
}

/** The 16 bytes, from any case and any spacing. Failure `mistyped` when it is not a recovery key. */
export function parseRecovery(text: string): RecoverySecret {
  const secret = readLetters(lettersOf(text))
  if (!secret) throw new Failure('mistyped')
  return secret
}

/**
 * What is wrong with a recovery key that was typed. Groups are counted from 1. `letter`: a character that no recovery
 * key has; `length`: not 32 letters; `group`: one changed letter, or two neighbours the other way round, would explain
 * it, and (the first of) them would be in that group; `somewhere`: more than that.
 */
export type Diagnosis =
  | { kind: 'fine' }
  | { kind: 'length'; letters: number }
  | { kind: 'letter'; group: number }
  | { kind: 'group'; group: number }
  | { kind: 'somewhere' }

/** Never says what the key should have been: at most where to look. */
export function diagnoseRecovery(text: string): Diagnosis {
  const letters = lettersOf(text)
  const foreign = Array.from(letters).findIndex((letter) => !alphabet.includes(letter))
  if (foreign >= 0) return { kind: 'letter', group: groupOf(foreign) }
  if (letters.length !== keyLetters) return { kind: 'length', letters: letters.length }
  if (readLetters(letters)) return { kind: 'fine' }
  const groups = new Set<number>()
  for (let at = 0; at < keyLetters; at++) if (slips(letters, at).some(readLetters)) groups.add(groupOf(at))
  const [only, ...more] = groups
  return only === undefined || more.length > 0 ? { kind: 'somewhere' } : { kind: 'group', group: only }
}

/** Every other letter in this place, and this letter changed over with the next. */
function slips(letters: string, at: number): string[] {
  const before = letters.slice(0, at)
  const others = Array.from(alphabet, (letter) => before + letter + letters.slice(at + 1))
  return [...others, before + letters.charAt(at + 1) + letters.charAt(at) + letters.slice(at + 2)]
}

function readLetters(letters: string): RecoverySecret | null {
  if (letters.length !== keyLetters) return null
  try {
    const read = bech32m.decodeToBytes(`${prefix}1${letters}`)
    return read.prefix === prefix ? (new Uint8Array(read.bytes) as RecoverySecret) : null
  } catch {
    return null
  }
}

function lettersOf(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\s\p{Pd}\p{Cf}\u2212]+/gu, '')
    .toLowerCase()
}

function groupOf(position: number): number {
  return Math.floor(position / groupLetters) + 1
}
