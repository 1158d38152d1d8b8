// Sites: where Fieldseal is on, the person's choices there, and what our windows do with the current page.

import * as v from 'valibot'
import type { Table } from '../entry.ts'
import { choices, empty, token, whole } from '../shapes.ts'

/** A match pattern as browsers list it: for one site, a site and its subdomains, one scheme, or everything. */
export const pattern = v.pipe(v.string(), v.regex(/^(\*|https?):\/\/(\*|(\*\.)?[^/\s*]{1,300})\/\*$/))
/** The match pattern of one site: a scheme and a host. Patterns have no port. */
export const site = v.pipe(v.string(), v.regex(/^https?:\/\/[^/\s*]{1,300}\/\*$/))
/** The site of the tab under the popup. `pattern` is null if the page cannot be switched on. */
export const currentSite = v.strictObject({
  host: v.string(),
  pattern: v.nullable(site),
  on: v.boolean(),
  /** The browser already grants the permission, so switching on needs no prompt. */
  allowed: v.boolean(),
  /** Whether all sites are on. */
  everywhere: v.boolean(),
  /** Whether the tab is private. Choices are then not written to disk. */
  inPrivate: v.boolean(),
  choices,
  texts: whole,
})
export type CurrentSite = v.InferOutput<typeof currentSite>

/** A line of the list of sites. `excepted`: all sites are on except this one. */
export const listedSite = v.strictObject({
  pattern,
  state: v.picklist(['on', 'everywhere', 'excepted', 'off']),
  /** Null for a pattern that matches several sites. */
  choices: v.nullable(choices),
})
export type ListedSite = v.InferOutput<typeof listedSite>

/** A line of the list of always-sealed fields. `since`: milliseconds since 1970. */
export const listedAlwaysSealed = v.strictObject({
  id: token,
  host: v.string(),
  label: v.string(),
  since: v.pipe(v.number(), v.integer()),
  /** False if Fieldseal is off at that site, so that nothing guards the field. */
  guarded: v.boolean(),
  /** Its description cannot be read, so every field of the site is sealed. */
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
      /** How many marks have an unreadable site. */
      unreadableMarks: v.pipe(v.number(), v.integer(), v.minValue(0)),
    }),
    idempotent: true,
    activity: false,
  },
  /** Switches a site on, and removes its exception. The window itself requests the permission, in the click. */
  switchOnSite: {
    roles: ['popup', 'options'],
    request: v.strictObject({ pattern: site }),
    response: empty,
    idempotent: true,
    activity: false,
  },
  /** Switches a site off. If all sites are on, it becomes an exception. */
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
  /** Returns the permission for exactly this pattern, and forgets the choices for it. */
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
  /** Opens a composer for the field that the person is in, or without a field. */
  composeHere: { roles: ['popup'], request: empty, response: empty, idempotent: false, activity: false },
  /** Opens the texts of the current page. Failure 'refused': not a web page. */
  openPageTexts: {
    roles: ['popup'],
    request: empty,
    /** `texts`: how many the page has. `inWindow`: how many of them opened in our own window instead. */
    response: v.strictObject({ texts: v.number(), inWindow: v.number() }),
    idempotent: true,
    activity: false,
  },
  /** Prints the current page with the texts that are open on it. Failure 'refused': not a web page. */
  printPage: { roles: ['popup'], request: empty, response: empty, idempotent: false, activity: false },
} as const satisfies Table
