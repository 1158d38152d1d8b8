// One reader: shows one opened text in our own origin, inside a page. It has no secret in its address, listens to nobody
// without a valid ticket, never speaks to its parent window, and is wiped when its line to the background is cut.

import * as v from 'valibot'
import { admission, type FrameNews, parseNews, type ReaderAsk, readerNews, readerPort } from '../messages/reading.ts'
import { runtime } from '../messages/runtime.ts'
import { Face } from './face.ts'

/** A page may shower a frame with forged admissions; more than these a minute are not even tried. */
const admissionsAMinute = 60
/** The background is kept from falling asleep for as long as a text is in view. */
const stayMs = 20_000

/** Boots where a reader may stand: in our own origin, inside a page of the web. Anywhere else nothing happens. */
export function startReader(): void {
  const ours = runtime.getURL('/').replace(/\/$/, '')
  const ancestors = [...(location.ancestorOrigins ?? [])]
  const [parentOrigin] = ancestors
  if (self.origin !== ours || window.parent === window || parentOrigin === undefined) return
  new Reader(ancestors, parentOrigin).listen()
}

type Port = ReturnType<typeof runtime.connect>

class Reader {
  readonly #ancestors: string[]
  readonly #parentOrigin: string
  readonly #face: Face
  #line: MessagePort | null = null
  #port: Port | null = null
  /** Opened while the frame still loads, for the first ticket to be tried. */
  #spare: Port | null = null
  #tried: number[] = []

  constructor(ancestors: string[], parentOrigin: string) {
    this.#ancestors = ancestors
    this.#parentOrigin = parentOrigin
    this.#face = new Face({
      ask: (ask) => this.#ask(ask),
      opened: (lines) => this.#tell({ news: 'opened', lines }),
    })
  }

  listen(): void {
    this.#spare = this.#connect()
    window.addEventListener('message', (event) => {
      if (event.source !== window.parent || event.origin !== this.#parentOrigin) return
      const parsed = parseNews(admission, event.data)
      const [line] = event.ports
      const now = Date.now()
      this.#tried = [...this.#tried.filter((at) => now - at < 60_000), now]
      if (parsed === null || line === undefined || this.#tried.length > admissionsAMinute) return
      this.#redeem(parsed.ticket, line, () => this.#face.fit(parsed.look))
    })
    // A page in the back-forward cache hears of no lock: nothing goes in there, and who comes out needs a fresh ticket.
    window.addEventListener('pagehide', () => {
      this.#face.wipe()
      this.#port?.disconnect()
      this.#port = null
    })
    window.addEventListener('pageshow', ({ persisted }) => {
      if (!persisted) return
      this.#tell({ news: 'lost' })
      this.#line = null
    })
    // One print at a time: the next one is asked for again.
    window.addEventListener('afterprint', () => this.#face.print(false))
    setInterval(() => {
      if (document.visibilityState === 'visible') this.#ask({ ask: 'stay' })
    }, stayMs)
  }

  #connect(): Port {
    const port = runtime.connect({ name: readerPort })
    port.onDisconnect.addListener(() => {
      if (this.#spare === port) this.#spare = null
    })
    return port
  }

  /** Tries a ticket on a line of its own. Only a valid one has any effect here; the background is the judge. */
  #redeem(ticket: string, line: MessagePort, admitted: () => void): void {
    const port = this.#spare ?? this.#connect()
    this.#spare = null
    port.onMessage.addListener((message: unknown) => {
      const news = v.safeParse(readerNews, message)
      if (!news.success) return
      if (news.output.news === 'noTicket') {
        port.disconnect()
        line.postMessage(JSON.stringify({ news: 'lost' } satisfies FrameNews))
        return
      }
      if (news.output.news === 'admitted') {
        this.#port?.disconnect()
        this.#port = port
        this.#line = line
        this.#face.wipe()
        admitted()
        this.#tell({ news: 'arrived' })
      } else if (this.#port !== port) {
        return
      } else if (news.output.news === 'print') {
        this.#face.print(news.output.shows)
        this.#ask({ ask: 'printable' })
      } else {
        this.#face.show(news.output.view)
      }
    })
    port.onDisconnect.addListener(() => {
      if (this.#port !== port) {
        line.postMessage(JSON.stringify({ news: 'lost' } satisfies FrameNews))
        return
      }
      this.#port = null
      this.#face.wipe()
      this.#tell({ news: 'lost' })
      this.#line = null
    })
    port.postMessage({ ask: 'redeem', ticket, ancestors: this.#ancestors } satisfies ReaderAsk)
  }

  #ask(ask: ReaderAsk): void {
    this.#port?.postMessage(ask)
  }

  #tell(news: FrameNews): void {
    this.#line?.postMessage(JSON.stringify(news))
  }
}
