// The interface between serve.ts and what answers: one function for every entry of the protocol, one handler for every reader frame.
// Types alone; who may import serve.ts is in the import rules.

import type { Role } from './entry.ts'
import type { Name, Request, Response, tabsProtocol, vaultProtocol } from './protocol.ts'
import type { ReaderEvent, ReaderRequest } from './reader.ts'

/** Whoever makes a request, once known. `tabId` is null for the toolbar popup, which has no tab. */
export interface Caller {
  readonly role: Role
  readonly tabId: number | null
  readonly frameId: number
  /** The browser's random id of the document in that frame; null where it gives none. */
  readonly documentId: string | null
  /** The web origin of a content script's page; our own origin for our windows and frames. */
  readonly origin: string
  /** The address of the tab's top page, where the browser gives it; and whether the tab is in a private window. */
  readonly tabUrl: string | null
  readonly inPrivate: boolean
}

/** One function for every entry of the protocol; a forgotten one does not compile. */
export type Handlers = { readonly [N in Name]: (request: Request<N>, caller: Caller) => Promise<Response<N>> }
export type VaultHandlers = Pick<Handlers, keyof typeof vaultProtocol>
export type TabsHandlers = Pick<Handlers, keyof typeof tabsProtocol>

/** The connection to one reader frame. */
export interface ReaderConnection {
  readonly tabId: number
  readonly frameId: number
  send(event: ReaderEvent): void
}

/** What the background does for one reader frame. */
export interface ReaderHandler {
  receive(request: ReaderRequest): void
  /** The frame was navigated, removed or closed. */
  end(): void
}
