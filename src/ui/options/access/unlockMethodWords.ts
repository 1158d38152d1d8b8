// The sentences on unlock methods, and how their list changes.

import type { ComponentChildren } from 'preact'
import type { PasskeyMethod, UnlockMethod } from '../../../messages/vault/unlockMethods.ts'
import { words } from '../../../words.ts'
import { formatMediumDay } from '../../app/format.ts'

/** Runs `work` and loads the list again; then `sentence` is shown. */
export type ChangeUnlockMethods = (work: () => Promise<unknown>, sentence: ComponentChildren) => Promise<boolean>

/** The name of a method, and details of it. */
export function wordsFor(method: Exclude<UnlockMethod, PasskeyMethod>): readonly [name: string, details: string] {
  switch (method.kind) {
    case 'password': {
      const values = { day: formatDay(method.since), memory: method.memoryKiB / 1024, passes: method.passes }
      return [words('optionsAccess.methods.password'), words('optionsAccess.methods.passwordDetails', values)]
    }
    case 'recovery':
      return [
        words('optionsAccess.methods.recovery'),
        words('optionsAccess.methods.recoveryDetails', { day: formatDay(method.since) }),
      ]
    case 'shares': {
      const values = { threshold: method.threshold, count: method.count, day: formatDay(method.since) }
      return [words('optionsAccess.methods.shares'), words('optionsAccess.methods.sharesDetails', values)]
    }
    case 'other':
      return [words('optionsAccess.methods.unknown'), words('optionsAccess.methods.unknownDetails')]
  }
}

export function formatDay(date: string): string {
  return formatMediumDay(new Date(date))
}
