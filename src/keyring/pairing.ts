// What a pairing carries: the vault record as it is stored, and the vault's name for whoever takes it in. Sealed under the
// one-time code; what the record holds is still under the vault's own password. FORMAT.md §10.2.

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

/** The longest record, with its header's quotes escaped, and a name. */
const bytesAtMost = maxBodyCharacters + 2 * 64 * 1024 + 1024

const contents = v.strictObject({
  name: v.pipe(v.string(), v.maxLength(maxNameChars)),
  record: v.strictObject({ header: v.string(), body: v.string() }),
})

/** What a bundle is found to hold. Nothing of it is to be believed before the vault's own password opens the record. */
export interface PairedVault {
  readonly name: string
  /** Milliseconds since 1970, in whole minutes. */
  readonly madeAt: number
  readonly record: VaultRecord
  readonly header: VaultHeader
}

export function makeBundle({ record, body }: Pick<Vault, 'record' | 'body'>, code: PairingCode, now: Date): Bytes {
  const minutes = Math.floor(now.getTime() / msPerMinute)
  return sealPairing(code, minutes, utf8(JSON.stringify({ name: vaultName(body), record })))
}

/** Failure `wrong-secret`: another code, or altered since; `damaged` | `newer-version` | `weakened`, as openPairing and parseRecord. */
export function openBundle(bundle: Bytes, code: PairingCode): PairedVault {
  if (bundle.length > bytesAtMost) throw new Failure('damaged')
  const { minutes, bytes } = openPairing(code, bundle)
  const found = v.safeParse(contents, parseJson(readUtf8(bytes)))
  if (!found.success) throw new Failure('damaged')
  return { name: found.output.name, madeAt: minutes * msPerMinute, ...parseRecord(found.output.record) }
}
