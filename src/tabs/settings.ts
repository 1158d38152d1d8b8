// What a person has chosen for sites, and which fields are always sealed. No secret: it lies on the disk in the clear. What
// is chosen in a private window lies in the session's storage alone, over what is on the disk, and goes with the browser.

import * as v from 'valibot'
import { Failure } from '../failure.ts'
import { choices, description, site, token } from '../messages/shapes.ts'
import { changePreferences, readPreferences } from '../storage/preferences.ts'
import { Volatile } from '../storage/volatile.ts'

const marksAtMost = 500
const marksOfOneSite = 100

const kept = v.strictObject({
  /** Excepted while all sites are on. */
  off: v.boolean(),
  ...choices.entries,
})
export type Kept = v.InferOutput<typeof kept>

const keptMark = v.strictObject({
  id: token,
  origin: v.pipe(v.string(), v.url(), v.maxLength(400)),
  label: v.pipe(v.string(), v.maxLength(200)),
  /** Milliseconds since 1970. */
  since: v.pipe(v.number(), v.integer(), v.minValue(0)),
  field: description,
})
export type KeptMark = v.InferOutput<typeof keptMark>

export interface Settings {
  readonly sites: ReadonlyMap<string, Kept>
  readonly marks: readonly KeptMark[]
}

const usual: Kept = { off: false, open: true, button: true }

const raw = v.object({ sites: v.record(v.string(), v.unknown()), marks: v.array(v.unknown()) })
/** The same, of private windows: marks that were taken back there are named by their id. */
const inPrivate = new Volatile('privateSites', raw)
const unmarkedInPrivate = new Volatile('privateUnmarked', v.array(token))

/** Reads settings of anyone's making: an entry that makes no sense is left out, and spoils no other. */
export function parseSettings(value: unknown): Settings {
  const parsed = v.safeParse(raw, value)
  if (!parsed.success) return { sites: new Map(), marks: [] }
  const sites = Object.entries(parsed.output.sites).flatMap(([pattern, one]): [string, Kept][] => {
    const read = v.safeParse(kept, one)
    return v.is(site, pattern) && read.success ? [[pattern, read.output]] : []
  })
  const marks = parsed.output.marks.flatMap((one) => {
    const read = v.safeParse(keptMark, one)
    return read.success ? [read.output] : []
  })
  return { sites: new Map(sites), marks: marks.slice(0, marksAtMost) }
}

/** What holds in ordinary windows, or in private ones. */
export async function readSettings(privately: boolean): Promise<Settings> {
  const onDisk = parseSettings((await readPreferences()).sites)
  if (!privately) return onDisk
  const [over, gone] = await Promise.all([inPrivate.read(), unmarkedInPrivate.read()])
  const { sites, marks } = parseSettings(over)
  return {
    sites: new Map([...onDisk.sites, ...sites]),
    marks: [...onDisk.marks.filter(({ id }) => gone?.includes(id) !== true), ...marks],
  }
}

/** What holds for one site, chosen or not. */
export function settingOf({ sites }: Settings, pattern: string): Kept {
  return sites.get(pattern) ?? usual
}

/** Changes what holds for a site; what is as usual then is not kept. */
export async function changeSite(pattern: string, change: Partial<Kept>, privately: boolean): Promise<void> {
  const before = settingOf(await readSettings(privately), pattern)
  const now = { ...before, ...change }
  // In private windows the usual may stand over something else on the disk.
  const isUsual = now.open && now.button && !now.off && !privately
  await alter(privately, ({ sites, marks }) => {
    const rest = [...sites].filter(([one]) => one !== pattern)
    return { sites: new Map(isUsual ? rest : [...rest, [pattern, now]]), marks }
  })
}

/** The browser was told anew that this site is allowed: it is no longer excepted. */
export async function readmit(pattern: string): Promise<void> {
  for (const privately of [false, true]) {
    const { off } = settingOf(await readSettings(privately), pattern)
    if (off) await changeSite(pattern, { off: false }, privately)
  }
}

/** A site is taken from the list: nothing that was chosen for it is kept, not in private windows either. */
export async function forgetSite(pattern: string): Promise<void> {
  const without = ({ sites, marks }: Settings) => ({
    sites: new Map([...sites].filter(([one]) => one !== pattern)),
    marks,
  })
  await Promise.all([alter(false, without), alter(true, without)])
}

/** Failure 'full' when there are too many. */
export async function addMark(mark: KeptMark, privately: boolean): Promise<void> {
  const { marks } = await readSettings(privately)
  const ofSite = marks.filter(({ origin }) => origin === mark.origin)
  if (marks.length >= marksAtMost || ofSite.length >= marksOfOneSite) throw new Failure('full')
  await alter(privately, (before) => ({ ...before, marks: [...before.marks, mark] }))
}

/** Takes a mark back; where `origin` is given, one of that origin only. */
export async function removeMark(id: string, origin: string | null, privately: boolean): Promise<void> {
  const rest = (before: Settings) => ({
    ...before,
    marks: before.marks.filter((mark) => mark.id !== id || (origin !== null && mark.origin !== origin)),
  })
  await alter(true, rest)
  if (!privately) await alter(false, rest)
  else if ((await readSettings(false)).marks.some((mark) => mark.id === id && (origin ?? mark.origin) === mark.origin))
    await unmarkedInPrivate.change((before) => [...(before ?? []).filter((one) => one !== id), id])
}

/** The last private window was closed. */
export async function forgetPrivate(): Promise<void> {
  await Promise.all([inPrivate.remove(), unmarkedInPrivate.remove()])
}

async function alter(privately: boolean, change: (before: Settings) => Settings): Promise<void> {
  const written = (before: unknown) => {
    const { sites, marks } = change(parseSettings(before))
    return { sites: Object.fromEntries(sites), marks: [...marks] }
  }
  if (privately) await inPrivate.change(written)
  else await changePreferences(({ sites }) => ({ sites: written(sites) }))
}
