// Putting an opened text back into the page: the one way in which a page's field gets plaintext. It begins with the person's own
// command; a window of ours names site and field, shows the text and asks; and the grant is for one text, for one field of
// one document, for a short time and once.

import { Failure } from '../../failure.ts'
import type { Caller, VaultHandlers } from '../../messages/handlers.ts'
import type { Request, Response } from '../../messages/protocol.ts'
import type { Cue, View } from '../../messages/shapes.ts'
import type { WindowContext } from '../../messages/vault/composer.ts'
import { msPerMinute } from '../../time.ts'
import { hostOf } from '../texts/address.ts'
import { reasonClosedInPage } from '../texts/displayPolicy.ts'
import type { Texts } from '../texts/texts.ts'
import type { BrowserSide } from '../vault/browserSide.ts'
import { isUsable, type PutBackRequest, readRequest, useUpGrant } from './windowRequests.ts'
import type { ComposerWindows } from './windows.ts'

/** Long enough to unlock the vault and to read a text. */
const grantLastsMs = 5 * msPerMinute

export class PutBack {
  readonly #texts: Texts
  readonly #windows: ComposerWindows
  readonly #browser: Pick<BrowserSide, 'placeOpenedText'>
  /** The frame that the person's command means, while that frame is being notified: it may request the window once. */
  #meant: { readonly tabId: number; readonly frameId: number } | null = null

  constructor(texts: Texts, windows: ComposerWindows, browser: Pick<BrowserSide, 'placeOpenedText'>) {
    this.#texts = texts
    this.#windows = windows
    this.#browser = browser
  }

  handlers(): Pick<VaultHandlers, 'confirmPutBack' | 'openPutBackWindow'> {
    return {
      confirmPutBack: (request) => this.put(request),
      openPutBackWindow: (request, caller) => this.openWindow(request, caller),
    }
  }

  /** The person has commanded it, and means this frame. */
  async commanded(tabId: number, frameId: number, notifyFrame: () => Promise<unknown>): Promise<void> {
    const meant = { tabId, frameId }
    this.#meant = meant
    try {
      await notifyFrame()
    } finally {
      if (this.#meant === meant) this.#meant = null
    }
  }

  /** Opens the window. Failure 'refused' for a frame that the command did not mean. */
  async openWindow(
    { field, sealed, box }: Request<'openPutBackWindow'>,
    caller: Caller,
  ): Promise<Record<string, never>> {
    const { tabId, frameId, documentId, origin, inPrivate } = caller
    const meant = this.#meant
    if (meant === null || tabId !== meant.tabId || frameId !== meant.frameId || documentId === null) {
      throw new Failure('refused')
    }
    this.#meant = null
    const until = Date.now() + grantLastsMs
    const place = { tabId, frameId, documentId, origin }
    await this.#windows.forPuttingBack({ purpose: 'put-back', ...place, field, sealed, until }, box, inPrivate)
    return {}
  }

  /** The person has agreed. Failure 'locked' | 'gone' | 'refused', and those of opening the text: the grant is used only by what is given. */
  async put({ windowRequest: id }: Request<'confirmPutBack'>): Promise<Response<'confirmPutBack'>> {
    const windowRequest = await readRequest(id)
    if (windowRequest.purpose !== 'put-back') throw new Failure('refused')
    const opened = await this.#texts.openToShow(windowRequest.sealed, windowRequest.origin)
    if (reasonClosedInPage(opened) !== null) throw new Failure('refused')
    const { field, sealed, ...place } = await useUpGrant(id)
    const payload = { field: field.id, sealed, text: opened.text }
    return (await this.#browser.placeOpenedText(place, payload)) ?? { placed: false, why: 'gone' }
  }
}

/** What the window opens with. */
export function putBackContext(windowRequest: PutBackRequest, cue: Cue, view: View): WindowContext {
  const { origin, field, sealed } = windowRequest
  const foreign = view.kind === 'opened' && reasonClosedInPage(view) !== null
  const refusal = foreign ? 'foreign' : isUsable(windowRequest) ? null : 'over'
  return { purpose: 'put-back', cue, host: hostOf(origin) ?? '', field: field.label, sealed, view, refusal }
}
