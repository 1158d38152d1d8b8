// What stands in for the browser's extension API in a page of ours: it hands every question to the test, and tells the page what the
// test says. Runs in the page, before anything of ours, and knows nothing from outside of this function.

/** Between the page and the test. */
export interface StandIn {
  fieldsealAsk(message: string): Promise<string>
  fieldsealSessionChanged(changes: unknown): void
}

export function standIn(id: string): void {
  const world = globalThis as unknown as StandIn
  const event = () => {
    const listeners = new Set<(...what: unknown[]) => void>()
    return {
      addListener: (listener: (...what: unknown[]) => void) => void listeners.add(listener),
      removeListener: (listener: (...what: unknown[]) => void) => void listeners.delete(listener),
      fire: (...what: unknown[]) => {
        for (const listener of listeners) listener(...what)
      },
    }
  }
  const permitted = new Set<string>()
  const ofOrigins = ({ origins = [], permissions = [] }: { origins?: string[]; permissions?: string[] }) => [
    ...origins,
    ...permissions,
  ]
  const [onChanged, onAdded, onRemoved] = [event(), event(), event()]
  const api = {
    runtime: {
      id,
      getURL: (path: string) => new URL(path, location.origin).href,
      getManifest: () => ({ version: '0.0.0', commands: {} }),
      sendMessage: async (message: unknown) => JSON.parse(await world.fieldsealAsk(JSON.stringify(message))),
      onMessage: event(),
      connect: () => ({
        onMessage: event(),
        onDisconnect: event(),
        postMessage: () => undefined,
        disconnect: () => undefined,
      }),
    },
    storage: { session: { onChanged } },
    permissions: {
      onAdded,
      onRemoved,
      contains: async (asked: object) => ofOrigins(asked).every((one) => permitted.has(one)),
      request: async (asked: object) => {
        for (const one of ofOrigins(asked)) permitted.add(one)
        onAdded.fire(asked)
        return true
      },
      remove: async (asked: object) => {
        for (const one of ofOrigins(asked)) permitted.delete(one)
        onRemoved.fire(asked)
        return true
      },
    },
    commands: { getAll: async () => [] },
    tabs: {
      query: async () => [],
      getCurrent: async () => ({ id: 1, windowId: 1 }),
      create: async () => ({}),
      remove: async () => window.close(),
    },
    windows: { create: async () => ({}), getAll: async () => [], update: async () => ({}) },
    action: { openPopup: async () => undefined },
  }
  world.fieldsealSessionChanged = (changes) => onChanged.fire(changes)
  for (const name of ['chrome', 'browser'])
    Object.defineProperty(globalThis, name, { value: api, configurable: true, writable: true })
}
