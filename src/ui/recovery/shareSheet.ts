// The sheet that one person gets with a share: its number, its vault, and what to do when the owner asks for it.

import { counted, words } from '../../words.ts'
import { dayOf } from '../app/saveFile.ts'
import type { PrintSheet } from './printSheet.tsx'

export interface ShareSheetDetails {
  /** Its written form. */
  readonly share: string
  /** From 1. */
  readonly number: number
  readonly threshold: number
  readonly count: number
  /** Who keeps it; empty when no name was given. */
  readonly holder: string
  readonly vaultName: string
  readonly madeAt: Date
}

export function shareSheet({
  share,
  number,
  threshold,
  count,
  holder,
  vaultName,
  madeAt,
}: ShareSheetDetails): PrintSheet {
  return {
    title: words('sheets.share.title', { number, count }),
    head: [
      ...(holder === '' ? [] : [words('sheets.share.holder', { name: holder })]),
      words('sheets.vault', { name: vaultName }),
      words('sheets.made', { day: dayOf(madeAt) }),
    ],
    letters: share,
    whatToDo: [
      [thresholdSentence(threshold, count), words('sheets.share.alone')].join(' '),
      words('sheets.share.keep'),
      words('sheets.share.verify'),
      words('sheets.share.use'),
      words('sheets.share.destroy'),
    ],
    fileName: `fieldseal-share-${number}-of-${count}-${dayOf(madeAt)}`,
  }
}

/** How many of how many shares open the vault. */
export function thresholdSentence(threshold: number, count: number): string {
  return threshold === count
    ? counted('recovery.shares.thresholdAll', { n: count })
    : counted('recovery.shares.threshold', { n: count, threshold })
}
