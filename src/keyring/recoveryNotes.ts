// What a vault's body remembers about ways back into it, beside the slots themselves: the vault's name for the printed sheets,
// when the recovery key was last tested, who holds which share. Sealed with the body; a note that is not well-formed
// counts as none. Knows no clock. FORMAT.md §6.3.

import * as v from 'valibot'
import { maxShares } from '../crypto/shares.ts'
import { msPerDay } from '../time.ts'
import type { VaultBody } from './body.ts'
import { isRecoverySlot } from './record.ts'
import { binaryText, isoDate } from './shapes.ts'
import { sharesSlotOf } from './shares.ts'
import type { Vault } from './vault.ts'

export const defaultName = 'My vault'
export const maxNameChars = 60
/** How old a recovery key is before anyone is asked whether it was tested, and for how long "not now" holds. */
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
  /** "Not now" was said to the reminder. */
  readonly recoveryNotNowAt?: string | undefined
  /** Who has which share of the set; an empty name where none was given. */
  readonly shareHolders?: v.InferOutput<typeof holdersShape> | undefined
  /** Shares were used to set a new password, and are still good. */
  readonly sharesUsed?: true | undefined
  /** The shares that a new master key has made worthless, until others are made or it is said that none are wanted. */
  readonly sharesEnded?: v.InferOutput<typeof endedShape> | undefined
}

/** The notes that end with a recovery key, when another takes its place. */
export const clearedKeyNotes = { renewRecovery: undefined, recoveryTestedAt: undefined, recoveryNotNowAt: undefined }

export function vaultName(body: VaultBody): string {
  return noteOf(nameShape, body.settings?.name) ?? defaultName
}

/** When the newest recovery key was made; null for a vault without one. */
export function recoveryKeyDate({ header }: Pick<Vault, 'header'>): string | null {
  const dates = header.slots.filter(isRecoverySlot).map(({ createdAt }) => createdAt)
  return dates.sort().at(-1) ?? null
}

/** When the recovery key that is in force now was last tested; null when it never was. */
export function testedAt(vault: Pick<Vault, 'header' | 'body'>): string | null {
  const tested = noteOf(isoDate, vault.body.settings?.recoveryTestedAt)
  const made = recoveryKeyDate(vault)
  return tested !== null && made !== null && tested >= made ? tested : null
}

/** Whether it is time to say that the recovery key was never tested. */
export function testDue(vault: Pick<Vault, 'header' | 'body'>, now: Date): boolean {
  const made = recoveryKeyDate(vault)
  const { renewRecovery, recoveryNotNowAt } = vault.body.settings ?? {}
  // One that is to be replaced anyway need not be tested.
  if (made === null || testedAt(vault) !== null || renewRecovery === true) return false
  const notNow = noteOf(isoDate, recoveryNotNowAt)
  const ago = (date: string) => now.getTime() - Date.parse(date)
  // One that was put off in the future was dated by a wrong clock, or by somebody who wants it never asked for.
  const putOff = notNow !== null && ago(notNow) < notNowDays * msPerDay && ago(notNow) >= -msPerDay
  return ago(made) >= untestedDays * msPerDay && !putOff
}

/** The names of those who hold the shares in force, by their order; null when there are none in force. */
export function shareHolders({ header, body }: Pick<Vault, 'header' | 'body'>): readonly string[] | null {
  const slot = sharesSlotOf(header)
  if (slot === null) return null
  const holders = noteOf(holdersShape, body.settings?.shareHolders)
  const names = holders?.set === slot.set ? holders.names : []
  return Array.from({ length: slot.count }, (_, index) => names[index] ?? '')
}

/** What is noted when the shares in force come to nothing under a new master key. Nothing, where there are none. */
export function endOfShares(vault: Pick<Vault, 'header' | 'body'>, now: Date): RecoveryNotes {
  const [slot, names] = [sharesSlotOf(vault.header), shareHolders(vault)]
  if (slot === null || names === null) return {}
  const sharesEnded = { at: now.toISOString(), threshold: slot.threshold, names: [...names] }
  return { shareHolders: undefined, sharesUsed: undefined, sharesEnded }
}

/** Which shares ended with an earlier master key, where nothing has taken their place since. */
export function endedShares({ header, body }: Pick<Vault, 'header' | 'body'>): RecoveryNotes['sharesEnded'] | null {
  return sharesSlotOf(header) === null ? noteOf(endedShape, body.settings?.sharesEnded) : null
}

function noteOf<Shape extends v.GenericSchema>(shape: Shape, value: unknown): v.InferOutput<Shape> | null {
  const read = v.safeParse(shape, value)
  return read.success ? read.output : null
}
