// The interface between serve.ts and the code that answers: one function for every entry of the protocol, the steps of every transfer, and one
// handler for every reader frame. It contains only types; the import rules say who may import serve.ts.

import type { Role } from './entry.ts'
import type {
  Chunk,
  Cursor,
  InName,
  Name,
  OutName,
  Request,
  Response,
  TransferRequest,
  TransferResult,
  tabsProtocol,
  vaultProtocol,
} from './protocol.ts'
import type { ReaderEvent, ReaderRequest } from './reader.ts'

/** The context that makes a request. `tabId` is null for the toolbar popup, which has no tab. */
export interface Caller {
  readonly role: Role
  readonly tabId: number | null
  readonly frameId: number
  /** The browser's random id of the document in that frame; null if it gives none. */
  readonly documentId: string | null
  /** The web origin of a content script's page; our own origin for our windows and frames. */
  readonly origin: string
  /** The address of the tab's top page; null if the browser does not give it. */
  readonly tabUrl: string | null
  /** Whether the tab is in a private window. */
  readonly inPrivate: boolean
}

/** One function for every entry of the protocol; a forgotten one does not compile. */
export type Handlers = { readonly [N in Name]: (request: Request<N>, caller: Caller) => Promise<Response<N>> }
export type VaultHandlers = Pick<Handlers, keyof typeof vaultProtocol>
export type TabsHandlers = Pick<Handlers, keyof typeof tabsProtocol>

/**
 * A transfer out of the vault. It depends only on its arguments, since another background may continue it. `cursor` is null at the start.
 */
export interface OutHandler<N extends OutName> {
  /** Returns the chunk after `cursor` and the next cursor; or the result, if no chunk is left. */
  read(
    request: TransferRequest<N>,
    cursor: Cursor<N> | null,
    caller: Caller,
  ): Promise<{ readonly chunk: Chunk<N>; readonly cursor: Cursor<N> } | { readonly result: TransferResult<N> }>
}

/** The same for a transfer into the vault. */
export interface InHandler<N extends InName> {
  /** Stores the chunk after `cursor`, and returns the next cursor. A chunk that is already stored changes nothing. */
  store(request: TransferRequest<N>, cursor: Cursor<N> | null, chunk: Chunk<N>, caller: Caller): Promise<Cursor<N>>
  /** Called after the last chunk. May be called again, like `store`. */
  finish(request: TransferRequest<N>, cursor: Cursor<N> | null, caller: Caller): Promise<TransferResult<N>>
}

/** The steps of every transfer; a forgotten one does not compile. */
export type TransferHandlers = { readonly [N in OutName]: OutHandler<N> } & { readonly [N in InName]: InHandler<N> }

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
