// Which numbers and dates of another state to trust, and how to clamp to the present those that a wrong clock wrote. No stored
// value may end a vault: there must always be a next number and date. FORMAT.md §6.6.

import { Failure } from '../failure.ts'
import { msPerDay } from '../time.ts'
import type { EpochKey, VaultBody } from './body.ts'
import { byDate } from './circles.ts'
import { masterEpochOf } from './masterKeyHistory.ts'

/** The part of a vault that these rules need. */
interface State {
  readonly header: { readonly revision: number }
  readonly body: VaultBody
}

/** How far a revision may be above the own one. FORMAT.md §6.6. */
export const maxRevisionsAhead = 1_000_000
/** How far a master epoch may be above the own one. FORMAT.md §6.6. */
export const maxEpochsAhead = 1_000
/** The highest revision and epoch accepted without a state to compare with. FORMAT.md §6.6. */
export const maxRevision = 10 ** 12
export const maxEpoch = 10 ** 6
/** A clock before this is wrong: this version of the format is younger. Milliseconds since 1970. */
const earliestNow = Date.UTC(2026, 10, 1)
/** The latest date in the format of FORMAT.md §1, in milliseconds since 1970. */
const lastDate = Date.UTC(9999, 11, 31, 23, 59, 59, 999)

/** Failure `implausible`: a revision or epoch of `theirs` that no honest vault reaches from `mine`. FORMAT.md §6.6. */
export function refuseImplausible(mine: State, theirs: State): void {
  if (
    theirs.header.revision > mine.header.revision + maxRevisionsAhead ||
    masterEpochOf(theirs.body) > masterEpochOf(mine.body) + maxEpochsAhead
  )
    throw new Failure('implausible')
}

/** Failure `clock`: a stamp or date of `theirs` that `mine` does not have is more than a day ahead of `now`. */
export function refuseFuture(mine: State, theirs: State, now: Date): void {
  const latest = latestPlausible(now)
  const own = mine.body.stamps ?? {}
  const late = Object.entries(theirs.body.stamps ?? {}).some(([path, stamp]) => stamp > latest && stamp !== own[path])
  const known = new Set(datesIn(mine.body))
  if (late || datesIn(theirs.body).some((date) => Date.parse(date) > latest && !known.has(date)))
    throw new Failure('clock')
}

/** Whether an honest document can have this revision, with room for more changes. */
export function isPlausibleRevision(revision: number): boolean {
  return revision <= maxRevision
}

/** For a device without a vault. Failure `implausible`: a revision or epoch that no honest vault reaches. */
export function refuseImplausibleAlone({ header, body }: State): void {
  if (!isPlausibleRevision(header.revision) || masterEpochOf(body) > maxEpoch) throw new Failure('implausible')
}

/** Whether a vault has stamps or dates more than a day ahead of `now`. False if `now` itself cannot be right. */
export function isAhead({ body }: Pick<State, 'body'>, now: Date): boolean {
  if (!mayBeRight(now)) return false
  const latest = latestPlausible(now)
  return (
    Object.values(body.stamps ?? {}).some((stamp) => stamp > latest) ||
    datesIn(body).some((date) => Date.parse(date) > latest)
  )
}

/** Clamps stamps more than a day ahead to the present. Changes none if `now` itself cannot be right. */
export function clampStamps(stamps: Readonly<Record<string, number>>, now: Date): Record<string, number> {
  if (!mayBeRight(now)) return { ...stamps }
  const latest = latestPlausible(now)
  const plausible = Object.values(stamps).filter((stamp) => stamp <= latest)
  const present = plausible.reduce((newest, stamp) => Math.max(newest, stamp + 1), now.getTime())
  return Object.fromEntries(Object.entries(stamps).map(([path, stamp]) => [path, stamp > latest ? present : stamp]))
}

/** Dates keys that are more than a day ahead now, one millisecond apart, in their order. */
export function clampKeyDates(keys: readonly EpochKey[], now: Date): EpochKey[] {
  if (!mayBeRight(now)) return [...keys]
  const latest = latestPlausible(now)
  let newest = 0
  const dates = new Map<string, string>()
  for (const { key, createdAt } of keys.toSorted(byDate)) {
    const date = Date.parse(createdAt)
    newest = date > latest ? Math.max(now.getTime(), newest + 1) : Math.max(newest, date)
    if (date > latest) dates.set(key, new Date(newest).toISOString())
  }
  return keys.map((key) => ({ ...key, createdAt: dates.get(key.key) ?? key.createdAt }))
}

/** Clamps the dates of the master key and of past ones to `now`. */
export function clampMasterDates(
  { masterRotatedAt, pastMasterKeys }: VaultBody,
  now: Date,
): Pick<VaultBody, 'masterRotatedAt' | 'pastMasterKeys'> {
  const present = (date: string) =>
    mayBeRight(now) && Date.parse(date) > latestPlausible(now) ? now.toISOString() : date
  return {
    ...(masterRotatedAt !== undefined && { masterRotatedAt: present(masterRotatedAt) }),
    ...(pastMasterKeys !== undefined && {
      pastMasterKeys: pastMasterKeys.map(({ until, madeAt, ...past }) => ({
        ...past,
        until: present(until),
        ...(madeAt !== undefined && { madeAt: present(madeAt) }),
      })),
    }),
  }
}

/** The ISO date one millisecond later; the same date if it is the last. */
export function nextDate(date: string): string {
  return new Date(Math.min(Date.parse(date) + 1, lastDate)).toISOString()
}

/** One more, at most 2⁵³ − 1. */
export function increment(count: number): number {
  return Math.min(count + 1, Number.MAX_SAFE_INTEGER)
}

function latestPlausible(now: Date): number {
  return now.getTime() + msPerDay
}

function mayBeRight(now: Date): boolean {
  return now.getTime() >= earliestNow
}

function datesIn({ circles, retired = {}, masterRotatedAt, pastMasterKeys = [] }: VaultBody): string[] {
  const keys = [...circles.map((circle) => circle.keys), ...Object.values(retired)].flat()
  return [
    ...keys.map(({ createdAt }) => createdAt),
    ...(masterRotatedAt === undefined ? [] : [masterRotatedAt]),
    ...pastMasterKeys.flatMap(({ until, madeAt }) => (madeAt === undefined ? [until] : [until, madeAt])),
  ]
}
