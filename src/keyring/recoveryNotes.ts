// What the vault's body remembers about recovery, beside the slots: the vault's name for printed sheets, when the recovery key was
// last tested, who holds which share. Sealed with the body; a malformed note counts as none. Knows no clock. FORMAT.md §6.3.

import * as v from 'valibot'
import { maxShares } from '../crypto/shares.ts'
import { msPerDay } from '../time.ts'
import type { VaultBody } from './body.ts'
import { isRecoverySlot } from './record.ts'
import { binaryText, isoDate } from './shapes.ts'
import { sharesSlotOf } from './shares.ts'
import type { Vault } from './vault.ts'

/** The name of a vault without one. */
const defaultName = 'My vault'
/** The longest name of a vault or of a holder, in characters. */
export const maxNameChars = 60
/** How old an untested recovery key is before a reminder, and how long "not now" postpones it. */
const untestedDays = 3
const notNowDays = 30

const nameShape = v.pipe(v.string(), v.minLength(1), v.maxLength(maxNameChars))
const holdersShape = v.object({
  set: binaryText(4),
  names: v.pipe(v.array(v.pipe(v.string(), v.maxLength(maxNameChars))), v.maxLength(maxShares)),
})
const endedShape = v.object({
  at: isoDate,
  threshold: v.pipe(v.number(), v.safeInteger(), v.minValue(2), v.maxValue(maxShares)),
  names: v.pipe(holdersShape.entries.names, v.minLength(2)),
})

/** The settings of the body that are about recovery, by their names. */
export interface RecoveryNotes {
  readonly name?: string | undefined
  readonly recoveryTestedAt?: string | undefined
  /** When the person chose "not now" at the reminder. */
  readonly recoveryNotNowAt?: string | undefined
  /** Who has which share of the set; empty for an unnamed holder. */
  readonly shareHolders?: v.InferOutput<typeof holdersShape> | undefined
  /** Shares were used to set a new password, and still open the vault. */
  readonly sharesUsed?: true | undefined
  /** The shares that a new master key made worthless, until others are made or the person wants none. */
  readonly sharesEnded?: v.InferOutput<typeof endedShape> | undefined
}

/** Clears the notes about a recovery key that is replaced. */
export const clearedKeyNotes = { renewRecovery: undefined, recoveryTestedAt: undefined, recoveryNotNowAt: undefined }

/** The name of the vault, 1 to 60 characters. */
export function vaultName(body: VaultBody): string {
  return givenName(body) ?? defaultName
}

/** The name that a person gave the vault; null where none did. */
export function givenName(body: VaultBody): string | null {
  return parseNote(nameShape, body.settings?.name)
}

/** When the newest recovery key was made, as an ISO date; null without one. */
export function recoveryKeyDate({ header }: Pick<Vault, 'header'>): string | null {
  const dates = header.slots.filter(isRecoverySlot).map(({ createdAt }) => createdAt)
  return dates.sort().at(-1) ?? null
}

/** When the current recovery key was last tested, as an ISO date; null if never. */
export function testedAt(vault: Pick<Vault, 'header' | 'body'>): string | null {
  const tested = parseNote(isoDate, vault.body.settings?.recoveryTestedAt)
  const made = recoveryKeyDate(vault)
  return tested !== null && made !== null && tested >= made ? tested : null
}

/** Whether it is time to remind the person to test the recovery key. */
export function isTestDue(vault: Pick<Vault, 'header' | 'body'>, now: Date): boolean {
  const made = recoveryKeyDate(vault)
  const { renewRecovery, recoveryNotNowAt } = vault.body.settings ?? {}
  // A key that is to be replaced needs no test.
  if (made === null || testedAt(vault) !== null || renewRecovery === true) return false
  const notNow = parseNote(isoDate, recoveryNotNowAt)
  const ago = (date: string) => now.getTime() - Date.parse(date)
  // A date in the future is from a wrong clock, or from someone who wants to silence the reminder.
  const putOff = notNow !== null && ago(notNow) < notNowDays * msPerDay && ago(notNow) >= -msPerDay
  return ago(made) >= untestedDays * msPerDay && !putOff
}

/** The names of the holders of the current shares, in the order of the shares; null without a slot of shares. */
export function shareHolders({ header, body }: Pick<Vault, 'header' | 'body'>): readonly string[] | null {
  const slot = sharesSlotOf(header)
  if (slot === null) return null
  const holders = parseNote(holdersShape, body.settings?.shareHolders)
  const names = holders?.set === slot.set ? holders.names : []
  return Array.from({ length: slot.count }, (_, index) => names[index] ?? '')
}

/** The notes to write when a new master key makes the current shares worthless; none without a slot of shares. */
export function endOfShares(vault: Pick<Vault, 'header' | 'body'>, now: Date): RecoveryNotes {
  const [slot, names] = [sharesSlotOf(vault.header), shareHolders(vault)]
  if (slot === null || names === null) return {}
  const sharesEnded = { at: now.toISOString(), threshold: slot.threshold, names: [...names] }
  return { shareHolders: undefined, sharesUsed: undefined, sharesEnded }
}

/** The shares that ended with an earlier master key, unless others replaced them. */
export function endedShares({ header, body }: Pick<Vault, 'header' | 'body'>): RecoveryNotes['sharesEnded'] | null {
  return sharesSlotOf(header) === null ? parseNote(endedShape, body.settings?.sharesEnded) : null
}

function parseNote<Shape extends v.GenericSchema>(shape: Shape, value: unknown): v.InferOutput<Shape> | null {
  const read = v.safeParse(shape, value)
  return read.success ? read.output : null
}
