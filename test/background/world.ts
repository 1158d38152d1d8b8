// A browser around the background, without a browser. The background is the extension's own entry point, with modules of its own
// each time it is started, so that nothing of it is left but what lies on the device and in the browser's storage. It is
// killed at any moment: nothing that it has begun happens any more (lives.ts).

import { vi } from 'vitest'
import { browser } from 'wxt/browser'
import { fakeBrowser } from 'wxt/testing/fake-browser'
import type { Role } from '../../src/messages/entry.ts'
import type {
  Chunk,
  InName,
  Name,
  OutName,
  Request,
  Response,
  TransferRequest,
  TransferResult,
} from '../../src/messages/protocol.ts'
import { type ReaderEvent, type ReaderRequest, readerPort } from '../../src/messages/reader.ts'
import type { TabCommandResponse } from '../../src/messages/tabCommandResponses.ts'
import type { CommandPayload, TabCommand } from '../../src/messages/tabCommands.ts'
import { receive, send, type TransferOptions } from '../../src/messages/transfer.ts'
import { askingFor, beginLife } from '../custody/lives.ts'
import { type PortEnd, portPair } from '../messages/ports.ts'
import { senders, site } from '../messages/senders.ts'

export type Reply = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly code: string }
interface Message {
  readonly command: TabCommand
  readonly payload: CommandPayload<TabCommand>
}
interface Fakes {
  readonly [name: string]: (...args: never[]) => unknown
}

/** The page that the person has before them, and that content scripts speak from. */
const page = { id: 7, windowId: 1, url: `${site}/today`, active: true, status: 'complete', incognito: false }
const inFocus = { actedAt: 1, chosen: true, focused: true }
/** A background that hangs in the middle of something is one that does not come back. */
const answersWithinMs = 10_000

export class World {
  /** What content scripts were told. */
  readonly tabCommands: Message[] = []
  /** The addresses of our windows, by their ids. */
  readonly windows = new Map<number, string>()
  readonly raised: number[] = []
  readonly granted = new Set<string>([`${site}/*`])
  popups = 0
  /** What the content script in the page does when it is told something, and answers. */
  answers: {
    [C in TabCommand]?: (payload: CommandPayload<C>) => Promise<TabCommandResponse<C>> | TabCommandResponse<C>
  } = {}
  #nextWindow = 100
  /** Who opens the next port; and the windows' ends of those that are open. */
  #opener: Role = 'options'
  readonly #ports = new Set<PortEnd>()
  #life: ReturnType<typeof beginLife> | null = null

