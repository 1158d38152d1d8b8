// The shapes that cross from one context to another, each with a bound on its size. Everything that arrives is parsed from `unknown` by one
// of these. Objects are strict, so an unexpected property is refused. Lengths of strings are in UTF-16 units.

import * as v from 'valibot'

/** A sealed text of 1 MiB is about 1.44 million characters in base62; a site's decoration may double that. */
const sealedChars = 3_000_000
const plainChars = 1_100_000
const secretChars = 4_096

/** A sealed text, at most 3 million characters. Only its beginning is checked here. */
export const sealed = v.pipe(v.string(), v.startsWith('sealed'), v.maxLength(sealedChars))
/** A plaintext, at most 1.1 million characters. */
export const plain = v.pipe(v.string(), v.maxLength(plainChars))
/** A password of 1 to 4096 characters. */
export const password = v.pipe(v.string(), v.minLength(1), v.maxLength(secretChars))
/** Whether the window judged the password in the same request as strong; null if it did not judge it. */
export const strong = v.nullable(v.boolean())
/** A recovery key as typed, at most 4096 characters. */
export const recoveryKey = v.pipe(v.string(), v.maxLength(secretChars))
/** 128 random bits in base64url without padding: 22 characters. */
export const token = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{22}$/))
/** The id of a document in storage: 1 to 64 characters of base64url. */
export const documentId = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,64}$/))
/** `{}`. Valibot would also accept an empty array, so this refuses arrays. */
export const empty = v.pipe(
  v.unknown(),
  v.check((value) => !Array.isArray(value)),
  v.strictObject({}),
)
/** Exactly `length` bytes, as numbers. Not every browser can send a typed array, and we can wipe every copy of this one. */
export const byteArray = (length: number) =>
  v.pipe(v.array(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(255))), v.length(length))
/** An integer from 0 to 100,000. */
export const whole = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(100_000))

const colours = ['red', 'orange', 'yellow', 'green', 'teal', 'blue', 'purple', 'pink'] as const
/** The vault's cue: two words and a colour, by which the person recognises our own windows. */
export const cue = v.strictObject({
  words: v.pipe(v.tuple([v.pipe(v.string(), v.maxLength(40)), v.pipe(v.string(), v.maxLength(40))]), v.readonly()),
  colour: v.picklist(colours),
})
export type Cue = v.InferOutput<typeof cue>

/** The person's choices for a site. */
export const choices = v.strictObject({
  /** Texts open by themselves, without a command. */
  open: v.boolean(),
  /** The focused field has the small button. */
  button: v.boolean(),
})
export type Choices = v.InferOutput<typeof choices>

/** The place of typing errors in a recovery key, as far as its checksum can tell. `group` counts from 1. */
export const diagnosis = v.variant('kind', [
  v.strictObject({ kind: v.literal('fine') }),
  v.strictObject({ kind: v.literal('length'), letters: whole }),
  v.strictObject({ kind: v.literal('letter'), group: whole }),
  v.strictObject({ kind: v.literal('group'), group: whole }),
  v.strictObject({ kind: v.literal('somewhere') }),
])
export type Diagnosis = v.InferOutput<typeof diagnosis>

/** Why a sealed text could not be put into its field. */
export const unplaced = v.picklist(['gone', 'altered', 'too-long', 'no-target'])
export type Unplaced = v.InferOutput<typeof unplaced>

/** Why an opened text could not replace its sealed text. */
export const notPutBack = v.picklist(['gone', 'changed', 'altered', 'too-long'])
export type NotPutBack = v.InferOutput<typeof notPutBack>

/** Whose key a text was sealed under (keyring/circles.ts). */
export const sealedUnder = v.strictObject({
  owner: v.picklist(['personal', 'circle', 'removed-circle', 'other-vault', 'before-rotation']),
  /** A stranger may have chosen this name. */
  circle: v.nullable(v.pipe(v.string(), v.maxLength(100))),
  /** The key had already been replaced when the text was sealed. */
  earlier: v.boolean(),
})
export type SealedUnder = v.InferOutput<typeof sealedUnder>

/** Why a sealed text is not shown. A page learns none of these: all closed texts look the same to it. */
export const closedReason = v.picklist([
  'locked',
  /** Sealed on another site, or outside any site. Our own window shows it. */
  'elsewhere',
  'nowhere',
  /** Sealed under a key that does not belong to Personal. Our own window shows it. */
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
    /** When it was sealed, in minutes since 1970. */
    minutes: v.pipe(v.number(), v.integer(), v.minValue(0)),
    /** It was sealed longer ago than the person's limit for the age of keys. */
    old: v.boolean(),
    /** In a page it is always a key of Personal. */
    under: sealedUnder,
    /** Where it was sealed, relative to the page that it was found on. In a page it is always `here`. */
    site: v.picklist(['here', 'elsewhere', 'nowhere']),
    /** The page that it was found on. */
    host: v.string(),
    /** The site that it was sealed on; null if the library does not know it. */
    sealedOn: v.nullable(v.string()),
  }),
  v.strictObject({ kind: v.literal('closed'), why: closedReason }),
])
export type View = v.InferOutput<typeof view>

const px = v.pipe(v.number(), v.minValue(-100_000), v.maxValue(100_000))
/** A field's box on the screen in CSS pixels, to open a window beside it. */
export const box = v.strictObject({ left: px, top: px, width: px, height: px })
export type Box = v.InferOutput<typeof box>

/** A field as the content script describes it: its random id, its label, and its limit in UTF-16 units; null for none. */
export const field = v.strictObject({
  id: token,
  label: v.pipe(v.string(), v.maxLength(200)),
  maxChars: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(100_000))),
})
export type Field = v.InferOutput<typeof field>
