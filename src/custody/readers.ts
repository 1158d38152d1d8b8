// What the reader frames inside pages are shown. A frame shows one text, and only to whoever holds a one-use ticket that
// was bound to tab, document, page and ciphertext when the content script asked for it.

import { lacksLetters, lostCapitals } from '../crypto/armor.ts'
import type { OpenRequest } from '../crypto/textKeys.ts'
import { codeOf, Failure, type FailureCode } from '../failure.ts'
import type { ReaderEnd, ReaderLine } from '../messages/handlers.ts'
import type { ReaderAsk } from '../messages/reading.ts'
import type { Box, ClosedReason, Cue, Field, View } from '../messages/shapes.ts'
import { hostOf } from './address.ts'
import type { OpenedText } from './texts.ts'
import { newToken } from './tokens.ts'

/** A frame is admitted within a second or two of its ticket; a ticket nobody came for is worth nothing later. */
const ticketLastsMs = 60_000
const ticketsAtMost = 4_000
/** A frame that is not ready for print by then is printed as its ciphertext. */
const printableWithinMs = 2_000

/** A sealed text as it stands in a page. */
export interface Place {
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

/** A sealed text, and the site that it was found on. */
type Asked = Pick<Place, 'sealed' | 'origin'>

export interface Doors {
  /** In their order, for each what was sealed, or its failure. */
  open(requests: readonly OpenRequest[]): Promise<(OpenedText | Failure)[]>
  cue(): Promise<Cue>
  /** The origins that these texts were sealed on, as far as the library knows. */
  sealedOn(sealed: readonly string[]): Promise<(string | null)[]>
  /** Whether this document still stands in its tab. One that does not may never be told of. */
  isThere(tabId: number, documentId: string): Promise<boolean>
  edit(place: Place, box: Box): Promise<void>
  openWindow(place: Place, box: Box): Promise<void>
  showUnlock(): Promise<void>
}

interface Reader {
  /** Called when the frame is ready to be printed. */
  printable: () => void
  readonly line: ReaderLine
  readonly place: Place
  /** Counts showings: of two at work at once, the later is the one that counts. */
  shown: number
}

interface Ticket {
  readonly place: Place
  /** Of the content script that asked for it, as the browser names it. */
  readonly documentId: string
  readonly until: number
  /** A frame has come with it. */
  used: boolean
  /** What it is good for, worked out while the frame loads; null once a lock or an unlock has come between. */
  view: Promise<View> | null
}

export class Readers {
  readonly #doors: Doors
  readonly #tickets = new Map<string, Ticket>()
  readonly #readers = new Set<Reader>()
  /** Counts blankings: what was opened before one is not shown after it. */
  #era = 0

  constructor(doors: Doors) {
    this.#doors = doors
  }

