// Which numbers and dates of another state are believed, and how those that were written by a wrong clock are brought back to
// the present. Nothing that is stored may end a vault: "one more" must always be left. FORMAT.md §6.6.

import { Failure } from '../failure.ts'
import { msPerDay } from '../time.ts'
import type { EpochKey, VaultBody } from './body.ts'
import { byDate } from './circles.ts'
import { masterEpochOf } from './masterKeyHistory.ts'

/** The part of a vault that these rules are about. */
interface State {
  readonly header: { readonly revision: number }
  readonly body: VaultBody
}

export const maxRevisionsAhead = 1_000_000
export const maxEpochsAhead = 1_000
/** The highest revision and epoch of a vault that is taken in where there is none to compare it with. */
export const maxRevision = 10 ** 12
export const maxEpoch = 10 ** 6
/** No clock is right that shows less: formats of this version are younger. Milliseconds since 1970. */
const earliestNow = Date.UTC(2026, 10, 1)
/** The last date that can be written (FORMAT.md §1), milliseconds since 1970. */
const lastDate = Date.UTC(9999, 11, 31, 23, 59, 59, 999)

/** Failure `implausible`: a revision or epoch of `theirs` that no honest vault gets to from `mine`. */
export function refuseImplausible(mine: State, theirs: State): void {
  if (
    theirs.header.revision > mine.header.revision + maxRevisionsAhead ||
    masterEpochOf(theirs.body) > masterEpochOf(mine.body) + maxEpochsAhead
  )
    throw new Failure('implausible')
}

/** Failure `clock`: a stamp or date of `theirs` that `mine` does not have is more than a day ahead of now. */
export function refuseFuture(mine: State, theirs: State, now: Date): void {
  const latest = latestPlausible(now)
  const own = mine.body.stamps ?? {}
  const late = Object.entries(theirs.body.stamps ?? {}).some(([path, stamp]) => stamp > latest && stamp !== own[path])
  const known = new Set(datesIn(mine.body))
  if (late || datesIn(theirs.body).some((date) => Date.parse(date) > latest && !known.has(date)))
    throw new Failure('clock')
}

/** Whether a document that comes from elsewhere is of a revision that an honest one may have, with room for changes. */
export function isPlausibleRevision(revision: number): boolean {
  return revision <= maxRevision
}

/** Failure `implausible` for a vault that comes to a device without one, at a revision or epoch that no honest one has. */
export function refuseAbsurd({ header, body }: State): void {
  if (!isPlausibleRevision(header.revision) || masterEpochOf(body) > maxEpoch) throw new Failure('implausible')
}

/** Whether a vault has stamps or dates more than a day ahead of now, by a clock that may be right. */
export function isAhead({ body }: Pick<State, 'body'>, now: Date): boolean {
  if (!mayBeRight(now)) return false
  const latest = latestPlausible(now)
  return (
    Object.values(body.stamps ?? {}).some((stamp) => stamp > latest) ||
    datesIn(body).some((date) => Date.parse(date) > latest)
  )
}

/** Stamps that are more than a day ahead become the present. All of them stay as they are where the clock cannot be right. */
export function presentStamps(stamps: Readonly<Record<string, number>>, now: Date): Record<string, number> {
  if (!mayBeRight(now)) return { ...stamps }
  const latest = latestPlausible(now)
  const plausible = Object.values(stamps).filter((stamp) => stamp <= latest)
  const present = plausible.reduce((newest, stamp) => Math.max(newest, stamp + 1), now.getTime())
  return Object.fromEntries(Object.entries(stamps).map(([path, stamp]) => [path, stamp > latest ? present : stamp]))
}

/** Keys that are dated more than a day ahead are dated now, in the order in which they were. */
export function presentKeys(keys: readonly EpochKey[], now: Date): EpochKey[] {
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

/** When the master key was made and the ones before it replaced, no later than now. */
export function presentMaster(
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

/** The date one millisecond after another, or that one where there is none after it. */
export function nextDate(date: string): string {
  return new Date(Math.min(Date.parse(date) + 1, lastDate)).toISOString()
}

/** One more, for as long as there is one more. */
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
