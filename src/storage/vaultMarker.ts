// Remembers that this device had a vault, so that a vault whose data the browser removed is not mistaken for none. It is in
// storage.local, which both browsers keep apart from IndexedDB, and delete with the extension. It contains nothing of the vault,
// and decides only what a window says: anyone who can write there can make a window say it.

import { browser } from 'wxt/browser'

const key = 'vaultWasHere'

/** Call it only once the record is on the disk. If it can't be written, only the explanation is lost. */
export async function markVaultPresent(): Promise<void> {
  try {
    if (!(await wasVaultPresent())) await browser.storage.local.set({ [key]: true })
  } catch {
    // The next read of the vault tries again.
  }
}

/** Whether this device has or had a vault. */
export async function wasVaultPresent(): Promise<boolean> {
  try {
    return (await browser.storage.local.get(key))[key] === true
  } catch {
    return false
  }
}
