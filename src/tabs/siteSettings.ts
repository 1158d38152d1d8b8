// What a person has chosen for sites, and which fields are always sealed. No secret: it lies on the disk in the clear. What
// is chosen in a private window lies in the session's storage alone, over what is on the disk, and goes with the browser.

import * as v from 'valibot'
import { Failure } from '../failure.ts'
import { type Description, description } from '../messages/contentScript.ts'
import { choices, token } from '../messages/shapes.ts'
import { site } from '../messages/tabs/sites.ts'
import { Preference } from '../storage/preferences.ts'
import { SessionEntry } from '../storage/sessionEntry.ts'
import { storedList, storedMap, storedObject, storedValue } from '../storage/storedShape.ts'

const marksAtMost = 500
export const maxAlwaysSealedPerSite = 100

/** As it is where nothing was chosen. */
const usual = { off: false, open: true, button: true }

/** What was chosen for a site. What makes no sense opens no text by itself. */
const kept = storedObject({
  /** Excepted while all sites are on. */
  off: storedValue(v.boolean(), { missing: usual.off }),
  open: storedValue(choices.entries.open, { missing: usual.open, malformed: false }),
  button: storedValue(choices.entries.button, { missing: usual.button }),
})
export type SiteSetting = ReturnType<typeof kept.read>

/** On the disk nothing is kept of a site where all is as usual, unless another version has something to keep. */
const keptOnDisk: typeof kept = {
  read: kept.read,
  write(stored, next) {
    const written = kept.write(stored, next) as object
    const isUsual = next.open && next.button && !next.off
    return isUsual && Object.keys(written).every((name) => Object.hasOwn(usual, name)) ? undefined : written
  },
}

/**
 * A field that is always sealed. `field` is null where it cannot be read which one: then every field of the site is sealed, for
 * a mark is a promise that nothing is typed there unsealed.
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
const keptMarks = storedList<StoredAlwaysSealed>({
  read(stored) {
    const named = v.safeParse(markNamed, stored)
    return named.success ? { ...named.output, ...markFields.read(stored) } : null
  },
  write: (stored, { id, origin, ...rest }) => ({ ...(markFields.write(stored, rest) as object), id, origin }),
})

/** Traits that a later version has added are missing in an earlier one's marks: they say nothing. */
function readableDescription() {
  const { kind, index, ...traits } = description.entries
  const said = Object.fromEntries(Object.entries(traits).map(([name, trait]) => [name, v.optional(trait, '')]))
  return v.object({ kind, index: v.optional(index, 0), ...said }) as unknown as typeof description
}

export interface Settings {
  readonly sites: ReadonlyMap<string, SiteSetting>
  readonly marks: readonly StoredAlwaysSealed[]
  /** Marks of which not even the site can be read. Nothing can be guarded by them, which is told in the options. */
  readonly unreadableMarks: number
}

const privateShape = storedObject({ sites: storedMap(site, kept), marks: keptMarks })
type Stored = ReturnType<typeof privateShape.read>

export const siteSettings = new Preference(
  'sites',
  storedObject({ sites: storedMap(site, keptOnDisk), marks: keptMarks }),
)
/** The same, of private windows: marks that were taken back there are named by their id. */
const inPrivate = new SessionEntry('privateSites', v.looseObject({}))
const unmarkedInPrivate = new SessionEntry('privateUnmarked', v.array(token))

/** Reads settings of anyone's making: an entry that makes no sense spoils no other. */
export function parseSettings(value: unknown): Settings {
  return settingsIn(privateShape.read(value))
}

function settingsIn({ sites, marks }: Stored): Settings {
  return { sites, marks: marks.entries, unreadableMarks: marks.unreadable }
}

/** What holds in ordinary windows, or in private ones. */
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

/** What holds for one site, chosen or not. */
export function settingOf({ sites }: Settings, pattern: string): SiteSetting {
  return sites.get(pattern) ?? usual
}

/** Changes what holds for a site; what is as usual then is not kept on the disk. In private windows it may stand over that. */
export async function changeSite(pattern: string, change: Partial<SiteSetting>, privately: boolean): Promise<void> {
  const before = settingOf(await readSettings(privately), pattern)
  const now = { ...before, ...change }
  await alter(privately, (before) => ({ ...before, sites: new Map([...before.sites, [pattern, now]]) }))
}

/** The browser was told anew that this site is allowed: it is no longer excepted. */
export async function reenableSite(pattern: string): Promise<void> {
  for (const privately of [false, true]) {
    const { off } = settingOf(await readSettings(privately), pattern)
    if (off) await changeSite(pattern, { off: false }, privately)
  }
}

/** A site is taken from the list: nothing that was chosen for it is kept, not in private windows either. */
export async function forgetSite(pattern: string): Promise<void> {
  const without = (before: Stored) => ({
    ...before,
    sites: new Map([...before.sites].filter(([one]) => one !== pattern)),
  })
  await Promise.all([alter(false, without), alter(true, without)])
}

/** Failure 'full' when there are too many. */
export async function addAlwaysSealed(mark: StoredAlwaysSealed, privately: boolean): Promise<void> {
  const { marks } = await readSettings(privately)
  const ofSite = marks.filter(({ origin }) => origin === mark.origin)
  if (marks.length >= marksAtMost || ofSite.length >= maxAlwaysSealedPerSite) throw new Failure('full')
  await alter(privately, (before) => withMarks(before, [...before.marks.entries, mark]))
}

/** Takes a mark back; where `origin` is given, one of that origin only. */
export async function removeAlwaysSealed(id: string, origin: string | null, privately: boolean): Promise<void> {
  const rest = (before: Stored) =>
    withMarks(
      before,
      before.marks.entries.filter((mark) => mark.id !== id || (origin !== null && mark.origin !== origin)),
    )
  await alter(true, rest)
  if (!privately) await alter(false, rest)
  else if ((await readSettings(false)).marks.some((mark) => mark.id === id && (origin ?? mark.origin) === mark.origin))
    await unmarkedInPrivate.change((before) => [...(before ?? []).filter((one) => one !== id), id])
}

/** The last private window was closed. */
export async function forgetPrivateSettings(): Promise<void> {
  await Promise.all([inPrivate.remove(), unmarkedInPrivate.remove()])
}

/** Takes away the marks of which not even the site can be read. */
export async function removeUnreadableAlwaysSealed(): Promise<void> {
  await alter(false, (before) => ({ ...before, marks: { ...before.marks, unreadable: 0 } }))
}

function withMarks(before: Stored, entries: readonly StoredAlwaysSealed[]): Stored {
  return { ...before, marks: { ...before.marks, entries } }
}

async function alter(privately: boolean, change: (before: Stored) => Stored): Promise<void> {
  if (!privately) return siteSettings.change(change)
  await inPrivate.change((before) => {
    const stored = before ?? undefined
    return privateShape.write(stored, change(privateShape.read(stored))) as Record<string, unknown>
  })
}