  /** A ticket for each of these places in a document, in their order, for one frame to show the text there. */
  issue(places: readonly Place[], documentId: string): string[] {
    const views = this.#viewsInPages(places)
    return places.map((place, at) => this.#ticket(place, documentId, nth(views, at)))
  }

  #ticket(place: Place, documentId: string, view: Promise<View>): string {
    for (const [ticket, { until }] of this.#tickets) {
      if (until > Date.now() && this.#tickets.size < ticketsAtMost) break
      this.#tickets.delete(ticket)
    }
    const ticket = newToken()
    this.#tickets.set(ticket, { place, documentId, until: Date.now() + ticketLastsMs, used: false, view })
    return ticket
  }

  /** Takes the line of a frame that has booted. It is shown nothing before it redeems a ticket. */
  admit(line: ReaderLine): ReaderEnd {
    let reader: Reader | null = null
    let ended = false
    /** A valid ticket was tried: there is one for each line. */
    let tried = false
    const redeem = async (name: string, ancestors: readonly string[]): Promise<void> => {
      const ticket = tried ? null : this.#found(line, name, ancestors)
      if (ticket !== null) {
        tried = true
        ticket.used = true
        const isThere = await this.#doors.isThere(line.tabId, ticket.documentId).catch(() => false)
        this.#tickets.delete(name)
        if (ended) return
        if (isThere) {
          reader = { line, place: ticket.place, shown: 0, printable: () => undefined }
          this.#readers.add(reader)
          // Before anything depends on the vault: when the next frames of the page are made follows from this.
          line.tell({ news: 'admitted' })
          return this.#show(reader, ticket.view)
        }
      }
      line.tell({ news: 'noTicket' })
    }
    const hear = (ask: ReaderAsk): void => {
      if (ended) return
      if (ask.ask === 'redeem') {
        void redeem(ask.ticket, ask.ancestors)
      } else if (reader !== null) {
        void this.#serve(reader, ask)
      }
    }
    const end = (): void => {
      ended = true
      if (reader !== null) this.#readers.delete(reader)
    }
    return { hear, end }
  }

  /** Shows every frame anew, after the vault was locked or unlocked. */
  async showAll(): Promise<void> {
    this.#forgetViews()
    const readers = [...this.#readers]
    const views = this.#viewsInPages(readers.map(({ place }) => place))
    await Promise.all(readers.map((reader, at) => this.#show(reader, nth(views, at))))
  }

  /** Lets the opened texts of a tab be printed, or no longer. Done when all their frames are ready. */
  async print(tabId: number, shows: boolean): Promise<void> {
    const ready = [...this.#readers]
      .filter(({ place }) => place.tabId === tabId)
      .map((reader) => {
        const { promise, resolve } = Promise.withResolvers<void>()
        reader.printable = resolve
        reader.line.tell({ news: 'print', shows })
        return promise
      })
    const late = new Promise<void>((resolve) => setTimeout(resolve, printableWithinMs))
    if (shows) await Promise.race([Promise.all(ready), late])
  }

  /** Blanks every frame at once, before anything else is done about a lock. */
  blankAll(): void {
    this.#era++
    this.#forgetViews()
    for (const { line } of this.#readers) {
      try {
        line.tell({ news: 'show', view: closed('locked') })
      } catch {
        // One that can't be told keeps no other from being blanked.
      }
    }
  }

  /** What tickets were found to be good for holds no longer, after the vault was locked or unlocked. */
  #forgetViews(): void {
    for (const ticket of this.#tickets.values()) ticket.view = null
  }

  /** What our own window shows of texts that were found on a site, in their order: those of other sites too. */
  async viewsInWindow(sealed: readonly string[], origin: string): Promise<View[]> {
    const views = await this.#views(sealed.map((one) => ({ sealed: one, origin })))
    const known = await this.#doors.sealedOn(sealed).catch(() => [])
    return views.map((view, index) =>
      view.kind === 'opened' ? { ...view, sealedOn: hostOf(known[index] ?? null) } : view,
    )
  }

  /** What a page shows of texts, in their order: those that open in place, and for the others why they do not. */
  async #viewsInPages(places: readonly Asked[]): Promise<View[]> {
    const views = await this.#views(places)
    return views.map((view) => {
      if (view.kind !== 'opened') return view
      const why = closedInPage(view)
      return why === null ? view : closed(why)
    })
  }

  async #views(asked: readonly Asked[]): Promise<View[]> {
    try {
      const [opened, cue] = await Promise.all([this.#doors.open(asked), this.#doors.cue()])
      return asked.map((one, index) => viewOf(one, opened[index] ?? new Failure('damaged'), cue))
    } catch (thrown) {
      return asked.map(({ sealed }) => closed(reasonFor(sealed, codeOf(thrown, 'damaged'))))
    }
  }

  /** The ticket of this name, if it may be used on this line, as far as can be told without asking its document. */
  #found(line: ReaderLine, name: string, ancestors: readonly string[]): Ticket | null {
    const found = this.#tickets.get(name)
    if (found === undefined || found.used || found.until < Date.now()) return null
    const { place } = found
    // The frame must stand where the ticket was asked for: same tab, same kind of parent, at the same depth below the top.
    const depthFits = (place.frameId === 0) === (ancestors.length === 1)
    return line.tabId === place.tabId && ancestors[0] === place.origin && depthFits ? found : null
  }

  async #serve(reader: Reader, ask: Exclude<ReaderAsk, { ask: 'redeem' }>): Promise<void> {
    if (ask.ask === 'openWindow') {
      await this.#doors.openWindow(reader.place, ask.box).catch(() => undefined)
    } else if (ask.ask === 'edit') {
      await this.#doors.edit(reader.place, ask.box).catch(() => undefined)
    } else if (ask.ask === 'printable') {
      reader.printable()
    } else if (ask.ask === 'unlock') {
      await this.#doors.showUnlock().catch(() => undefined)
    }
  }

  async #show(reader: Reader, prepared: Promise<View> | null = null): Promise<void> {
    const era = this.#era
    const count = ++reader.shown
    const view = await (prepared ?? nth(this.#viewsInPages([reader.place]), 0))
    if (era !== this.#era || count !== reader.shown || !this.#readers.has(reader)) return
    reader.line.tell({ news: 'show', view })
  }
}

function viewOf({ sealed, origin }: Asked, opened: OpenedText | Failure, cue: Cue): View {
  if (opened instanceof Failure) return closed(reasonFor(sealed, opened.code))
  const { text, minutes, old, under, site } = opened
  return { kind: 'opened', cue, text, sealed, minutes, old, under, site, host: new URL(origin).host, sealedOn: null }
}

/** Why a text that opens is none that a page may have opened in it; null for one that was sealed there, under a key of Personal. */
export function closedInPage({ under, site }: Pick<OpenedText, 'under' | 'site'>): ClosedReason | null {
  if (under.owner !== 'personal') return 'other-key'
  return site === 'here' ? null : site
}

const closed = (why: ClosedReason): View => ({ kind: 'closed', why })

function reasonFor(sealed: string, code: FailureCode): ClosedReason {
  if (code === 'not-for-us' && lostCapitals(sealed)) return 'damaged'
  if (code === 'damaged' && lacksLetters(sealed)) return 'cut-off'
  return code === 'not-for-us' || code === 'damaged' || code === 'newer-version' ? code : 'locked'
}

async function nth(views: Promise<View[]>, at: number): Promise<View> {
  return (await views)[at] ?? closed('locked')
}
