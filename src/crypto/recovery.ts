// The recovery key as written on paper: 128 random bits. Derives and stores nothing. FORMAT.md §5.

import { type RecoverySecret, randomBytes } from '../bytes.ts'
import { Failure } from '../failure.ts'
import { Bech32Code, type Diagnosis } from './bech32Code.ts'

const secretBytes = 16
const recoveryText = new Bech32Code('fsrk', secretBytes)

/** A new recovery key: 16 random bytes. FORMAT.md §5. */
export function newRecoverySecret(): RecoverySecret {
  return randomBytes(secretBytes) as RecoverySecret
}

/** The 16 bytes as 8 groups of 4 capital letters and digits, joined by `-`. FORMAT.md §5. */
export function formatRecovery(secret: RecoverySecret): string {
  return recoveryText.format(secret)
}

/** The 16 bytes, from any case and spacing. Failure `mistyped`. FORMAT.md §5. */
export function parseRecovery(text: string): RecoverySecret {
  const secret = recoveryText.read(text)
  if (!secret) throw new Failure('mistyped')
  return secret as RecoverySecret
}

/** Never says what the key should have been: at most which group to check. */
export function diagnoseRecovery(text: string): Diagnosis {
  return recoveryText.diagnose(text)
}
