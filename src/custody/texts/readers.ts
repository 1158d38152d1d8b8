// What the reader frames inside pages show. A frame shows one text, and only for a one-use ticket, which was bound to tab,
// document, page and ciphertext when the content script requested it.

import { randomToken } from '../../bytes.ts'
import { Failure } from '../../failure.ts'
import type { Caller, ReaderConnection, ReaderHandler, VaultHandlers } from '../../messages/handlers.ts'
import type { ReaderRequest } from '../../messages/reader.ts'
import type { Box, Field, View } from '../../messages/shapes.ts'
import type { BrowserSide } from '../vault/browserSide.ts'
import { cleanAddress } from './address.ts'
import { viewsInPages } from './displayPolicy.ts'
import { closedView, type Texts } from './texts.ts'

/** A frame is admitted within a second or two of its ticket; a ticket nobody came for is worth nothing later. */
const ticketLastsMs = 60_000
const ticketsAtMost = 4_000
/** A frame that is not ready for print by then is printed as its ciphertext. */
const printableWithinMs = 2_000

/** A sealed text as it stands in a page. */
export interface TextPlace {
  readonly tabId: number
  /** The frame of the page in which the text stands, not the reader's own. */
  readonly frameId: number
  readonly origin: string
  /** Of the page in the tab, where it is known. */
  readonly url: string | null
  readonly inPrivate: boolean
  readonly sealed: string
  /** The field that holds it, or null for a text in the page itself. */
  readonly field: Field | null
}

/** The windows of ours that a person opens from a text in a page. */
export interface ReaderWindows {
  /** The composer, for the field that holds the text. */
  forField(place: TextPlace, box: Box): Promise<void>
  /** A window that shows the text. */
  forText(place: TextPlace, box: Box): Promise<void>
}

interface Reader {
  /** Called when the frame is ready to be printed. */
  printable: () => void
  readonly connection: ReaderConnection
  readonly place: TextPlace
  /** Counts showings: of two at work at once, the later is the one that counts. */
  shown: number
}

interface Ticket {
  readonly place: TextPlace
  /** Of the content script that requested it, as the browser names it. */
  readonly documentId: string
  readonly until: number
  /** A frame has come with it. */
  used: boolean
  /** What it is good for, worked out while the frame loads; null once a lock or an unlock has come between. */
  view: Promise<View> | null
}

export class Readers {
  readonly #texts: Pick<Texts, 'view'>
  readonly #windows: ReaderWindows
  readonly #browser: Pick<BrowserSide, 'isThere' | 'showUnlock'>
  readonly #tickets = new Map<string, Ticket>()
  readonly #readers = new Set<Reader>()
  /** Counts blankings: what was opened before one is not shown after it. */
  #era = 0

  constructor(
    texts: Pick<Texts, 'view'>,
    windows: ReaderWindows,
    browser: Pick<BrowserSide, 'isThere' | 'showUnlock'>,
  ) {
    this.#texts = texts
    this.#windows = windows
    this.#browser = browser
  }

  handlers(): Pick<VaultHandlers, 'issueTickets'> {
    return {
      issueTickets: async ({ texts }, caller) => {
        if (caller.documentId === null) throw new Failure('refused')
        const places = texts.map((text) => ({ ...placeOfCaller(caller), ...text }))
        return { tickets: this.issue(places, caller.documentId) }
      },
    }
  }

