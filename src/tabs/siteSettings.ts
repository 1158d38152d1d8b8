// What a person has chosen for sites, and which fields are always sealed. No secret: it is on the disk unencrypted. Choices made in
// private windows are only in the session's storage, override the disk, and go with the browser.

import * as v from 'valibot'
import { Failure } from '../failure.ts'
import { type Description, description } from '../messages/contentScript.ts'
import { choices, token } from '../messages/shapes.ts'
import { site } from '../messages/tabs/sites.ts'
import { Preference } from '../storage/preferences.ts'
import { SessionEntry } from '../storage/sessionEntry.ts'
import { storedList, storedMap, storedObject, storedValue } from '../storage/storedShape.ts'

const maxAlwaysSealed = 500
export const maxAlwaysSealedPerSite = 100

/** The settings of a site without a choice. */
const defaults = { off: false, open: true, button: true }

/** The settings of a site. A malformed setting opens no text by itself. */
const siteShape = storedObject({
  /** Excepted while all sites are on. */
  off: storedValue(v.boolean(), { missing: defaults.off }),
  open: storedValue(choices.entries.open, { missing: defaults.open, malformed: false }),
  button: storedValue(choices.entries.button, { missing: defaults.button }),
})
export type SiteSetting = ReturnType<typeof siteShape.read>

/** On the disk: stores nothing for a site with default settings, unless another version stored something there. */
const siteShapeOnDisk: typeof siteShape = {
  read: siteShape.read,
  write(stored, next) {
    const written = siteShape.write(stored, next) as object
    const isDefault = next.open && next.button && !next.off
    return isDefault && Object.keys(written).every((name) => Object.hasOwn(defaults, name)) ? undefined : written
  },
}

/**
 * An always-sealed field. `field` is null if it is unreadable: then every field of the site is always sealed, because the person
 * was promised that nothing is typed there unsealed.
 */
export interface StoredAlwaysSealed {
  readonly id: string
  readonly origin: string
  readonly label: string
  /** Milliseconds since 1970. */
  readonly since: number
  readonly field: Description | null
}

const markNamed = v.object({ id: token, origin: v.pipe(v.string(), v.url(), v.maxLength(400)) })
const markFields = storedObject({
  label: storedValue(v.pipe(v.string(), v.maxLength(200)), { missing: '' }),
  since: storedValue(v.pipe(v.number(), v.integer(), v.minValue(0)), { missing: 0 }),
  field: storedValue<Description | null>(readableDescription(), { missing: null }),
})
const marksShape = storedList<StoredAlwaysSealed>({
  read(stored) {
    const named = v.safeParse(markNamed, stored)
    return named.success ? { ...named.output, ...markFields.read(stored) } : null
  },
  write: (stored, { id, origin, ...rest }) => ({ ...(markFields.write(stored, rest) as object), id, origin }),
})

/** Traits that a later version added are missing in an earlier version's descriptions, and then say nothing. */
function readableDescription() {
  const { kind, index, ...traits } = description.entries
  const optionalTraits = Object.fromEntries(
    Object.entries(traits).map(([name, trait]) => [name, v.optional(trait, '')]),
  )
  return v.object({ kind, index: v.optional(index, 0), ...optionalTraits }) as unknown as typeof description
}

export interface Settings {
  readonly sites: ReadonlyMap<string, SiteSetting>
  readonly marks: readonly StoredAlwaysSealed[]
  /** The number of always-sealed fields whose site is unreadable. They protect nothing, and the options say so. */
  readonly unreadableMarks: number
}

const privateShape = storedObject({ sites: storedMap(site, siteShape), marks: marksShape })
type Stored = ReturnType<typeof privateShape.read>

export const siteSettings = new Preference(
  'sites',
  storedObject({ sites: storedMap(site, siteShapeOnDisk), marks: marksShape }),
)
/** The settings of private windows, and the ids of always-sealed fields that were removed there. */
const inPrivate = new SessionEntry('privateSites', v.looseObject({}))
const unmarkedInPrivate = new SessionEntry('privateUnmarked', v.array(token))

/** Reads stored settings; a malformed entry affects no other. */
export function parseSettings(value: unknown): Settings {
  return settingsIn(privateShape.read(value))
}

