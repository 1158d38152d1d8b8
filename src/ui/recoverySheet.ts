// The recovery sheet: the recovery key of a vault, as it is printed or saved.

import type { Sheet } from './paper.tsx'
import { dayOf } from './saveFile.ts'

export const defaultVaultName = 'My vault'

export function recoverySheet(recoveryKey: string, vaultName: string, at: Date): Sheet {
  return {
    title: 'Fieldseal recovery sheet',
    head: [`Vault: ${vaultName}`, `Made on ${dayOf(at)}`],
    letters: recoveryKey,
    whatToDo: [
      'Keep this sheet where only you find it, and not on the device it is for.',
      'If you forget your password: open the Fieldseal popup, choose “Forgot your password?”, and type this key. The square holds the same key, for a device of yours that can scan it.',
      'It opens the vault together with the browser profile that holds it. Fieldseal keeps no copy of either.',
      'When you replace the recovery key, destroy this sheet: it no longer opens anything.',
    ],
    fileName: `fieldseal-recovery-key-${dayOf(at)}`,
  }
}
