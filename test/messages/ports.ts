// The browser's ports, played by stand-ins that keep to one odd rule of theirs: whoever closes a port does not hear that it was closed.

import type { Sender } from '../../src/messages/sender.ts'

export class Wire<Args extends unknown[]> {
  readonly #listeners: ((...args: Args) => void)[] = []
  addListener = (listener: (...args: Args) => void) => void this.#listeners.push(listener)
  fire = (...args: Args) => {
    for (const listener of this.#listeners) listener(...args)
  }
}

/** The background's end alone: what comes over it is said by the test, and comes at once. */
export function portOf(sender: Sender | undefined, name = 'reader') {
  const port = {
    name,
    sender,
    open: true,
    posted: [] as unknown[],
    onMessage: new Wire<[unknown]>(),
    onDisconnect: new Wire<[]>(),
    postMessage(message: unknown) {
      if (!port.open) throw new Error('Attempting to use a disconnected port object')
      port.posted.push(message)
    },
    disconnect() {
      port.open = false
    },
    /** The other end says something, unless the port is closed. */
    says(message: unknown) {
      if (port.open) port.onMessage.fire(message)
    },
    /** The other end goes away. */
    leaves() {
      port.open = false
      port.onDisconnect.fire()
    },
  }
  return port
}

/** One end of a port. What it is told comes a little later, in order, and as a copy. */
export class PortEnd {
  readonly name: string
  readonly sender: Sender | undefined
  readonly onMessage = new Wire<[unknown]>()
  readonly onDisconnect = new Wire<[]>()
  readonly posted: unknown[] = []
  isOpen = true
  other: PortEnd | null = null

  constructor(name: string, sender?: Sender) {
    this.name = name
    this.sender = sender
  }

  postMessage = (message: unknown) => {
    if (!this.isOpen) throw new Error('Attempting to use a disconnected port object')
    const copy: unknown = structuredClone(message)
    this.posted.push(copy)
    soon(() => this.other?.hear(copy))
  }

  disconnect = () => {
    this.isOpen = false
    soon(() => this.other?.lose())
  }

  hear(message: unknown) {
    if (this.isOpen) this.onMessage.fire(message)
  }

  /** The other end goes away. */
  lose() {
    if (!this.isOpen) return
    this.isOpen = false
    this.onDisconnect.fire()
  }
}

const soon = (work: () => void) => void Promise.resolve().then(work)

/** Both ends of a port that `sender` opens. */
export function portPair(name: string, sender: Sender) {
  const [opener, host] = [new PortEnd(name), new PortEnd(name, sender)]
  opener.other = host
  host.other = opener
  return { opener, host }
}
