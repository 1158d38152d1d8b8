// The shapes that cross from one context to another, each with its bound in size. Everything that arrives is parsed by
// one of these from `unknown`; objects are strict, so that a field nobody expects is a refusal and not a surprise.

import * as v from 'valibot'

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
export const empty = v.pipe(
  v.unknown(),
  v.check((value) => !Array.isArray(value)),
  v.strictObject({}),
)
/** So many bytes, as numbers: a typed array does not cross in every browser, and every copy of ours can be wiped. */
export const byteArray = (length: number) =>
  v.pipe(v.array(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(255))), v.length(length))
/** A count of things in a page. */
export const whole = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(100_000))

const colours = ['red', 'orange', 'yellow', 'green', 'teal', 'blue', 'purple', 'pink'] as const
export const cue = v.strictObject({
  words: v.pipe(v.tuple([v.pipe(v.string(), v.maxLength(40)), v.pipe(v.string(), v.maxLength(40))]), v.readonly()),
  colour: v.picklist(colours),
})
export type Cue = v.InferOutput<typeof cue>

/** What a person may choose for a site. */
export const choices = v.strictObject({
  /** Texts open by themselves, without a command. */
  open: v.boolean(),
  /** The small button stands at the field in focus. */
  button: v.boolean(),
})
export type Choices = v.InferOutput<typeof choices>

/** Where typing errors of a recovery key lie, as far as its checksum can tell. Groups count from 1. */
export const diagnosis = v.variant('kind', [
  v.strictObject({ kind: v.literal('fine') }),
  v.strictObject({ kind: v.literal('length'), letters: whole }),
  v.strictObject({ kind: v.literal('letter'), group: whole }),
  v.strictObject({ kind: v.literal('group'), group: whole }),
  v.strictObject({ kind: v.literal('somewhere') }),
])
export type Diagnosis = v.InferOutput<typeof diagnosis>

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
