// Stands in for the browser's extension API in a document: every call goes to the test (browserApi.ts), which is also where whatever is
// told here comes from. Runs before anything else of the document, and knows nothing from outside of this function.

import type { Messages } from '../../locales/messages.ts'

/** What a document says of itself with every call. */
export interface Speaker {
  readonly document: string
  readonly url: string
  readonly origin: string
  readonly isTop: boolean
  /** When it began, in milliseconds since 1970. */
  readonly begun: number
}

export interface Call {
  readonly from: Speaker
  readonly name: string
  readonly args: readonly unknown[]
}

/** What a document is told; one with `answer` is to be answered by that number. */
export type News =
  | { readonly event: string; readonly args: readonly unknown[] }
  | { readonly message: unknown; readonly sender: unknown; readonly answer: number }
  | { readonly port: string; readonly told: unknown }
  | { readonly port: string; readonly over: true }
  | { readonly port: string; readonly opens: { readonly name: string; readonly sender: unknown } }

export interface InDocument {
  /** To the test; its answer is JSON of `{ value }` or `{ error }`. */
  fieldsealCall(call: string): Promise<string>
  readonly fieldsealDocument: string
  /** messageIn of test/i18n.ts. */
  fieldsealMessageIn(messages: Messages, name: string, values?: readonly string[]): string
}

export function standIn(
  id: string,
  origin: string,
  manifest: unknown,
  names: readonly string[],
  messages: Messages,
): void {
  const world = globalThis as unknown as InDocument
  const me = Math.random().toString(36).slice(2)
  const call = async (name: string, ...args: unknown[]): Promise<unknown> => {
    const from = {
      document: me,
      url: location.href,
      origin: self.origin,
      isTop: window.parent === window,
      begun: performance.timeOrigin,
    }
    const sent = JSON.stringify({ from, name, args }, (_key, value) =>
      typeof value === 'function' ? { source: String(value) } : value,
    )
    const reply = JSON.parse(await world.fieldsealCall(sent)) as { value?: unknown; error?: string }
    if (reply.error !== undefined) throw new Error(reply.error)
    return reply.value
  }

  type Listener = (...what: unknown[]) => unknown
  const listening = new Map<string, Set<Listener>>()
  const newEvent = (listeners = new Set<Listener>()) => ({
    addListener: (listener: Listener) => void listeners.add(listener),
    removeListener: (listener: Listener) => void listeners.delete(listener),
    hasListener: (listener: Listener) => listeners.has(listener),
    dispatch: (...what: unknown[]) => {
      for (const listener of [...listeners]) listener(...what)
    },
  })
  const eventNamed = (name: string) => {
    const listeners = new Set<Listener>()
    listening.set(name, listeners)
    return newEvent(listeners)
  }

  const ports = new Map<string, { onMessage: ReturnType<typeof newEvent>; onDisconnect: ReturnType<typeof newEvent> }>()
  const newPort = (port: string, name: string, sender?: unknown) => {
    const made = {
      name,
      sender,
      onMessage: newEvent(),
      onDisconnect: newEvent(),
      postMessage: (told: unknown) => {
        if (!ports.has(port)) throw new Error('Attempting to use a disconnected port object')
        void call('port.post', port, told)
      },
      disconnect: () => {
        if (ports.delete(port)) void call('port.over', port)
      },
    }
    ports.set(port, made)
    return made
  }

  const api: Record<string, Record<string, unknown>> = {}
  for (const name of names) {
    const path = name.split('.')
    const last = path.pop() as string
    let at = api as Record<string, unknown>
    for (const part of path) {
      at[part] ??= {}
      at = at[part] as Record<string, unknown>
    }
    at[last] = /^on[A-Z]/.test(last) ? eventNamed(name) : (...args: unknown[]) => call(name, ...args)
  }
  const roots = new WeakMap<Element, ShadowRoot>()
  const { attachShadow } = Element.prototype
  Element.prototype.attachShadow = function (options) {
    const root = attachShadow.call(this, options)
    roots.set(this, root)
    return root
  }
  api.i18n = { getMessage: (name: string, values?: string[]) => world.fieldsealMessageIn(messages, name, values) }
  api.dom = { openOrClosedShadowRoot: (host: Element) => host.shadowRoot ?? roots.get(host) ?? null }
  Object.assign(api.runtime as object, {
    id,
    getURL: (path: string) => new URL(path, origin).href,
    getManifest: () => manifest,
    connect: ({ name }: { name: string }) => {
      const port = `${me} ${ports.size} ${Math.random()}`
      const made = newPort(port, name)
      void call('port.open', port, name)
      return made
    },
  })
  for (const name of ['chrome', 'browser'])
    Object.defineProperty(globalThis, name, { value: api, configurable: true, writable: true })
  Object.defineProperty(globalThis, 'fieldsealDocument', { value: me })

  /** The first answer of the listeners, in either of the ways that browsers know; undefined where there is none. */
  const answerOf = (message: unknown, sender: unknown): Promise<{ value?: unknown; deaf?: true }> => {
    const listeners = listening.get('runtime.onMessage') ?? []
    for (const listener of listeners) {
      let reply: (value?: unknown) => void = () => undefined
      const replied = new Promise<unknown>((resolve) => {
        reply = resolve
      })
      const given = listener(message, sender, reply)
      if (given === true) return replied.then((value) => ({ value }))
      if (given instanceof Promise) return given.then((value) => ({ value }))
    }
    return Promise.resolve([...listeners].length === 0 ? { deaf: true } : {})
  }
  const hear = (news: News): void => {
    if ('event' in news) {
      for (const listener of [...(listening.get(news.event) ?? [])]) listener(...news.args)
    } else if ('message' in news) {
      void answerOf(news.message, news.sender).then((answer) => call('answered', news.answer, answer))
    } else if ('opens' in news) {
      const port = newPort(news.port, news.opens.name, news.opens.sender)
      for (const listener of [...(listening.get('runtime.onConnect') ?? [])]) listener(port)
    } else if ('over' in news) {
      const port = ports.get(news.port)
      ports.delete(news.port)
      port?.onDisconnect.dispatch(port)
    } else {
      const port = ports.get(news.port)
      port?.onMessage.dispatch(news.told, port)
    }
  }
  const listen = async (): Promise<void> => {
    for (;;) {
      const all = (await call('next')) as News[]
      for (const news of all) {
        try {
          hear(news)
        } catch (thrown) {
          console.error(thrown)
        }
      }
    }
  }
  void listen().catch(() => undefined)
  // Firefox has the first document of a frame make way for the one that it was made for, and both have this one global object.
  addEventListener('pagehide', () => {
    if (location.href !== 'about:blank') void call('leaving').catch(() => undefined)
  })
  addEventListener('pageshow', ({ persisted }) => {
    if (persisted) void call('returning').then(listen, () => undefined)
  })
  // A browser lets pages of an extension close themselves.
  if (self.origin === origin) window.close = () => void call('closes').catch(() => undefined)
  const idle = () => void call('loaded').catch(() => undefined)
  addEventListener('DOMContentLoaded', idle)
  if (document.readyState !== 'loading') idle()
}
