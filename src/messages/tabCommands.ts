// The commands of the background to content scripts, by the script that runs them: none carries the shapes of another. Only the background
// sends these; a content script checks that by the browser's sender, and parses them all the same.

import * as v from 'valibot'
import { empty, plain, sealed, token } from './shapes.ts'

/** A text and its earlier versions: no more are searched for at once. */
export const maxTextsToFind = 50

/** Permissions have changed: check whether this site is still on, and remove everything of ours if not. */
const recheckSite = empty

/** Commands to the script for texts. */
export const textCommands = {
  /** Find and open the texts of this frame from now on. */
  openFrameTexts: empty,
  /**
   * Print the page with its opened texts, at the person's own command: `ready` makes a frame ready for it, `print` prints
   * the page and is done when that is over, `over` goes back to the ciphertext.
   */
  print: v.strictObject({ step: v.picklist(['ready', 'print', 'over']) }),
  /** Find sealed texts where none can be shown in place: in titles, labels and the like of what was last pointed at. */
  findPointedTexts: v.strictObject({ everywhere: v.boolean() }),
  recheckSite,
}

/** Commands to the script for fields. */
export const fieldCommands = {
  /** Seal what stands in the field that the person is in. */
  sealField: empty,
  /** Request a composer for that field. */
  requestComposer: empty,
  /** Request a window that offers to put back the opened text of the sealed text in focus (`openPutBackWindow`). */
  requestPutBack: empty,
  /** Put an opened text in the place of its sealed one, in a field named earlier: the one command with a plaintext, which the person agreed to. */
  placeOpenedText: v.strictObject({ field: token, sealed, text: plain }),
  /** Show the opened texts of the field in focus, if the person is in one. */
  openFieldTexts: empty,
  /** Put a sealed text into a field named earlier: in the place of another if that stands there, else after what does. */
  placeSealedText: v.strictObject({ field: token, sealed, replaces: v.nullable(sealed) }),
  /** Show a notice to the person, beside the field in focus. */
  showNotice: v.strictObject({
    what: v.picklist(['no-field', 'no-vault', 'locked', 'nothing-here', 'nothing-pointed', 'not-found']),
  }),
  recheckSite,
}

/** Commands to the script that finds texts and fields. */
export const finderCommands = {
  /** Look for one of these texts wherever it may stand in this frame, the likeliest first, and show the person where it is. */
  findText: v.strictObject({ sealed: v.pipe(v.array(sealed), v.minLength(1), v.maxLength(maxTextsToFind)) }),
  /**
   * Have the person choose a field in the page, and put this sealed text into it; null when that is over. One frame of the
   * tab speaks of it.
   */
  chooseField: v.strictObject({ sealed: v.nullable(sealed), speaks: v.boolean() }),
}

type Shapes = typeof textCommands & typeof fieldCommands & typeof finderCommands
export type TabCommand = keyof Shapes
export type CommandPayload<C extends TabCommand> = v.InferOutput<Shapes[C]>

/** One of the three, or a part of it. */
export type CommandShapes = { readonly [C in TabCommand]?: Shapes[C] }

export const tabCommandEnvelope = v.strictObject({ command: v.string(), payload: v.unknown() })
