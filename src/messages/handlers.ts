// What the background's rooms implement so that serve.ts can hand over to them: one function for every entry of the
// protocol, and one end for every reader frame. Types alone; who may serve is a matter of serve.ts and the import rules.

import type { Role } from './entry.ts'
import type { Name, Request, Response, tabsProtocol, vaultProtocol } from './protocol.ts'
import type { ReaderEvent, ReaderRequest } from './reader.ts'

/** Whoever makes a request, once known. `tabId` is null for the toolbar popup, which has no tab. */
export interface Caller {
  readonly role: Role
  readonly tabId: number | null
  readonly frameId: number
  /** The document in that frame, by the browser's random name for it; null where it tells none. */
  readonly documentId: string | null
  /** The web origin of a content script's page; our own origin for our windows and frames. */
  readonly origin: string
  /** The address of the tab's own page, where the browser tells it; and whether the tab is in a private window. */
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