  /** A ticket for each of these places in a document, in their order, for one frame to show the text there. */
  issue(places: readonly TextPlace[], documentId: string): string[] {
    const views = viewsInPages(this.#texts, places)
    return places.map((place, index) => this.#ticket(place, documentId, viewAt(views, index)))
  }

  #ticket(place: TextPlace, documentId: string, view: Promise<View>): string {
    for (const [ticket, { until }] of this.#tickets) {
      if (until > Date.now() && this.#tickets.size < ticketsAtMost) break
      this.#tickets.delete(ticket)
    }
    const ticket = randomToken()
    this.#tickets.set(ticket, { place, documentId, until: Date.now() + ticketLastsMs, used: false, view })
    return ticket
  }

  /** Takes the connection of a frame that has booted. It is shown nothing before it redeems a ticket. */
  admit(connection: ReaderConnection): ReaderHandler {
    let reader: Reader | null = null
    let ended = false
    /** A valid ticket was tried: there is one for each connection. */
    let tried = false
    const redeem = async (name: string, ancestors: readonly string[]): Promise<void> => {
      const ticket = tried ? null : this.#validTicket(connection, name, ancestors)
      if (ticket !== null) {
        tried = true
        ticket.used = true
        const isThere = await this.#browser.isThere(connection.tabId, ticket.documentId).catch(() => false)
        this.#tickets.delete(name)
        if (ended) return
        if (isThere) {
          reader = { connection, place: ticket.place, shown: 0, printable: () => undefined }
          this.#readers.add(reader)
          // Before anything depends on the vault: when the next frames of the page are made follows from this.
          connection.send({ event: 'admitted' })
          return this.#show(reader, ticket.view)
        }
      }
      connection.send({ event: 'noTicket' })
    }
    const receive = (request: ReaderRequest): void => {
      if (ended) return
      if (request.request === 'redeem') {
        void redeem(request.ticket, request.ancestors)
      } else if (reader !== null) {
        void this.#serve(reader, request)
      }
    }
    const end = (): void => {
      ended = true
      if (reader !== null) this.#readers.delete(reader)
    }
    return { receive, end }
  }

  /** Shows every frame anew, after the vault was locked or unlocked. */
  async showAll(): Promise<void> {
    this.#forgetViews()
    const readers = [...this.#readers]
    const views = viewsInPages(
      this.#texts,
      readers.map(({ place }) => place),
    )
    await Promise.all(readers.map((reader, index) => this.#show(reader, viewAt(views, index))))
  }

  /** Lets the opened texts of a tab be printed, or no longer. Done when all their frames are ready. */
  async print(tabId: number, shows: boolean): Promise<void> {
    const ready = [...this.#readers]
      .filter(({ place }) => place.tabId === tabId)
      .map((reader) => {
        const { promise, resolve } = Promise.withResolvers<void>()
        reader.printable = resolve
        reader.connection.send({ event: 'print', shows })
        return promise
      })
    const late = new Promise<void>((resolve) => setTimeout(resolve, printableWithinMs))
    if (shows) await Promise.race([Promise.all(ready), late])
  }

  /** Blanks every frame at once, before anything else is done about a lock. */
  blankAll(): void {
    this.#era++
    this.#forgetViews()
    for (const { connection } of this.#readers) {
      try {
        connection.send({ event: 'show', view: closedView('locked') })
      } catch {
        // One that can't be reached keeps no other from being blanked.
      }
    }
  }

  /** What tickets were found to be good for holds no longer, after the vault was locked or unlocked. */
  #forgetViews(): void {
    for (const ticket of this.#tickets.values()) ticket.view = null
  }

  /** The ticket of this name, if it may be used on this connection, as far as can be known without asking its document. */
  #validTicket(connection: ReaderConnection, name: string, ancestors: readonly string[]): Ticket | null {
    const found = this.#tickets.get(name)
    if (found === undefined || found.used || found.until < Date.now()) return null
    const { place } = found
    // The frame must stand where the ticket was requested: same tab, same kind of parent, at the same depth below the top.
    const depthFits = (place.frameId === 0) === (ancestors.length === 1)
    return connection.tabId === place.tabId && ancestors[0] === place.origin && depthFits ? found : null
  }

  async #serve(reader: Reader, request: Exclude<ReaderRequest, { request: 'redeem' }>): Promise<void> {
    if (request.request === 'openWindow') {
      await this.#windows.forText(reader.place, request.box).catch(() => undefined)
    } else if (request.request === 'edit') {
      await this.#windows.forField(reader.place, request.box).catch(() => undefined)
    } else if (request.request === 'printable') {
      reader.printable()
    } else if (request.request === 'unlock') {
      await this.#browser.showUnlock().catch(() => undefined)
    }
  }

  async #show(reader: Reader, prepared: Promise<View> | null = null): Promise<void> {
    const era = this.#era
    const count = ++reader.shown
    const view = await (prepared ?? viewAt(viewsInPages(this.#texts, [reader.place]), 0))
    if (era !== this.#era || count !== reader.shown || !this.#readers.has(reader)) return
    reader.connection.send({ event: 'show', view })
  }
}

/** Where a content script stands. Failure 'refused' for one that is in no tab. */
export function placeOfCaller({ tabId, frameId, origin, tabUrl, inPrivate }: Caller) {
  if (tabId === null) throw new Failure('refused')
  return { tabId, frameId, origin, url: cleanAddress(tabUrl), inPrivate }
}

async function viewAt(views: Promise<View[]>, index: number): Promise<View> {
  return (await views)[index] ?? closedView('locked')
}
