// Opens a window for each window request, one after the other, and no second one for the same field or draft.

import type { VaultHandlers } from '../../messages/handlers.ts'
import type { Box } from '../../messages/shapes.ts'
import { Queue } from '../../queue.ts'
import { cleanAddress } from '../texts/address.ts'
import { placeOfCaller, type ReaderWindows, type TextPlace } from '../texts/readers.ts'
import type { BrowserSide } from '../vault/browserSide.ts'
import {
  addRequest,
  endRequest,
  type PutBackRequest,
  type ReadRequest,
  recordWindow,
  type WindowRequest,
  type WriteRequest,
  windowForDraft,
  windowForField,
  windowForPutBack,
  windowForReading,
} from './windowRequests.ts'

type BrowserWindows = Pick<BrowserSide, 'openComposer' | 'raise'>

export class ComposerWindows implements ReaderWindows {
  readonly #windows: BrowserWindows
  readonly #openings = new Queue()

  constructor(windows: BrowserWindows) {
    this.#windows = windows
  }

  handlers(): Pick<VaultHandlers, 'compose' | 'openWindow' | 'offerSealedText'> {
    return {
      compose: async ({ field, sealed, box }, caller) => {
        await this.forField({ ...placeOfCaller(caller), field, sealed }, box)
        return {}
      },
      openWindow: async ({ sealed }, { origin, inPrivate }) => {
        await this.readInWindow(origin, [sealed], inPrivate)
        return {}
      },
      offerSealedText: async ({ sealed, why }, { inPrivate }) => {
        await this.open({ purpose: 'copy', sealed, why }, null, inPrivate)
        return {}
      },
    }
  }

  /** Opens a composer that belongs to no field, for the page at `url`; null where that is none of the web. */
  async composeFor(tabId: number, url: string | null, inPrivate: boolean): Promise<void> {
    const origin = url === null ? null : new URL(url).origin
    const place = { tabId, frameId: 0, origin, url: cleanAddress(url), inPrivate }
    await this.open({ purpose: 'write', ...place, field: null, sealed: null, draft: null }, null, inPrivate)
  }

  async readInWindow(origin: string, sealed: readonly string[], inPrivate: boolean): Promise<void> {
    await this.forReading({ purpose: 'read', origin, sealed: [...sealed] }, null, inPrivate)
  }

  /** A window that shows this text. */
  forText({ origin, sealed, inPrivate }: TextPlace, box: Box): Promise<void> {
    return this.forReading({ purpose: 'read', origin, sealed: [sealed] }, box, inPrivate)
  }

  /** One composer for one field: where one is open, it is brought to the front. Requested twice at once, one opens. */
  forField(writing: Omit<WriteRequest, 'purpose' | 'draft'>, box: Box): Promise<void> {
    const { field } = writing
    const present = async () => (field === null ? null : windowForField(writing, field.id))
    return this.#once({ purpose: 'write', ...writing, draft: null }, box, writing.inPrivate, present)
  }

  /** The window that is at work on this draft, or else a new one. */
  forDraft(draft: string, windowRequest: WriteRequest): Promise<void> {
    return this.#once(windowRequest, null, windowRequest.inPrivate, () => windowForDraft(draft))
  }

  /** One window for the same texts of the same site: clicked twice, as by a page's bait, one opens. */
  forReading(windowRequest: ReadRequest, box: Box | null, inPrivate: boolean): Promise<void> {
    return this.#once(windowRequest, box, inPrivate, () => windowForReading(windowRequest))
  }

  /** One window for the same text in the same field. */
  forPuttingBack(windowRequest: PutBackRequest, box: Box, inPrivate: boolean): Promise<void> {
    return this.#once(windowRequest, box, inPrivate, () => windowForPutBack(windowRequest))
  }

  async open(windowRequest: WindowRequest, beside: Box | null, inPrivate: boolean): Promise<void> {
    const id = await addRequest(windowRequest)
    const windowId = await this.#windows.openComposer(id, beside, inPrivate).catch(async (thrown: unknown) => {
      await endRequest(id)
      throw thrown
    })
    if (windowId !== null) await recordWindow(id, windowId)
  }

  #once(
    windowRequest: WindowRequest,
    beside: Box | null,
    inPrivate: boolean,
    present: () => Promise<number | null>,
  ): Promise<void> {
    return this.#openings.run(async () => {
      const open = await present()
      if (open !== null && (await this.#windows.raise(open))) return
      await this.open(windowRequest, beside, inPrivate)
    })
  }
}
