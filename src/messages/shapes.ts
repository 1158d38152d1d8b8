// The shapes that cross from one context to another, each with its bound in size. Everything that arrives is parsed by
// one of these from `unknown`; objects are strict, so that a field nobody expects is a refusal and not a surprise.

import * as v from 'valibot'
import { locking } from './locking.ts'

/** A sealed text of 1 MiB in base62 is about 1.44 million characters; decoration by a site may be as much again. */
const sealedChars = 3_000_000
const plainChars = 1_100_000
const secretChars = 4_096

export const sealed = v.pipe(v.string(), v.startsWith('sealed'), v.maxLength(sealedChars))
export const plain = v.pipe(v.string(), v.maxLength(plainChars))
export const password = v.pipe(v.string(), v.minLength(1), v.maxLength(secretChars))
/** Whether the password that goes with it was judged to be strong; null where it was not judged. */
export const strong = v.nullable(v.boolean())
export const recoveryKey = v.pipe(v.string(), v.maxLength(secretChars))
/** 128 random bits as base64url without padding, e.g. of a ticket. */
export const token = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{22}$/))
/** The name of a document, as records have it. */
export const documentId = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,64}$/))
/** `{}`. An array without items is an object without fields to valibot. */
export const none = v.pipe(
  v.unknown(),
  v.check((value) => !Array.isArray(value)),
  v.strictObject({}),
)
/** A match pattern as browsers list them: of one site, of a site with all below it, of one scheme, of everything. */
export const pattern = v.pipe(v.string(), v.regex(/^(\*|https?):\/\/(\*|(\*\.)?[^/\s*]{1,300})\/\*$/))
/** The match pattern of one site: a scheme and a host, without the port, which patterns do not know. */
export const site = v.pipe(v.string(), v.regex(/^https?:\/\/[^/\s*]{1,300}\/\*$/))
const whole = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(100_000))

const colours = ['red', 'orange', 'yellow', 'green', 'teal', 'blue', 'purple', 'pink'] as const
export const cue = v.strictObject({
  words: v.pipe(v.tuple([v.pipe(v.string(), v.maxLength(40)), v.pipe(v.string(), v.maxLength(40))]), v.readonly()),
  colour: v.picklist(colours),
})
export type Cue = v.InferOutput<typeof cue>

export const state = v.strictObject({
  vault: v.picklist(['none', 'locked', 'unlocked']),
  /** There was a vault on this device, and the browser has removed its data. */
  removed: v.boolean(),
  cue: v.nullable(cue),
  /** The vault on this device could not be read at the last attempt: a backup may take its place. */
  unreadable: v.boolean(),
  /** The recovery key was used and has not been replaced since. */
  renewRecovery: v.boolean(),
  /** Null when it is locked, or does not lock by itself. */
  locking: v.nullable(locking),
  /** When a backup was last made on this device, milliseconds since 1970; and whether it is time for one. Null while locked. */
  backup: v.nullable(v.strictObject({ at: v.nullable(v.pipe(v.number(), v.integer())), due: v.boolean() })),
  /** The password is known to be less than strong. False while it is locked. */
  weakPassword: v.boolean(),
})
export type State = v.InferOutput<typeof state>

/** What a person may choose for a site. */
export const choices = v.strictObject({
  /** Texts open by themselves, without a command. */
  open: v.boolean(),
  /** The small button stands at the field in focus. */
  button: v.boolean(),
})
export type Choices = v.InferOutput<typeof choices>

