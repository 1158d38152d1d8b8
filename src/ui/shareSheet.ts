// The sheet that one person gets with a share: which it is, of which vault, and what to do when they are asked for it.

import type { Sheet } from './paper.tsx'
import { dayOf } from './saveFile.ts'

export interface SharePaper {
  /** As it is written. */
  readonly share: string
  /** From 1. */
  readonly number: number
  readonly threshold: number
  readonly count: number
  /** Who keeps it; empty when no name was given. */
  readonly holder: string
  readonly vaultName: string
  readonly at: Date
}

export function shareSheet({ share, number, threshold, count, holder, vaultName, at }: SharePaper): Sheet {
  return {
    title: `Fieldseal share ${number} of ${count}`,
    head: [...(holder === '' ? [] : [`For ${holder}`]), `Vault: ${vaultName}`, `Made on ${dayOf(at)}`],
    letters: share,
    whatToDo: [
      `${together(threshold, count)} This one alone says nothing about it.`,
      'Keep it where only you find it. Please make no copy and put it into no message.',
      'Should the owner ask for it, make sure that it is really them: hear their voice, or meet them.',
      'The owner opens the Fieldseal popup on their own device, chooses “Forgot your password?”, then “Use shares instead”, and types it there. The square holds the same letters.',
      'When the owner makes new shares, destroy this one: it no longer opens anything.',
    ],
    fileName: `fieldseal-share-${number}-of-${count}-${dayOf(at)}`,
  }
}

/** What the two numbers mean, in words. */
export function together(threshold: number, count: number): string {
  return threshold === count
    ? `All ${count} shares together open everything in the vault.`
    : `Any ${threshold} of the ${count} shares together open everything in the vault.`
}
