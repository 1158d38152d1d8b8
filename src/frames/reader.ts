// A reader: shows one opened text in our own origin, inside a page. Its address has no secret. It obeys nobody without a valid ticket,
// never speaks to its parent window, and is wiped when its port to the background closes.

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

/** A page may flood a frame with forged admissions; more than these per minute are ignored. */
const admissionsAMinute = 60
/** Keeps the background awake while a text is in view. */
const stayMs = 20_000

/** Starts a reader, but only in our own origin and inside a web page. */
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
  #pagePort: MessagePort | null = null
  #port: Port | null = null
  /** Opened while the frame still loads, for the first ticket. */
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
      const [pagePort] = event.ports
      const now = Date.now()
      this.#attempts = [...this.#attempts.filter((time) => now - time < 60_000), now]
      if (parsed === null || pagePort === undefined || this.#attempts.length > admissionsAMinute) return
      this.#redeem(parsed.ticket, pagePort, () => this.#view.fit(parsed.look))
    })
    // A page in the back/forward cache gets no word of a lock: so it keeps no text, and needs a new ticket to come back.
    window.addEventListener('pagehide', () => {
      this.#view.wipe()
      this.#port?.disconnect()
      this.#port = null
    })
    window.addEventListener('pageshow', ({ persisted }) => {
      if (!persisted) return
      this.#notify({ event: 'lost' })
      this.#pagePort = null
    })
    // Allows one print only; the next one needs a new permission.
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

  /** Tries a ticket on a port of its own. The background decides; an invalid one has no effect here. */
  #redeem(ticket: string, pagePort: MessagePort, admitted: () => void): void {
    const port = this.#spare ?? this.#connect()
    this.#spare = null
    port.onMessage.addListener((message: unknown) => {
      const event = v.safeParse(readerEvent, message)
      if (!event.success) return
      if (event.output.event === 'noTicket') {
        port.disconnect()
        pagePort.postMessage(JSON.stringify({ event: 'lost' } satisfies FrameEvent))
        return
      }
      if (event.output.event === 'admitted') {
        this.#port?.disconnect()
        this.#port = port
        this.#pagePort = pagePort
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
        pagePort.postMessage(JSON.stringify({ event: 'lost' } satisfies FrameEvent))
        return
      }
      this.#port = null
      this.#view.wipe()
      this.#notify({ event: 'lost' })
      this.#pagePort = null
    })
    port.postMessage({ request: 'redeem', ticket, ancestors: this.#ancestors } satisfies ReaderRequest)
  }

  #send(request: ReaderRequest): void {
    this.#port?.postMessage(request)
  }

  #notify(event: FrameEvent): void {
    this.#pagePort?.postMessage(JSON.stringify(event))
  }
}
