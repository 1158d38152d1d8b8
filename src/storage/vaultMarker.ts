// Remembers that there was a vault on this device, so that a vault whose data the browser has removed is not mistaken for none.
// It lies in storage.local, which both browsers keep apart from IndexedDB, and delete with the extension. Nothing of the vault is
// in it, and nothing is decided by it but what a window says: whoever can write there can make a window say it.

import { browser } from 'wxt/browser'

const key = 'vaultWasHere'

/** Call it once the record lies on the disk, and not before. Where it can't be written nothing is lost but the explanation. */
export async function markVaultPresent(): Promise<void> {
  try {
    if (!(await wasVaultPresent())) await browser.storage.local.set({ [key]: true })
  } catch {
    // The next look at the vault tries again.
  }
}

/** Whether there was a vault at some time. True while there is one, too. */
export async function wasVaultPresent(): Promise<boolean> {
  try {
    return (await browser.storage.local.get(key))[key] === true
  } catch {
    return false
  }
}
