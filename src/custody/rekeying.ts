// After the master key was replaced, every document on this device gets a new key of its own, wrapped under the new one.
// Each is written only over what it was made from: whatever stops this, nothing is lost, and it goes on at the next unlock.
// Until then the documents open by the past master keys in the vault.

import { Failure } from '../failure.ts'
import { notWrappedNow, rekeyDocuments as rekeyed } from '../keyring/documents.ts'
import { masterEpochOf } from '../keyring/masterEpoch.ts'
import { documentKeyring } from '../keyring/rotation.ts'
import type { Vault } from '../keyring/vault.ts'
import { draftsAfter, replaceDraft } from '../storage/drafts.ts'
import { changePreferences, readPreferences } from '../storage/preferences.ts'
import type { Custodian } from './custodian.ts'

const atOnce = 100

/** Does what is left to be done; nothing where the vault is locked. Failure 'full' | 'unavailable'. */
export async function rekeyDocuments(custodian: Custodian): Promise<void> {
  const vault = await custodian.peek()
  if (vault === null) return
  const epoch = masterEpochOf(vault.body)
  if (epoch === 1 || (await readPreferences()).rekeyed === epoch) return
  for (let last: string | null = null; ; ) {
    const rows = await draftsAfter(last, atOnce)
    const now = await stillOpen(custodian, epoch)
    if (now === null) return
    const keyring = documentKeyring(now)
    const old = notWrappedNow(keyring, rows)
    const next = await rekeyed(keyring, old, new Date())
    for (const [at, row] of old.entries()) {
      const document = next[at]
      // What is damaged stays as it lies.
      if (document === undefined || document instanceof Failure) continue
      if ((await stillOpen(custodian, epoch)) === null) return
      await replaceDraft(row, document)
    }
    last = rows.at(-1)?.id ?? null
    if (last === null || rows.length < atOnce) break
  }
  await changePreferences(() => ({ rekeyed: epoch }))
}

/** Null where it was locked, or the master key replaced once more: then another run sees to it. */
async function stillOpen(custodian: Custodian, epoch: number): Promise<Vault | null> {
  const vault = await custodian.peek()
  return vault !== null && masterEpochOf(vault.body) === epoch ? vault : null
}
