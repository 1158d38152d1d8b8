// The sheet with the recovery key of a vault, to print or to save.

import { words } from '../../words.ts'
import { dayOf } from '../app/saveFile.ts'
import type { PrintSheet } from './printSheet.tsx'

/** A vault's name on paper. Null where the person gave it none. */
export const vaultNameOf = (name: string | null): string => name ?? words('recovery.defaultVaultName')

export function recoverySheet(recoveryKey: string, vaultName: string, madeAt: Date): PrintSheet {
  return {
    title: words('sheets.recovery.title'),
    head: [words('sheets.vault', { name: vaultName }), words('sheets.made', { day: dayOf(madeAt) })],
    letters: recoveryKey,
    whatToDo: [
      words('sheets.recovery.keep'),
      words('sheets.recovery.use'),
      words('sheets.recovery.profile'),
      words('sheets.recovery.destroy'),
    ],
    fileName: `fieldseal-recovery-key-${dayOf(madeAt)}`,
  }
}
