// When a person is reminded to make a backup: there is something to lose, and no file that holds it.

import * as v from 'valibot'
import type { Vault } from '../keyring/vault.ts'
import type { Preferences } from '../storage/database.ts'
import { changePreferences } from '../storage/preferences.ts'

const dayMs = 86_400_000
/** A vault of a few days has little in it, and its person has just written down a recovery key. */
const firstAfterMs = 7 * dayMs
const againAfterMs = 90 * dayMs
const laterMs = 30 * dayMs

const time = v.nullable(v.pipe(v.number(), v.integer()))
const kept = v.object({ at: time, quietUntil: time })
type Kept = v.InferOutput<typeof kept>

/** When the last backup was made on this device, milliseconds since 1970, and whether it is time for another. */
export function backupState(vault: Vault, { backup }: Preferences, now: Date): { at: number | null; due: boolean } {
  const { at, quietUntil } = parse(backup)
  const since = at ?? madeAt(vault)
  const old = now.getTime() - since > (at === null ? firstAfterMs : againAfterMs)
  const quiet = quietUntil !== null && now.getTime() < quietUntil && quietUntil <= now.getTime() + laterMs
  return { at, due: old && !quiet }
}

export async function noteBackup(now: Date): Promise<void> {
  await changePreferences(() => ({ backup: { at: now.getTime(), quietUntil: null } }))
}

/** Not to be reminded for 30 days. */
export async function remindLater(now: Date): Promise<void> {
  const quietUntil = now.getTime() + laterMs
  await changePreferences(({ backup }) => ({ backup: { at: parse(backup).at, quietUntil } }))
}

function parse(backup: unknown): Kept {
  const found = v.safeParse(kept, backup)
  return found.success ? found.output : { at: null, quietUntil: null }
}

/** The date of the oldest key in it that was made in it. */
function madeAt({ body }: Vault): number {
  const own = body.circles.flatMap(({ keys }) => keys.filter(({ from }) => from === undefined))
  return Math.min(...own.map(({ createdAt }) => Date.parse(createdAt)))
}
