// The messages between a reader frame and its two neighbours: the background, over a runtime port, and the content script that made the frame,
// over a MessagePort that came with the ticket. The page can reach neither.

import * as v from 'valibot'
import { box, token, view } from './shapes.ts'

/** The name of the reader's port. Only the browser's sender decides the role, never this name. */
export const readerPort = 'reader'

/** From the frame to the background. */
export const readerRequest = v.variant('request', [
  v.strictObject({
    request: v.literal('redeem'),
    ticket: token,
    /** `location.ancestorOrigins`, nearest first. */
    ancestors: v.pipe(v.array(v.pipe(v.string(), v.maxLength(400))), v.minLength(1), v.maxLength(20)),
  }),
  v.strictObject({ request: v.literal('unlock') }),
  v.strictObject({ request: v.literal('edit'), box }),
  /** Open this text in our own window. */
  v.strictObject({ request: v.literal('openWindow'), box }),
  /** The text that the person is printing is ready. */
  v.strictObject({ request: v.literal('printable') }),
  /** Keeps the background alive while the person reads a text. */
  v.strictObject({ request: v.literal('stay') }),
])
export type ReaderRequest = v.InferOutput<typeof readerRequest>

/** From the background to the frame: whether the ticket is valid, at once; then what to show. */
export const readerEvent = v.variant('event', [
  v.strictObject({ event: v.literal('admitted') }),
  v.strictObject({ event: v.literal('show'), view }),
  v.strictObject({ event: v.literal('noTicket') }),
  /** Whether the person is printing the opened text. Until then it is not printed, whoever prints the page. */
  v.strictObject({ event: v.literal('print'), shows: v.boolean() }),
])
export type ReaderEvent = v.InferOutput<typeof readerEvent>

const channel = v.pipe(v.number(), v.minValue(0), v.maxValue(255))
/** The look of the page around a text. Numbers and closed lists, so that a page can style no more than this. */
export const appearance = v.strictObject({
  colour: v.tuple([channel, channel, channel]),
  backdrop: v.tuple([channel, channel, channel]),
  fontPx: v.pipe(v.number(), v.minValue(9), v.maxValue(48)),
  weight: v.pipe(v.number(), v.minValue(100), v.maxValue(900)),
  family: v.picklist(['sans', 'serif', 'mono']),
  direction: v.picklist(['ltr', 'rtl']),
})
export type Appearance = v.InferOutput<typeof appearance>

/** From the content script to the frame, by postMessage to the exact extension origin, with one MessagePort. */
export const admission = v.strictObject({ fieldseal: v.literal('admission'), ticket: token, look: appearance })
export type Admission = v.InferOutput<typeof admission>

/** The heights of a frame, in lines; longer texts scroll. A frame reveals only which of these it has. */
export const lineSteps = [1, 2, 4, 8, 16, 24] as const
/** The preferred widths of a frame, in letters. The choice depends only on the ciphertext's length, which the page knows. */
export const widthSteps = [52, 72, 100] as const

/** The width in letters for a ciphertext of so many characters. */
export function charsForWidth(sealedChars: number): (typeof widthSteps)[number] {
  const letters = sealedChars * 0.7 - 60
  return widthSteps.find((width) => letters <= width) ?? 100
}

/** The height of a frame that shows one line of ours instead of a text, in CSS pixels. */
export const closedPx = 28

/** The height of one line of opened text, in CSS pixels. */
export const linePx = (fontPx: number): number => Math.round(fontPx * 1.5)
/** The height of the strip with the logo and buttons below a text, in CSS pixels. */
export const stripPx = 30

/** Parses JSON text; null if it does not match. Messages between worlds are JSON, so that no object of one enters the other. */
export function parseEvent<Shape extends v.GenericSchema>(shape: Shape, data: unknown): v.InferOutput<Shape> | null {
  if (typeof data !== 'string') return null
  try {
    const parsed = v.safeParse(shape, JSON.parse(data))
    return parsed.success ? parsed.output : null
  } catch {
    return null
  }
}

/** From the frame to the content script, over the MessagePort. A union, as in caller.ts. */
export const frameEvent = v.union([
  /** The frame runs, and its ticket was valid. Sent before the text opens or fails to open. */
  v.strictObject({ event: v.literal('arrived') }),
  /** The text is open. For a text that does not open the frame sends nothing, so the page cannot notice. */
  v.strictObject({
    event: v.literal('opened'),
    lines: v.picklist(lineSteps),
  }),
  /** The ticket was invalid, or the background has died. The frame is blank and needs a new ticket. */
  v.strictObject({ event: v.literal('lost') }),
])
export type FrameEvent = v.InferOutput<typeof frameEvent>
