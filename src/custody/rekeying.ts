// After the master key was replaced, every document on this device gets a new key of its own, wrapped under the new one.
// One at a time, each written only over what it was made from: whatever stops this, nothing is lost, and it goes on at the
// next unlock. Until then the documents open by the past master keys in the vault.

import { isWrappedNow, rekeyDocument } from '../keyring/documents.ts'
import { masterEpochOf } from '../keyring/masterEpoch.ts'
import { documentKeyring } from '../keyring/rotation.ts'
import { draftsAfter, replaceDraft } from '../storage/drafts.ts'
import { changePreferences, readPreferences } from '../storage/preferences.ts'
import type { Custodian } from './custodian.ts'
import { passDamaged } from './damaged.ts'

const atOnce = 100

/** Does what is left to be done; nothing where the vault is locked. Failure 'full' | 'unavailable'. */
export async function rekeyDocuments(custodian: Custodian): Promise<void> {
  const vault = await custodian.peek()
  if (vault === null) return
  const epoch = masterEpochOf(vault.body)
  if (epoch === 1 || (await readPreferences()).rekeyed === epoch) return
  for (let last: string | null = null; ; ) {
    const rows = await draftsAfter(last, atOnce)
    for (const row of rows) {
      const now = await custodian.peek()
      // Locked, or replaced once more: then another run sees to it.
      if (now === null || masterEpochOf(now.body) !== epoch) return
      const keyring = documentKeyring(now)
      if (isWrappedNow(keyring, row)) continue
      const next = await rekeyDocument(keyring, row, new Date()).catch(passDamaged)
      if (next !== null) await replaceDraft(row, next)
    }
    last = rows.at(-1)?.id ?? null
    if (last === null || rows.length < atOnce) break
  }
  await changePreferences(() => ({ rekeyed: epoch }))
}
