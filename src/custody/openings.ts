// The windows that errands are done in: one for each field and each draft, opened one after the other.

import type { Box } from '../messages/shapes.ts'
import {
  addErrand,
  type Errand,
  endErrand,
  noteWindow,
  type PutBackErrand,
  type ReadErrand,
  type WriteErrand,
  windowFor,
  windowForDraft,
  windowForPutBack,
  windowForReading,
} from './errands.ts'

export interface Windows {
  openComposer(errand: string, beside: Box | null, inPrivate: boolean): Promise<number | null>
  /** Brings a window of ours to the front; false when it is gone. */
  raise(windowId: number): Promise<boolean>
}

export class Openings {
  readonly #windows: Windows
  /** Those that are being opened, one after the other. */
  #opening: Promise<unknown> = Promise.resolve()

  constructor(windows: Windows) {
    this.#windows = windows
  }

  /** One composer for one field: where one is open, it is brought to the front. Asked twice at once, one opens. */
  forField(writing: Omit<WriteErrand, 'purpose' | 'draft'>, box: Box): Promise<void> {
    const { field } = writing
    const present = async () => (field === null ? null : windowFor(writing, field.id))
    return this.#once({ purpose: 'write', ...writing, draft: null }, box, writing.inPrivate, present)
  }

  /** The window that is at work on this draft, or else a new one. */
  forDraft(draft: string, errand: WriteErrand): Promise<void> {
    return this.#once(errand, null, errand.inPrivate, () => windowForDraft(draft))
  }

  /** One window for the same texts of the same site: clicked twice, as by a page's bait, one opens. */
  forReading(errand: ReadErrand, box: Box | null, inPrivate: boolean): Promise<void> {
    return this.#once(errand, box, inPrivate, () => windowForReading(errand))
  }

  /** One window for the same text in the same field. */
  forPuttingBack(errand: PutBackErrand, box: Box, inPrivate: boolean): Promise<void> {
    return this.#once(errand, box, inPrivate, () => windowForPutBack(errand))
  }

  async open(errand: Errand, beside: Box | null, inPrivate: boolean): Promise<void> {
    const id = await addErrand(errand)
    const windowId = await this.#windows.openComposer(id, beside, inPrivate).catch(async (thrown: unknown) => {
      await endErrand(id)
      throw thrown
    })
    if (windowId !== null) await noteWindow(id, windowId)
  }

  #once(errand: Errand, beside: Box | null, inPrivate: boolean, present: () => Promise<number | null>): Promise<void> {
    const turn = this.#opening.then(async () => {
      const open = await present()
      if (open !== null && (await this.#windows.raise(open))) return
      await this.open(errand, beside, inPrivate)
    })
    this.#opening = turn.catch(() => undefined)
    return turn
  }
}