function settingsIn({ sites, marks }: Stored): Settings {
  return { sites, marks: marks.entries, unreadableMarks: marks.unreadable }
}

/** The settings of ordinary windows, or of private ones. */
export async function readSettings(privately: boolean): Promise<Settings> {
  const onDisk = settingsIn(await siteSettings.read())
  if (!privately) return onDisk
  const [over, gone] = await Promise.all([inPrivate.read(), unmarkedInPrivate.read()])
  const { sites, marks } = parseSettings(over ?? undefined)
  return {
    ...onDisk,
    sites: new Map([...onDisk.sites, ...sites]),
    marks: [...onDisk.marks.filter(({ id }) => gone?.includes(id) !== true), ...marks],
  }
}

/** The setting of one site, by default as without a choice. */
export function settingOf({ sites }: Settings, pattern: string): SiteSetting {
  return sites.get(pattern) ?? defaults
}

/** Changes the setting of a site. Default settings are not stored on the disk; in private windows they are, as overrides. */
export async function changeSite(pattern: string, change: Partial<SiteSetting>, privately: boolean): Promise<void> {
  const before = settingOf(await readSettings(privately), pattern)
  const now = { ...before, ...change }
  await changeStored(privately, (before) => ({ ...before, sites: new Map([...before.sites, [pattern, now]]) }))
}

/** Ends the exception of a site that the person has allowed again. */
export async function reenableSite(pattern: string): Promise<void> {
  for (const privately of [false, true]) {
    const { off } = settingOf(await readSettings(privately), pattern)
    if (off) await changeSite(pattern, { off: false }, privately)
  }
}

/** Removes all settings of a site, in private windows too. */
export async function forgetSite(pattern: string): Promise<void> {
  const without = (before: Stored) => ({
    ...before,
    sites: new Map([...before.sites].filter(([sitePattern]) => sitePattern !== pattern)),
  })
  await Promise.all([changeStored(false, without), changeStored(true, without)])
}

/** Adds an always-sealed field. Failure `full`: too many. */
export async function addAlwaysSealed(mark: StoredAlwaysSealed, privately: boolean): Promise<void> {
  const { marks } = await readSettings(privately)
  const ofSite = marks.filter(({ origin }) => origin === mark.origin)
  if (marks.length >= maxAlwaysSealed || ofSite.length >= maxAlwaysSealedPerSite) throw new Failure('full')
  await changeStored(privately, (before) => withMarks(before, [...before.marks.entries, mark]))
}

/** Removes an always-sealed field; with `origin`, only one of that origin. */
export async function removeAlwaysSealed(id: string, origin: string | null, privately: boolean): Promise<void> {
  const rest = (before: Stored) =>
    withMarks(
      before,
      before.marks.entries.filter((mark) => mark.id !== id || (origin !== null && mark.origin !== origin)),
    )
  await changeStored(true, rest)
  if (!privately) await changeStored(false, rest)
  else if ((await readSettings(false)).marks.some((mark) => mark.id === id && (origin ?? mark.origin) === mark.origin))
    await unmarkedInPrivate.change((before) => [...(before ?? []).filter((removed) => removed !== id), id])
}

/** Removes the settings of private windows, once the last one is closed. */
export async function forgetPrivateSettings(): Promise<void> {
  await Promise.all([inPrivate.remove(), unmarkedInPrivate.remove()])
}

/** Removes the always-sealed fields whose site is unreadable. */
export async function removeUnreadableAlwaysSealed(): Promise<void> {
  await changeStored(false, (before) => ({ ...before, marks: { ...before.marks, unreadable: 0 } }))
}

function withMarks(before: Stored, entries: readonly StoredAlwaysSealed[]): Stored {
  return { ...before, marks: { ...before.marks, entries } }
}

async function changeStored(privately: boolean, change: (before: Stored) => Stored): Promise<void> {
  if (!privately) return siteSettings.change(change)
  await inPrivate.change((before) => {
    const stored = before ?? undefined
    return privateShape.write(stored, change(privateShape.read(stored))) as Record<string, unknown>
  })
}
