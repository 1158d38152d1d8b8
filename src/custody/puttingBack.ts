// Putting an opened text back into the page: the one way in which a page's field gets plaintext. It begins with the person's own
// command; a window of ours names site and field, shows the text and asks; and the grant is for one text, for one field of
// one document, for a short time and once.

import { Failure } from '../failure.ts'
import type { Asker } from '../messages/handlers.ts'
import type { Done } from '../messages/orderAnswers.ts'
import type { Told } from '../messages/orders.ts'
import type { Answer, Ask } from '../messages/protocol.ts'
import type { Box, Cue, Opening, View } from '../messages/shapes.ts'
import { hostOf } from './address.ts'
import { isGood, type PutBackErrand, readErrand, useGrant } from './errands.ts'
import { closedInPage } from './readers.ts'
import type { OpenedText } from './texts.ts'

/** Long enough to unlock the vault and to read a text. */
const grantLastsMs = 5 * 60_000

/** Where an opened text may go: this frame, as long as it holds this document. */
export type InDocument = Pick<PutBackErrand, 'tabId' | 'frameId' | 'documentId'>

export interface PuttingBackDoors {
  openWindow(errand: PutBackErrand, box: Box, inPrivate: boolean): Promise<void>
  /** Opens a sealed text, in a page with this origin. */
  open(sealed: string, origin: string): Promise<OpenedText>
  /** Gives a document the opened text; null when it is gone. */
  putOpened(place: InDocument, told: Told<'putOpened'>): Promise<Done<'putOpened'> | null>
}

export class PuttingBack {
  readonly #doors: PuttingBackDoors
  /** The frame that the person's command means, while it is being told of that: it may ask for the window once. */
  #meant: { readonly tabId: number; readonly frameId: number } | null = null

  constructor(doors: PuttingBackDoors) {
    this.#doors = doors
  }

  /** The person has commanded it, and means this frame. */
  async commanded(tabId: number, frameId: number, tellFrame: () => Promise<unknown>): Promise<void> {
    const meant = { tabId, frameId }
    this.#meant = meant
    try {
      await tellFrame()
    } finally {
      if (this.#meant === meant) this.#meant = null
    }
  }

  /** Opens the window. Failure 'refused' for whoever was not commanded to ask. */
  async ask({ field, sealed, box }: Ask<'putBack'>, asker: Asker): Promise<Record<string, never>> {
    const { tabId, frameId, documentId, origin, inPrivate } = asker
    const meant = this.#meant
    if (meant === null || tabId !== meant.tabId || frameId !== meant.frameId || documentId === null) {
      throw new Failure('refused')
    }
    this.#meant = null
    const until = Date.now() + grantLastsMs
    const place = { tabId, frameId, documentId, origin }
    await this.#doors.openWindow({ purpose: 'put-back', ...place, field, sealed, until }, box, inPrivate)
    return {}
  }

  /** The person has agreed. Failure 'locked' | 'gone' | 'refused', and those of opening the text: the grant is used only by what is given. */
  async put({ errand: id }: Ask<'putOpened'>): Promise<Answer<'putOpened'>> {
    const errand = await readErrand(id)
    if (errand.purpose !== 'put-back') throw new Failure('refused')
    const opened = await this.#doors.open(errand.sealed, errand.origin)
    if (closedInPage(opened) !== null) throw new Failure('refused')
    const { field, sealed, ...place } = await useGrant(id)
    const told = { field: field.id, sealed, text: opened.text }
    return (await this.#doors.putOpened(place, told)) ?? { placed: false, why: 'gone' }
  }
}

/** What the window opens with. */
export function putBackOpening(errand: PutBackErrand, cue: Cue, view: View): Opening {
  const { origin, field, sealed } = errand
  const foreign = view.kind === 'opened' && closedInPage(view) !== null
  const refusal = foreign ? 'foreign' : isGood(errand) ? null : 'over'
  return { purpose: 'put-back', cue, host: hostOf(origin) ?? '', field: field.label, sealed, view, refusal }
}