/** What the popup says of the tab it was opened over. `pattern` is null where no site can be switched on. */
export const here = v.strictObject({
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
export type Here = v.InferOutput<typeof here>

/** A line of the list of sites. `state` is 'excepted' where all sites are on but this one. */
export const listed = v.strictObject({
  pattern,
  state: v.picklist(['on', 'everywhere', 'excepted', 'off']),
  /** Null for a pattern that stands for many sites. */
  choices: v.nullable(choices),
})
export type Listed = v.InferOutput<typeof listed>

/** A field that a person has marked to be always sealed, as it is listed. */
export const marked = v.strictObject({
  id: token,
  host: v.string(),
  label: v.string(),
  since: v.pipe(v.number(), v.integer()),
  /** False where Fieldseal is off, so that nothing guards the field. */
  guarded: v.boolean(),
  /** It cannot be read which field it is for, so every field of the site is sealed. */
  every: v.boolean(),
})
export type Marked = v.InferOutput<typeof marked>

/** What a marked field is known by again. Empty where the page says nothing, or something that looks random. */
const trait = v.pipe(v.string(), v.maxLength(120))
export const description = v.strictObject({
  kind: v.picklist(['input', 'textarea', 'editable']),
  id: trait,
  name: trait,
  autocomplete: trait,
  label: trait,
  placeholder: trait,
  /** The path that its form is sent to, and that of its page, with stars for what looks random. */
  form: trait,
  path: trait,
  /** The how manieth it is of those on the page that are described alike. */
  nth: whole,
})
export type Description = v.InferOutput<typeof description>
/** `field` is null where the mark does not say which one it is for: then it is for every field of the site. */
export const mark = v.strictObject({ id: token, field: v.nullable(description) })
export type FieldMark = v.InferOutput<typeof mark>

/** What holds for the site of a frame. */
export const ground = v.strictObject({
  on: v.boolean(),
  choices,
  marks: v.pipe(v.array(mark), v.maxLength(100)),
  /** What is ours in this document has this name in its closed shadow root. */
  owner: token,
})
export type Ground = v.InferOutput<typeof ground>

/** Where typing errors of a recovery key lie, as far as its checksum can tell. Groups count from 1. */
export const diagnosis = v.variant('kind', [
  v.strictObject({ kind: v.literal('fine') }),
  v.strictObject({ kind: v.literal('length'), letters: whole }),
  v.strictObject({ kind: v.literal('letter'), group: whole }),
  v.strictObject({ kind: v.literal('group'), group: whole }),
  v.strictObject({ kind: v.literal('somewhere') }),
])
export type Diagnosis = v.InferOutput<typeof diagnosis>

export const draft = v.strictObject({
  id: token,
  host: v.nullable(v.string()),
  /** Milliseconds since 1970. */
  savedAt: v.pipe(v.number(), v.integer()),
  /** The first line, cut short. */
  title: v.string(),
})
export type Draft = v.InferOutput<typeof draft>

/** A reason why a sealed text could not be put where it was meant to go. */
export const unplaced = v.picklist(['gone', 'altered', 'too-long', 'no-target'])
export type Unplaced = v.InferOutput<typeof unplaced>

/** A reason why an opened text could not be put in the place of its sealed text. */
export const notPutBack = v.picklist(['gone', 'changed', 'altered', 'too-long'])
export type NotPutBack = v.InferOutput<typeof notPutBack>

/** Whose key a text was sealed under (keyring/circles.ts). */
export const sealedUnder = v.strictObject({
  owner: v.picklist(['personal', 'circle', 'removed-circle', 'other-vault', 'before-rotation']),
  /** A stranger may have chosen this name. */
  circle: v.nullable(v.pipe(v.string(), v.maxLength(100))),
  /** The key had been replaced by the date of the text. */
  earlier: v.boolean(),
})
export type SealedUnder = v.InferOutput<typeof sealedUnder>

/** What our own window was opened for. */
export const opening = v.variant('purpose', [
  v.strictObject({
    purpose: v.literal('write'),
    cue,
    /** Where the sealed text will go; null when it will only be offered to copy. */
    target: v.nullable(v.strictObject({ host: v.string(), field: v.string(), maxChars: v.nullable(whole) })),
    /** The unfinished text that it goes on with, kept under this name. */
    draft: v.nullable(token),
    /** That text; or else the opened text of the sealed text it replaces, or the empty string. */
    text: plain,
    /** When the text that it replaces was sealed, milliseconds since 1970, and whether that is long ago by the person's choice. */
    sealedAt: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(0))),
    old: v.boolean(),
    /** Whose key that was; null where it replaces none. */
    under: v.nullable(sealedUnder),
    /** It was opened from a private window: its drafts are not written to disk. */
    inPrivate: v.boolean(),
    /** Unfinished texts, the newest first. */
    drafts: v.array(draft),
  }),
  v.strictObject({
    purpose: v.literal('read'),
    cue,
    texts: v.array(v.strictObject({ sealed, view: v.lazy(() => view) })),
  }),
  v.strictObject({ purpose: v.literal('copy'), cue: v.nullable(cue), sealed, why: unplaced }),
  /** To ask whether an opened text may go back into the field of a page in which its sealed text stands. */
  v.strictObject({
    purpose: v.literal('put-back'),
    cue,
    host: v.string(),
    field: v.string(),
    sealed,
    view: v.lazy(() => view),
    /** Why it may not: it was sealed on another site or under a key that is not of Personal (`foreign`); or it was asked before, or long ago. */
    refusal: v.nullable(v.picklist(['foreign', 'over'])),
  }),
])
export type Opening = v.InferOutput<typeof opening>

/** Why a sealed text is not shown. A page learns none of these: every closed text looks alike to it. */
export const closedReason = v.picklist([
  'locked',
  /** Sealed on another site, or outside any site. Our own window shows it. */
  'elsewhere',
  'nowhere',
  /** Sealed under a key that is not of Personal. Our own window shows it. */
  'other-key',
  'not-for-us',
  'damaged',
  'cut-off',
  'newer-version',
])
export type ClosedReason = v.InferOutput<typeof closedReason>

/** What a reader frame, or our own window, shows of one sealed text. */
export const view = v.variant('kind', [
  v.strictObject({
    kind: v.literal('opened'),
    cue,
    text: plain,
    sealed,
    /** Minutes since 1970 at which it was sealed. */
    minutes: v.pipe(v.number(), v.integer(), v.minValue(0)),
    /** That is longer ago than the person lets keys get old. */
    old: v.boolean(),
    /** In a page it is always a key of Personal. */
    under: sealedUnder,
    /** Where it was sealed, seen from the page that it was found on. In a page it is always `here`. */
    site: v.picklist(['here', 'elsewhere', 'nowhere']),
    /** The page that it was found on. */
    host: v.string(),
    /** The site that it was sealed on, where the library knows it. */
    sealedOn: v.nullable(v.string()),
  }),
  v.strictObject({ kind: v.literal('closed'), why: closedReason }),
])
export type View = v.InferOutput<typeof view>

/** A field's box on the screen in CSS pixels, to open a window beside it. */
const px = v.pipe(v.number(), v.minValue(-100_000), v.maxValue(100_000))
export const box = v.strictObject({ left: px, top: px, width: px, height: px })
export type Box = v.InferOutput<typeof box>

/** A field as the content script names it to the background: its own random name for it, and words for people. */
export const field = v.strictObject({
  id: token,
  label: v.pipe(v.string(), v.maxLength(200)),
  maxChars: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(100_000))),
})
export type Field = v.InferOutput<typeof field>
