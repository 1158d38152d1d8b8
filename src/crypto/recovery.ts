// The recovery key as it is written on paper: 128 random bits. Derives and stores nothing. FORMAT.md §5.

import { type RecoverySecret, randomBytes } from '../bytes.ts'
import { Failure } from '../failure.ts'
import { type Diagnosis, Written } from './written.ts'

const secretBytes = 16
const written = new Written('fsrk', secretBytes)

export function newRecoverySecret(): RecoverySecret {
  return randomBytes(secretBytes) as RecoverySecret
}

/** 16 bytes as 8 groups of 4 capital letters and digits, joined by `-`. */
export function formatRecovery(secret: RecoverySecret): string {
  return written.format(secret)
}

/** The 16 bytes, from any case and any spacing. Failure `mistyped` when it is not a recovery key. */
export function parseRecovery(text: string): RecoverySecret {
  const secret = written.read(text)
  if (!secret) throw new Failure('mistyped')
  return secret as RecoverySecret
}

/** Never says what the key should have been: at most where to look. */
export function diagnoseRecovery(text: string): Diagnosis {
  return written.diagnose(text)
}
