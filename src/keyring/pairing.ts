// The bundle of a pairing: the stored vault record, and the vault's name for the person who takes it in. Sealed under the one-time
// code; the contents of the record stay under the vault's own password. FORMAT.md §10.2.

import * as v from 'valibot'
import { type Bytes, type PairingCode, utf8 } from '../bytes.ts'
import { openPairing, sealPairing } from '../crypto/pairing.ts'
import { readUtf8 } from '../crypto/utf8.ts'
import { Failure } from '../failure.ts'
import { msPerMinute } from '../time.ts'
import { maxBodyCharacters, parseRecord, type VaultHeader, type VaultRecord } from './record.ts'
import { maxNameChars, vaultName } from './recoveryNotes.ts'
import { parseJson } from './shapes.ts'
import type { Vault } from './vault.ts'

/** The longest record, with the quotes of its header escaped, and a name. */
const maxBundleBytes = maxBodyCharacters + 2 * 64 * 1024 + 1024

const contents = v.strictObject({
  name: v.pipe(v.string(), v.maxLength(maxNameChars)),
  record: v.strictObject({ header: v.string(), body: v.string() }),
})

/** The contents of a bundle. Trust nothing of it before the vault's own password opens the record. */
export interface PairedVault {
  readonly name: string
  /** Milliseconds since 1970, in whole minutes. */
  readonly madeAt: number
  readonly record: VaultRecord
  readonly header: VaultHeader
}

/** Seals a bundle under a one-time code of 14 words, dated in minutes. FORMAT.md §10.2. */
export function makeBundle({ record, body }: Pick<Vault, 'record' | 'body'>, code: PairingCode, now: Date): Bytes {
  const minutes = Math.floor(now.getTime() / msPerMinute)
  return sealPairing(code, minutes, utf8(JSON.stringify({ name: vaultName(body), record })))
}

/**
 * Opens a bundle. Failure `wrong-secret`: another code, or altered since; `damaged`, `newer-version`, `weakened`, as openPairing
 * and parseRecord. FORMAT.md §10.2.
 */
export function openBundle(bundle: Bytes, code: PairingCode): PairedVault {
  if (bundle.length > maxBundleBytes) throw new Failure('damaged')
  const { minutes, bytes } = openPairing(code, bundle)
  const found = v.safeParse(contents, parseJson(readUtf8(bytes)))
  if (!found.success) throw new Failure('damaged')
  return { name: found.output.name, madeAt: minutes * msPerMinute, ...parseRecord(found.output.record) }
}
