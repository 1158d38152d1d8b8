// What custody has done by those who know the browser's tabs and windows. They learn no secret by it but the texts that a page
// is to have. Each part of custody takes the few of these that it needs.

import type { Response } from '../../messages/protocol.ts'
import type { Box } from '../../messages/shapes.ts'
import type { TabCommandResponse } from '../../messages/tabCommandResponses.ts'
import type { CommandPayload } from '../../messages/tabCommands.ts'
import type { VaultState } from '../../messages/vault/vault.ts'

/** A frame, as long as it holds this document. */
export interface DocumentPlace {
  readonly tabId: number
  readonly frameId: number
  readonly documentId: string
}

/** The page where a text was sealed. */
interface SealedOn {
  readonly url: string
  readonly origin: string
}

/** A text and earlier ones on the page where they were sealed, the likeliest first. */
export interface TextToFind extends SealedOn {
  readonly sealed: readonly string[]
}

/** A text on the page where it was sealed. */
export interface PlaceOnPage extends SealedOn {
  readonly sealed: string
}

export interface BrowserSide {
  /** Opens a composer's window for a request (windowRequests.ts); gives its id, where there is one. */
  openComposer(windowRequest: string, beside: Box | null, inPrivate: boolean): Promise<number | null>
  /** Brings a window of ours to the front; false when it is gone. */
  raise(windowId: number): Promise<boolean>
  /** The ids of all windows that are open. */
  windows(): Promise<ReadonlySet<number>>
  showUnlock(): Promise<void>
  showLockState(state: VaultState['vault']): Promise<void>
  /** Whether a document that a content script spoke from still stands in its tab. */
  isThere(tabId: number, documentId: string): Promise<boolean>
  /** Puts a sealed text into a field of a page; null when that page is gone. */
  placeSealedText(
    tabId: number,
    frameId: number,
    payload: CommandPayload<'placeSealedText'>,
  ): Promise<TabCommandResponse<'placeSealedText'> | null>
  /** Gives a document the opened text; null when it is gone. */
  placeOpenedText(
    place: DocumentPlace,
    payload: CommandPayload<'placeOpenedText'>,
  ): Promise<TabCommandResponse<'placeOpenedText'> | null>
  /** Goes to the page and looks for the sealed texts, all at once. `off`: it may not look there. */
  find(sought: TextToFind): Promise<Response<'findOnPage'>['found']>
  /** Goes to the page and lets the person choose a field for it. */
  place(standing: PlaceOnPage): Promise<Response<'placeEntry'>['placing']>
  /** Loads the extension anew: every background and window of it ends, and the session's storage is cleared. */
  startOver(): Promise<void>
}
