// Sites: where Fieldseal is on, what was chosen there, and what our windows do with the page at hand.

import * as v from 'valibot'
import type { Table } from '../entry.ts'
import { choices, empty, token, whole } from '../shapes.ts'

/** A match pattern as browsers list them: of one site, of a site with all below it, of one scheme, of everything. */
export const pattern = v.pipe(v.string(), v.regex(/^(\*|https?):\/\/(\*|(\*\.)?[^/\s*]{1,300})\/\*$/))
/** The match pattern of one site: a scheme and a host, without the port, which patterns do not know. */
export const site = v.pipe(v.string(), v.regex(/^https?:\/\/[^/\s*]{1,300}\/\*$/))
/** What the popup says of the tab it was opened over. `pattern` is null where no site can be switched on. */
export const currentSite = v.strictObject({
  host: v.string(),
  pattern: v.nullable(site),
  on: v.boolean(),
  /** The browser allows it already: switching on needs no question. */
  allowed: v.boolean(),
  /** Whether all sites are on, and whether the tab is private, so that choices are not written to disk. */
  everywhere: v.boolean(),
  inPrivate: v.boolean(),
  choices,
  texts: whole,
})
export type CurrentSite = v.InferOutput<typeof currentSite>

/** A line of the list of sites. `state` is 'excepted' where all sites are on but this one. */
export const listedSite = v.strictObject({
  pattern,
  state: v.picklist(['on', 'everywhere', 'excepted', 'off']),
  /** Null for a pattern that stands for many sites. */
  choices: v.nullable(choices),
})
export type ListedSite = v.InferOutput<typeof listedSite>

/** A field that a person has marked to be always sealed, as it is listed. */
export const listedAlwaysSealed = v.strictObject({
  id: token,
  host: v.string(),
  label: v.string(),
  since: v.pipe(v.number(), v.integer()),
  /** False where Fieldseal is off, so that nothing guards the field. */
  guarded: v.boolean(),
  /** It cannot be read which field it is for, so every field of the site is sealed. */
  every: v.boolean(),
})
export type ListedAlwaysSealed = v.InferOutput<typeof listedAlwaysSealed>

export const siteEntries = {
  getCurrentSite: { roles: ['popup'], request: empty, response: currentSite, idempotent: true, activity: false },
  listSites: {
    roles: ['options'],
    request: empty,
    response: v.strictObject({
      everywhere: v.boolean(),
      sites: v.array(listedSite),
      marks: v.array(listedAlwaysSealed),
      /** Marks of which not even the site can be read. */
      unreadableMarks: v.pipe(v.number(), v.integer(), v.minValue(0)),
    }),
    idempotent: true,
    activity: false,
  },
  /** On again at a site that was excepted. The permission itself is asked for by the window, in the click. */
  switchOnSite: {
    roles: ['popup', 'options'],
    request: v.strictObject({ pattern: site }),
    response: empty,
    idempotent: true,
    activity: false,
  },
  /** Off at this site; where all sites are on, it is excepted. */
  switchOffSite: {
    roles: ['popup', 'options'],
    request: v.strictObject({ pattern }),
    response: empty,
    idempotent: true,
    activity: false,
  },
  setSiteChoices: {
    roles: ['popup', 'options'],
    request: v.strictObject({ pattern: site, choices }),
    response: empty,
    idempotent: true,
    activity: false,
  },
  /** The permission for this very pattern is given back, and what was chosen for it forgotten. */
  removeSite: {
    roles: ['options'],
    request: v.strictObject({ pattern }),
    response: empty,
    idempotent: true,
    activity: false,
  },
  removeAlwaysSealed: {
    roles: ['options'],
    request: v.strictObject({ id: token }),
    response: empty,
    idempotent: true,
    activity: false,
  },
  removeUnreadableAlwaysSealed: {
    roles: ['options'],
    request: empty,
    response: empty,
    idempotent: true,
    activity: false,
  },
  composeHere: { roles: ['popup'], request: empty, response: empty, idempotent: false, activity: false },
  openPageTexts: {
    roles: ['popup'],
    request: empty,
    /** How many texts the page holds, and how many of them had to be shown in a window of ours. */
    response: v.strictObject({ texts: v.number(), inWindow: v.number() }),
    idempotent: true,
    activity: false,
  },
  /** Print the page at hand with the texts that are open on it. */
  printPage: { roles: ['popup'], request: empty, response: empty, idempotent: false, activity: false },
} as const satisfies Table
