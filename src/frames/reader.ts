// One reader: shows one opened text in our own origin, inside a page. It has no secret in its address, listens to nobody
// without a valid ticket, never speaks to its parent window, and is wiped when its line to the background is cut.

import * as v from 'valibot'
import {
  admission,
  type FrameEvent,
  parseEvent,
  type ReaderRequest,
  readerEvent,
  readerPort,
} from '../messages/reader.ts'
import { runtime } from '../messages/runtime.ts'
import { ReaderView } from './readerView.ts'

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
  readonly #view: ReaderView
  #line: MessagePort | null = null
  #port: Port | null = null
  /** Opened while the frame still loads, for the first ticket to be tried. */
  #spare: Port | null = null
  #attempts: number[] = []

  constructor(ancestors: string[], parentOrigin: string) {
    this.#ancestors = ancestors
    this.#parentOrigin = parentOrigin
    this.#view = new ReaderView({
      send: (request) => this.#send(request),
      opened: (lines) => this.#notify({ event: 'opened', lines }),
    })
  }

  listen(): void {
    this.#spare = this.#connect()
    window.addEventListener('message', (event) => {
      if (event.source !== window.parent || event.origin !== this.#parentOrigin) return
      const parsed = parseEvent(admission, event.data)
      const [line] = event.ports
      const now = Date.now()
      this.#attempts = [...this.#attempts.filter((time) => now - time < 60_000), now]
      if (parsed === null || line === undefined || this.#attempts.length > admissionsAMinute) return
      this.#redeem(parsed.ticket, line, () => this.#view.fit(parsed.look))
    })
    // A page in the back-forward cache hears of no lock: nothing goes in there, and who comes out needs a fresh ticket.
    window.addEventListener('pagehide', () => {
      this.#view.wipe()
      this.#port?.disconnect()
      this.#port = null
    })
    window.addEventListener('pageshow', ({ persisted }) => {
      if (!persisted) return
      this.#notify({ event: 'lost' })
      this.#line = null
    })
    // One print at a time: the next one is asked for again.
    window.addEventListener('afterprint', () => this.#view.print(false))
    setInterval(() => {
      if (document.visibilityState === 'visible') this.#send({ request: 'stay' })
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
      const event = v.safeParse(readerEvent, message)
      if (!event.success) return
      if (event.output.event === 'noTicket') {
        port.disconnect()
        line.postMessage(JSON.stringify({ event: 'lost' } satisfies FrameEvent))
        return
      }
      if (event.output.event === 'admitted') {
        this.#port?.disconnect()
        this.#port = port
        this.#line = line
        this.#view.wipe()
        admitted()
        this.#notify({ event: 'arrived' })
      } else if (this.#port !== port) {
        return
      } else if (event.output.event === 'print') {
        this.#view.print(event.output.shows)
        this.#send({ request: 'printable' })
      } else {
        this.#view.show(event.output.view)
      }
    })
    port.onDisconnect.addListener(() => {
      if (this.#port !== port) {
        line.postMessage(JSON.stringify({ event: 'lost' } satisfies FrameEvent))
        return
      }
      this.#port = null
      this.#view.wipe()
      this.#notify({ event: 'lost' })
      this.#line = null
    })
    port.postMessage({ request: 'redeem', ticket, ancestors: this.#ancestors } satisfies ReaderRequest)
  }

  #send(request: ReaderRequest): void {
    this.#port?.postMessage(request)
  }

  #notify(event: FrameEvent): void {
    this.#line?.postMessage(JSON.stringify(event))
  }
}
