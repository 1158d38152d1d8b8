// When a person is reminded to make a backup: there is something to lose, and no file that holds it.

import * as v from 'valibot'
import type { Vault } from '../../keyring/vault.ts'
import type { Preferences } from '../../storage/preferenceNames.ts'
import { Preference } from '../../storage/preferences.ts'
import { storedObject, storedValue } from '../../storage/storedShape.ts'
import { msPerDay } from '../../time.ts'

/** A vault of a few days has little in it, and its person has just written down a recovery key. */
const firstAfterMs = 7 * msPerDay
const againAfterMs = 90 * msPerDay
const laterMs = 30 * msPerDay

const time = v.nullable(v.pipe(v.number(), v.integer()))

export const backupNotes = new Preference(
  'backup',
  storedObject({
    /** When the last backup was made on this device, milliseconds since 1970. */
    at: storedValue(time, { missing: null }),
    /** Until then nobody is reminded. */
    quietUntil: storedValue(time, { missing: null }),
  }),
)

/**
 * When the last backup was made on this device, milliseconds since 1970, and whether it is time for another. A date more than
 * a day ahead was written by a wrong clock, or by somebody who wants nobody reminded: it counts for nothing.
 */
export function backupState(vault: Vault, preferences: Preferences, now: Date): { at: number | null; due: boolean } {
  const notes = backupNotes.readFrom(preferences)
  const latest = now.getTime() + msPerDay
  const backupAt = notes.at !== null && notes.at <= latest ? notes.at : null
  const since = backupAt ?? createdAtOf(vault)
  const old = since > latest || now.getTime() - since > (backupAt === null ? firstAfterMs : againAfterMs)
  const { quietUntil } = notes
  const quiet = quietUntil !== null && now.getTime() < quietUntil && quietUntil <= latest + laterMs
  return { at: backupAt, due: old && !quiet }
}

export async function recordBackup(now: Date): Promise<void> {
  await backupNotes.change(() => ({ at: now.getTime(), quietUntil: null }))
}

/** Not to be reminded for 30 days. */
export async function snoozeReminder(now: Date): Promise<void> {
  const quietUntil = now.getTime() + laterMs
  await backupNotes.change((before) => ({ ...before, quietUntil }))
}

/** The date of the oldest key in it that was made in it. */
function createdAtOf({ body }: Vault): number {
  const own = body.circles.flatMap(({ keys }) => keys.filter(({ from }) => from === undefined))
  return Math.min(...own.map(({ createdAt }) => Date.parse(createdAt)))
}