  constructor() {
    const { runtime } = browser
    const connect = ({ name }: { name: string }) => this.#connect(name)
    Object.assign(runtime, { onConnect: event(), connect, ...watched('runtime', { reload: async () => undefined }) })
    Object.assign(browser, {
      tabs: { ...watched('tabs', this.#tabs()), onRemoved: event(), onUpdated: event() },
      windows: { ...watched('windows', this.#windows()), onRemoved: event() },
      permissions: { ...watched('permissions', this.#permissions()), onAdded: event(), onRemoved: event() },
      action: { ...watched('action', this.#action()), onClicked: event() },
      scripting: watched('scripting', scripting),
      idle: { queryState: async () => 'active', setDetectionInterval: () => undefined, onStateChanged: event() },
      offscreen: { createDocument: async () => undefined, closeDocument: async () => undefined },
      commands: { onCommand: event() },
      contextMenus: { onClicked: event() },
    })
    for (const area of Object.values(browser.storage)) Object.assign(area, { setAccessLevel: async () => undefined })
    vi.spyOn(runtime, 'getManifest').mockReturnValue({ optional_permissions: ['clipboardRead'] } as never)
  }

  /** A new background, that knows nothing. */
  async start(): Promise<void> {
    vi.resetModules()
    const life = beginLife()
    this.#life = life
    await life.run(async () => {
      const { default: background } = await import('../../entrypoints/background.ts')
      background.main()
    })
  }

  /** Ends the background where it stands. */
  kill(): void {
    this.#life?.end()
    this.#life = null
    for (const api of Object.values(fakeBrowser)) forgetListeners(api)
    for (const area of Object.values(fakeBrowser.storage)) forgetListeners(area)
    for (const port of this.#ports) port.lose()
    this.#ports.clear()
  }

  async killAndStart(): Promise<void> {
    this.kill()
    await this.start()
  }

  /** What the background answers, whoever asks. */
  async ask<N extends Name>(name: N, from: Role, asked: Request<N>): Promise<Reply> {
    const heard = fakeBrowser.runtime.onMessage as unknown as { trigger(...args: unknown[]): Promise<Reply[]> }
    const late = new Promise<never>((_, reject) => {
      setTimeout(() => reject(new Error(`no answer to ${name}`)), answersWithinMs).unref()
    })
    const [reply] = await this.#run(() =>
      Promise.race([late, heard.trigger(structuredClone({ name, request: asked }), senderOf(from))]),
    )
    return reply as Reply
  }

  /** The answer's value; throws when it is a failure. */
  async answered<N extends Name>(name: N, from: Role, asked: Request<N>): Promise<Response<N>> {
    const reply = await this.ask(name, from, asked)
    if (!reply.ok) throw new Error(`the background answered ${name} with ${reply.code}`)
    return reply.value as Response<N>
  }

  /** The chunks that a window of ours gets of a transfer; `between` comes after each of them. */
  async received<N extends OutName>(
    name: N,
    from: Role,
    request: TransferRequest<N>,
    { between, ...options }: TransferOptions & { readonly between?: () => Promise<void> } = {},
  ): Promise<{ chunks: Chunk<N>[]; result: TransferResult<N> }> {
    this.#opener = from
    const chunks: Chunk<N>[] = []
    const use = async (chunk: Chunk<N>) => {
      chunks.push(chunk)
      await between?.()
    }
    return { result: await receive(name, request, use, options), chunks }
  }

  /** What comes of a transfer of these chunks; `between` comes after each of them. */
  sent<N extends InName>(
    name: N,
    from: Role,
    request: TransferRequest<N>,
    chunks: readonly Chunk<N>[],
    { between, ...options }: TransferOptions & { readonly between?: () => Promise<void> } = {},
  ): Promise<TransferResult<N>> {
    this.#opener = from
    async function* source() {
      for (const chunk of chunks) {
        yield chunk
        await between?.()
      }
    }
    return send(name, request, source(), options)
  }

  /** The text of a backup of everything. */
  async backup(from: Role = 'options'): Promise<string> {
    const { chunks } = await this.received('makeBackup', from, { only: null })
    return chunks.map(({ text }) => text).join('')
  }

  /** A reader frame that has booted in the page, and what it is told. */
  async frame(): Promise<{ events: ReaderEvent[]; send(request: ReaderRequest): Promise<void> }> {
    const events: ReaderEvent[] = []
    const [onMessage, onDisconnect] = [event(), event()]
    const port = { name: readerPort, sender: senders.reader, onMessage, onDisconnect, disconnect: () => undefined }
    const { onConnect } = browser.runtime as unknown as { onConnect: ReturnType<typeof event> }
    await this.#run(() => onConnect.trigger({ ...port, postMessage: (event: ReaderEvent) => void events.push(event) }))
    return { events, send: async (request) => void (await this.#run(() => onMessage.trigger(request))) }
  }

  /** The person presses the keys of a command, over the page. */
  async command(name: string): Promise<void> {
    const { onCommand } = browser.commands as unknown as { onCommand: ReturnType<typeof event> }
    await this.#run(() => onCommand.trigger(name, page))
  }

  /** What the window that was opened last was opened for. */
  get windowRequest(): string {
    const url = [...this.windows.values()].at(-1) ?? ''
    return url.slice(url.indexOf('#') + 1)
  }

  /** The payloads of every such command that content scripts were sent. */
  payloadsOf<C extends TabCommand>(command: C): CommandPayload<C>[] {
    return this.tabCommands
      .filter((sent) => sent.command === command)
      .map(({ payload }) => payload as CommandPayload<C>)
  }

  #connect(name: string): PortEnd {
    const { opener, host } = portPair(name, senderOf(this.#opener))
    const { onConnect } = browser.runtime as unknown as { onConnect: ReturnType<typeof event> }
    this.#ports.add(opener)
    const hear = host.hear.bind(host)
    const life = this.#life
    if (life === null) void Promise.resolve().then(() => opener.lose())
    else {
      // What it hears after its end it does nothing about.
      host.hear = (message) => life.run(() => hear(message))
      void life.run(() => onConnect.trigger(host))
    }
    return opener
  }

  #run<T>(work: () => T): T {
    if (this.#life === null) throw new Error('expected a background, and there is none')
    return this.#life.run(work)
  }

  #tabs(): Fakes {
    return {
      query: async () => [{ ...page }],
      get: async () => ({ ...page }),
      update: async () => ({ ...page }),
      sendMessage: async (_tabId: number, { command, payload }: Message) => {
        this.tabCommands.push({ command, payload })
        const answer = this.answers[command] as ((payload: unknown) => unknown) | undefined
        return answer === undefined ? {} : answer(payload)
      },
    }
  }

  #windows(): Fakes {
    return {
      create: async ({ url }: { url: string }) => {
        const id = this.#nextWindow++
        this.windows.set(id, url)
        return { id }
      },
      update: async (id: number) => {
        if (id !== page.windowId && !this.windows.has(id)) throw new Error('No window with that id')
        this.raised.push(id)
      },
      getAll: async () => [page.windowId, ...this.windows.keys()].map((id) => ({ id, incognito: false })),
    }
  }

  #permissions(): Fakes {
    return {
      contains: async ({ origins = [] }: { origins?: string[] }) => origins.every((one) => this.granted.has(one)),
      getAll: async () => ({ origins: [...this.granted] }),
      remove: async ({ origins = [] }: { origins?: string[] }) => origins.every((one) => this.granted.delete(one)),
    }
  }

  #action(): Fakes {
    return {
      setIcon: async () => undefined,
      setTitle: async () => undefined,
      setBadgeText: async () => undefined,
      openPopup: async () => void this.popups++,
    }
  }
}

const scripting: Fakes = {
  getRegisteredContentScripts: async () => [],
  registerContentScripts: async () => undefined,
  executeScript: async () => [{ frameId: 0, result: inFocus }],
}

function senderOf(peer: Role) {
  const sender = senders[peer]
  return peer === 'content' ? { ...sender, tab: { ...senders.content.tab, url: page.url } } : sender
}

/** What a background asks of it, as long as it lives. */
function watched(api: string, fakes: Fakes): Fakes {
  return Object.fromEntries(
    Object.entries(fakes).map(([name, fake]) => [
      name,
      (...args: never[]) => askingFor(`${api}.${name}`, () => fake(...args)),
    ]),
  )
}

/** An event of the browser's that a test fires. */
function event() {
  const listeners: ((...told: unknown[]) => unknown)[] = []
  return {
    addListener: (listener: (typeof listeners)[number]) => void listeners.push(listener),
    removeAllListeners: () => void listeners.splice(0),
    trigger: (...told: unknown[]) => Promise.all(listeners.map((listener) => listener(...told))),
  }
}

function forgetListeners(api: unknown): void {
  for (const part of Object.values(Object(api)))
    (part as { removeAllListeners?(): void } | null)?.removeAllListeners?.()
}
