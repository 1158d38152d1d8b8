// The background's commands to content scripts, by the script that runs them, so that no script carries the shapes of another. Only the
// background sends these. A content script checks the browser's sender, and still parses each command.

import * as v from 'valibot'
import { empty, plain, sealed, token } from './shapes.ts'

/** Most texts in one search: an entry and its earlier versions. */
export const maxTextsToFind = 50

/** Check whether this site is still on, after a change of permissions, and remove everything of ours if not. */
const recheck = empty

/** Commands to the script for texts. */
export const textCommands = {
  /** Find and open the texts of this frame, now and later. */
  openTexts: empty,
  /**
   * Print the page with its opened texts, at the person's own command. `ready` prepares a frame. `print` prints the page, and responds
   * when the print is over. `over` returns to the ciphertext.
   */
  print: v.strictObject({ step: v.picklist(['ready', 'print', 'over']) }),
  /** Find sealed texts that cannot be shown in place, such as in titles and labels, where the person last pointed, or in the whole frame. */
  listTexts: v.strictObject({ everywhere: v.boolean() }),
  recheck,
}

/** Commands to the script for fields. */
export const fieldCommands = {
  /** Seal the text of the field that the person is in. */
  sealField: empty,
  /** Request a composer for that field. */
  requestComposer: empty,
  /** Request the window that offers to put back the opened text of the sealed text at the caret (`openPutBackWindow`). */
  requestPutBack: empty,
  /** Replace a sealed text with its opened text, in the field with this id. The only command with a plaintext; the person agreed to it. */
  placeOpenedText: v.strictObject({ field: token, sealed, text: plain }),
  /** Show the opened texts of the field in focus, if the person is in one. */
  openFieldTexts: empty,
  /** Put a sealed text into the field with this id: in the place of `replaces`, or at the end if that is null or absent. */
  placeSealedText: v.strictObject({ field: token, sealed, replaces: v.nullable(sealed) }),
  /** Show a notice to the person, in a corner of the page. */
  showNotice: v.strictObject({
    what: v.picklist(['no-field', 'no-vault', 'locked', 'nothing-here', 'nothing-pointed', 'not-found']),
  }),
  recheck,
}

/** Commands to the script that finds texts and fields. */
export const finderCommands = {
  /** Find the first of these texts that is in this frame, and show the person where it is. */
  findText: v.strictObject({ sealed: v.pipe(v.array(sealed), v.minLength(1), v.maxLength(maxTextsToFind)) }),
  /**
   * Let the person choose a field in the page, and put this sealed text into it; null ends the choice. `speaks`: this frame shows the
   * notices, as one frame of the tab does.
   */
  chooseField: v.strictObject({ sealed: v.nullable(sealed), speaks: v.boolean() }),
}

type Shapes = typeof textCommands & typeof fieldCommands & typeof finderCommands
export type TabCommand = keyof Shapes
export type CommandPayload<C extends TabCommand> = v.InferOutput<Shapes[C]>

/** One of the three, or a part of it. */
export type CommandShapes = { readonly [C in TabCommand]?: Shapes[C] }

/** Every command in its message. The payload is parsed by the command's own shape. */
export const tabCommandEnvelope = v.strictObject({ command: v.string(), payload: v.unknown() })
