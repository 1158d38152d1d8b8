// The part of a browser that an extension has to do with, as far as Fieldseal uses it, for an extension that runs as a website in a
// browser that does not know it for one (asWebsite.ts): tabs, windows, permissions, scripts, storage, messages and ports. What is missing
// here says so when it is asked for. What only a real browser shows is tested in test/e2e.

import type { Frame, Page } from 'puppeteer-core'
import { waitFor } from '../e2e/session.ts'
import type { Call, News, Speaker } from './inDocument.ts'

export const runtimeId = 'fieldseal-as-a-website'
/** How tabs name pages of an extension: no site's pattern fits. */
const ownScheme = 'chrome-extension://fieldseal'

const silentMs = 2_000

/** A document that has an end of this API in it. */
interface Doc extends Speaker {
  readonly tab: Tab
  readonly frameId: number
  isLoaded: boolean
  news: News[]
  wake: (() => void) | null
}

export interface Tab {
  readonly id: number
  readonly windowId: number
  readonly page: Page
  /** A popup of the toolbar and the background are in no tab, as far as the extension is told. */
  readonly kind: 'tab' | 'popup' | 'background'
}

export interface Windows {
  /** Opens a page of its own, or one of a website; done when it has loaded. */
  open(url: string, kind: 'tab' | 'window' | 'popup'): Promise<Tab>
  close(tab: Tab): Promise<void>
  /** Brings it to the front. */
  show(tab: Tab): Promise<void>
  /** The background's document, started anew where it has died. */
  background(): Promise<Page>
  /** The content of a file of the extension. */
  read(path: string): Promise<string>
}

interface Script {
  readonly id: string
  readonly matches: readonly string[]
  readonly excludeMatches?: readonly string[]
  readonly js: readonly string[]
}
interface Target {
  readonly tabId: number
  readonly allFrames?: boolean
  readonly frameIds?: readonly number[]
  readonly documentIds?: readonly string[]
}
type Values = Record<string, unknown>
type AreaName = 'local' | 'session' | 'sync'
interface Permitted {
  readonly origins?: readonly string[]
  readonly permissions?: readonly string[]
}

/** Whether a match pattern, which knows no ports, fits an address. */
function fits(pattern: string, url: string): boolean {
  if (!URL.canParse(url)) return false
  const { protocol, hostname } = new URL(url)
  const [, scheme, host] = /^([^:]+):\/\/([^/]*)\//.exec(pattern) ?? []
  const schemeFits = scheme === '*' ? /^https?:$/.test(protocol) : protocol === `${scheme}:`
  if (!schemeFits || host === undefined) return false
  return host === '*' || host === hostname || (host.startsWith('*.') && `.${hostname}`.endsWith(host.slice(1)))
}

const documentEvents = [
  'runtime.onMessage',
  'runtime.onConnect',
  'runtime.onStartup',
  'runtime.onInstalled',
  'storage.onChanged',
  'storage.local.onChanged',
  'storage.session.onChanged',
  'storage.sync.onChanged',
  'permissions.onAdded',
  'permissions.onRemoved',
  'tabs.onRemoved',
  'windows.onRemoved',
  'alarms.onAlarm',
  'idle.onStateChanged',
  'contextMenus.onClicked',
  'commands.onCommand',
] as const

export class BrowserApi {
  readonly #origin: string
  readonly #windows: Windows
  readonly #documents = new Map<string, Doc>()
  readonly #gone = new Set<string>()
  readonly #stored: { readonly [A in AreaName]: Map<string, unknown> } = {
    local: new Map(),
    session: new Map(),
    sync: new Map(),
  }
  readonly #permitted = new Set<string>()
  /** What the person would allow if asked. */
  readonly #promised = new Set<string>()
  /** Tabs in which the person has just used the extension (`activeTab`), by their top document. */
  readonly #used = new Map<number, string | null>()
  readonly #alarms = new Map<string, { name: string; scheduledTime: number; timer: NodeJS.Timeout }>()
  readonly #ports = new Map<string, { readonly client: Doc; readonly host: Doc }>()
  readonly #awaited = new Map<number, { from: Doc; done(answer: { value?: unknown; deaf?: true } | null): void }>()
  /** Those in front of others come after them. */
  readonly #tabs = new Map<number, Tab>()
  #scripts: Script[] = []
  #front: Tab | null = null
  #badges = new Map<number, string>()
  #title = ''
  #asked = 0

  constructor(origin: string, windows: Windows) {
    this.#origin = origin
    this.#windows = windows
  }

  /** Every name that a document finds in its API. */
  get names(): string[] {
    return [...Object.keys(this.#calls), ...documentEvents]
  }

  // Told by who opens and closes pages.

  opened(tab: Tab): void {
    this.#tabs.set(tab.id, tab)
  }

  closed(tab: Tab): void {
    this.#tabs.delete(tab.id)
    this.#used.delete(tab.id)
    for (const doc of this.#documents.values()) if (doc.tab === tab) this.#forget(doc)
    if (this.#front === tab) this.#front = null
    if (tab.kind !== 'tab') return
    void this.#tellBackground('tabs.onRemoved', tab.id, {})
    if (![...this.#tabs.values()].some(({ windowId }) => windowId === tab.windowId))
      void this.#tellBackground('windows.onRemoved', tab.windowId)
  }

  /** A tab is in front now. */
  shown(tab: Tab): void {
    if (tab.kind !== 'tab' || !this.#tabs.delete(tab.id)) return
    this.#tabs.set(tab.id, tab)
    this.#front = tab
  }

  tabOf(page: Page): Tab | undefined {
    return [...this.#tabs.values()].find((tab) => tab.page === page)
  }

  /** The person has used the extension on a tab: until it shows another page, its scripts may run there. */
  used(tab: Tab): void {
    this.#used.set(tab.id, this.#top(tab)?.document ?? null)
  }

  promise(pattern: string): void {
    this.#promised.add(pattern)
  }

  async permit(pattern: string): Promise<void> {
    await this.#grant({ origins: [pattern] })
  }

  async refuseAll(): Promise<void> {
    const origins = this.sites()
    for (const one of origins) this.#permitted.delete(one)
    await this.#tellOurs('permissions.onRemoved', { origins, permissions: [] })
  }

  sites(): string[] {
    return [...this.#permitted].filter((one) => one.includes('://'))
  }

  command(name: string, tab: Tab): Promise<void> {
    this.used(tab)
    return this.#tellBackground('commands.onCommand', name, this.#shape(tab))
  }

  tell(event: (typeof documentEvents)[number], ...args: unknown[]): Promise<void> {
    return this.#tellBackground(event, ...args)
  }

  /** The browser is closed: what lies in memory alone is gone. */
  restarted(): void {
    this.#stored.session.clear()
    for (const { timer } of this.#alarms.values()) clearTimeout(timer)
    this.#alarms.clear()
  }

  /** A call that a document of this page has made. Gives JSON of `{ value }` or `{ error }`. */
  async heard(tab: Tab, said: string): Promise<string> {
    const { from, name, args } = JSON.parse(said) as Call
    // What it says while it goes may come after its successor has spoken.
    if (name === 'returning') this.#gone.delete(from.document)
    if (name === 'leaving') this.#gone.add(from.document)
    const there = this.#documentOf(tab, from)
    try {
      // The last that it says is heard; it has no end here any more.
      if (there === null && name !== 'runtime.sendMessage') throw new Error('This document is gone')
      const doc = there ?? this.#newDocument(tab, from)
      const own = this.#own[name]
      const act = own ?? this.#calls[name]
      if (act === undefined) throw new Error(`${name} has no stand-in`)
      if (own === undefined && !this.#isOurs(doc) && name !== 'runtime.sendMessage')
        throw new Error(`${name} is not there for a website’s scripts`)
      return JSON.stringify({ value: (await act(doc, ...(args as never[]))) ?? null })
    } catch (thrown) {
      return JSON.stringify({ error: thrown instanceof Error ? thrown.message : String(thrown) })
    }
  }

  /** Null for one that its tab has left. */
  #documentOf(tab: Tab, from: Speaker): Doc | null {
    const known = this.#documents.get(from.document)
    if (this.#gone.has(from.document)) {
      if (known !== undefined) this.#forget(known)
      return null
    }
    if (known !== undefined) return Object.assign(known, { url: from.url })
    // What came with it may have spoken before it.
    if (from.isTop)
      for (const doc of this.#documents.values()) if (doc.tab === tab && doc.begun < from.begun) this.#forget(doc)
    const doc = this.#newDocument(tab, from)
    this.#documents.set(from.document, doc)
    return doc
  }

  #newDocument(tab: Tab, from: Speaker): Doc {
    return { ...from, tab, frameId: from.isTop ? 0 : ++this.#asked, isLoaded: false, news: [], wake: null }
  }

  #forget(doc: Doc): void {
    this.#gone.add(doc.document)
    this.#documents.delete(doc.document)
    doc.wake = null
    for (const [id, port] of this.#ports) if (port.client === doc || port.host === doc) this.#cut(id, doc)
    for (const [answer, { from, done }] of this.#awaited) {
      if (from !== doc) continue
      this.#awaited.delete(answer)
      done(null)
    }
  }

  #isOurs = (doc: Speaker): boolean => doc.origin === this.#origin
  #top = (tab: Tab) => [...this.#documents.values()].find((doc) => doc.tab === tab && doc.isTop)
  #urlOf = (tab: Tab) => (this.#top(tab)?.url ?? 'about:blank').replace(this.#origin, ownScheme)
  #shape = (tab: Tab) => ({
    id: tab.id,
    windowId: tab.windowId,
    url: this.#urlOf(tab),
    active:
      [...this.#tabs.values()].findLast(({ kind, windowId }) => kind === 'tab' && windowId === tab.windowId) === tab,
    incognito: false,
    discarded: false,
    status: (this.#top(tab)?.isLoaded ?? true) ? 'complete' : 'loading',
  })

  #send(doc: Doc, news: News): void {
    doc.news.push(news)
    doc.wake?.()
  }

  async #backgroundDocument(): Promise<Doc> {
    const page = await this.#windows.background()
    return waitFor('the background’s document', () =>
      [...this.#documents.values()].find((doc) => doc.tab.page === page && doc.isLoaded),
    )
  }

  async #tellBackground(event: string, ...args: unknown[]): Promise<void> {
    this.#send(await this.#backgroundDocument(), { event, args })
  }

  /** Tells all pages of ours, and the background, which wakes at it. */
  async #tellOurs(event: string, ...args: unknown[]): Promise<void> {
    const background = await this.#backgroundDocument()
    for (const doc of this.#documents.values())
      if (this.#isOurs(doc) && doc !== background) this.#send(doc, { event, args })
    this.#send(background, { event, args })
  }

  #sender(doc: Doc) {
    const inTab = doc.tab.kind === 'tab' && { tab: this.#shape(doc.tab) }
    const { url, origin, document, frameId } = doc
    return { id: runtimeId, url, origin, documentId: document, frameId, ...inTab }
  }

  /** Has a document answer a message. Null where it is gone before it has. */
  #ask(to: Doc, message: unknown, sender: unknown): Promise<{ value?: unknown; deaf?: true } | null> {
    const answer = ++this.#asked
    return new Promise((done) => {
      this.#awaited.set(answer, { from: to, done })
      this.#send(to, { message, sender, answer })
      // On purpose: nobody tells when such a one goes.
      if (to.url === 'about:blank') setTimeout(() => done(null), silentMs).unref()
    })
  }

  /** What the documents' own ends ask for. */
  readonly #own: Record<string, (doc: Doc, ...args: never[]) => unknown> = {
    next: (doc) =>
      new Promise<News[]>((resolve) => {
        const give = () => {
          if (doc.news.length === 0) return
          doc.wake = null
          resolve(doc.news.splice(0))
        }
        doc.wake = give
        give()
      }),
    answered: (_doc, answer: number, given: { value?: unknown; deaf?: true }) => {
      this.#awaited.get(answer)?.done(given)
      this.#awaited.delete(answer)
    },
    returning: () => undefined,
    closes: (doc) => this.#windows.close(doc.tab),
    loaded: (doc) => {
      doc.isLoaded = true
      return this.#runRegistered(doc)
    },
    'port.open': async (client, port: string, name: string) => {
      const host = await this.#backgroundDocument()
      this.#ports.set(port, { client, host })
      this.#send(host, { port, opens: { name, sender: this.#sender(client) } })
    },
    'port.post': async (doc, port: string, told: unknown) => {
      // Its opening may still be under way, while the background starts.
      if (!this.#ports.has(port)) await this.#backgroundDocument()
      const ends = this.#ports.get(port)
      if (ends !== undefined) this.#send(ends.client === doc ? ends.host : ends.client, { port, told })
    },
    'port.over': (doc, port: string) => this.#cut(port, doc),
  }

  #cut(port: string, by: Doc): void {
    const ends = this.#ports.get(port)
    this.#ports.delete(port)
    if (ends !== undefined) this.#send(ends.client === by ? ends.host : ends.client, { port, over: true })
  }

  async #runRegistered(doc: Doc): Promise<void> {
    if (this.#isOurs(doc)) return
    const url = /^https?:/.test(doc.url) ? doc.url : `${doc.origin}/`
    for (const { matches, excludeMatches = [], js } of this.#scripts) {
      if (!matches.some((one) => fits(one, url)) || excludeMatches.some((one) => fits(one, url))) continue
      for (const file of js) await this.#runIn(doc, await this.#windows.read(file))
    }
  }

  /** Runs an expression in a document of a website; null where that has gone. */
  async #runIn(doc: Doc, expression: string): Promise<unknown> {
    return (await this.#frameOf(doc))?.evaluate(expression) ?? null
  }

  /** The driver may hear of a frame later than the frame is heard of here. */
  async #frameOf(doc: Doc): Promise<Frame | null> {
    const { page } = doc.tab
    if (doc.isTop) return page.mainFrame()
    const look = async () => {
      for (const frame of page.frames()) {
        const its = await frame.evaluate('globalThis.fieldsealDocument').catch(() => null)
        if (its === doc.document) return frame
      }
      return this.#gone.has(doc.document) ? 'gone' : null
    }
    const found = await waitFor('a frame', look, { timeoutMs: 3_000 }).catch(() => 'gone' as const)
    return found === 'gone' ? null : found
  }

  #mayRun(doc: Doc): boolean {
    const url = /^https?:/.test(doc.url) ? doc.url : `${doc.origin}/`
    if ([...this.#permitted].some((one) => fits(one, url))) return true
    const top = this.#top(doc.tab)
    return top !== undefined && this.#used.get(doc.tab.id) === top.document && top.origin === doc.origin
  }

  #documentsIn({ tabId, allFrames = false, frameIds, documentIds }: Target): Doc[] {
    const all = [...this.#documents.values()].filter((doc) => doc.tab.id === tabId && !this.#isOurs(doc))
    const meant = all.filter((doc) => {
      if (documentIds !== undefined) return documentIds.includes(doc.document)
      if (frameIds !== undefined) return frameIds.includes(doc.frameId)
      return allFrames || doc.isTop
    })
    const open = meant.filter((doc) => this.#mayRun(doc))
    if (open.length === 0) throw new Error('Cannot access contents of the page')
    return open
  }

  async #grant({ origins = [], permissions = [] }: Permitted): Promise<void> {
    for (const one of [...origins, ...permissions]) this.#permitted.add(one)
    await this.#tellOurs('permissions.onAdded', { origins, permissions })
  }

  #has(one: string): boolean {
    if (this.#permitted.has(one)) return true
    if (!one.includes('://')) return false
    const example = one.replace('*://', 'http://').replace('//*/', '//any.invalid/').replace(/\*$/, '')
    return [...this.#permitted].some(
      (pattern) => pattern.includes('://') && fits(pattern, example) && !one.includes('//*/'),
    )
  }

  async #store(area: AreaName, values: Values, gone: readonly string[]): Promise<void> {
    const stored = this.#stored[area]
    const changes: Record<string, { oldValue?: unknown; newValue?: unknown }> = {}
    for (const [key, newValue] of Object.entries(values)) {
      const oldValue = stored.get(key)
      stored.set(key, newValue)
      if (JSON.stringify(oldValue) !== JSON.stringify(newValue)) changes[key] = { oldValue, newValue }
    }
    for (const key of gone) {
      if (!stored.has(key)) continue
      changes[key] = { oldValue: stored.get(key) }
      stored.delete(key)
    }
    if (Object.keys(changes).length === 0) return
    const told = [...this.#documents.values()].filter(this.#isOurs)
    for (const doc of told) {
      this.#send(doc, { event: `storage.${area}.onChanged`, args: [changes] })
      this.#send(doc, { event: 'storage.onChanged', args: [changes, area] })
    }
  }

  #area(area: AreaName): Record<string, (doc: Doc, ...args: never[]) => unknown> {
    const stored = this.#stored[area]
    const list = (keys: unknown): string[] =>
      typeof keys === 'string' ? [keys] : Array.isArray(keys) ? (keys as string[]) : Object.keys((keys as object) ?? {})
    return {
      [`storage.${area}.get`]: (_doc, keys: unknown) => {
        const wanted = keys === undefined || keys === null ? [...stored.keys()] : list(keys)
        return Object.fromEntries(wanted.filter((key) => stored.has(key)).map((key) => [key, stored.get(key)]))
      },
      [`storage.${area}.getKeys`]: () => [...stored.keys()],
      [`storage.${area}.set`]: (_doc, values: Values) => this.#store(area, values, []),
      [`storage.${area}.remove`]: (_doc, keys: unknown) => this.#store(area, {}, list(keys)),
      [`storage.${area}.clear`]: () => this.#store(area, {}, [...stored.keys()]),
      [`storage.${area}.setAccessLevel`]: () => undefined,
    }
  }

  /** The browser's functions, by their names. */
  readonly #calls: Record<string, (doc: Doc, ...args: never[]) => unknown> = {
    'runtime.sendMessage': async (doc, message: unknown) => {
      const answer = await this.#ask(await this.#backgroundDocument(), message, this.#sender(doc))
      if (answer === null) throw new Error('The message port closed before a response was received.')
      if (answer.deaf) throw new Error('Could not establish connection. Receiving end does not exist.')
      return answer.value
    },
    ...this.#area('local'),
    ...this.#area('session'),
    ...this.#area('sync'),
    'permissions.contains': (_doc, { origins = [], permissions = [] }: Permitted) =>
      [...origins, ...permissions].every((one) => this.#has(one)),
    'permissions.getAll': () => ({
      origins: this.sites(),
      permissions: [...this.#permitted].filter((one) => !one.includes('://')),
    }),
    'permissions.request': async (_doc, asked: Permitted) => {
      const all = [...(asked.origins ?? []), ...(asked.permissions ?? [])]
      if (!all.every((one) => this.#has(one) || this.#promised.has(one))) return false
      await this.#grant(asked)
      return true
    },
    'permissions.remove': async (_doc, { origins = [], permissions = [] }: Permitted) => {
      for (const one of [...origins, ...permissions]) this.#permitted.delete(one)
      await this.#tellOurs('permissions.onRemoved', { origins, permissions })
      return true
    },
    'scripting.registerContentScripts': (_doc, scripts: Script[]) => void this.#scripts.push(...scripts),
    'scripting.unregisterContentScripts': (_doc, { ids }: { ids: string[] }) => {
      this.#scripts = this.#scripts.filter(({ id }) => !ids.includes(id))
    },
    'scripting.getRegisteredContentScripts': () => this.#scripts,
    'scripting.executeScript': async (
      _doc,
      {
        target,
        files,
        func,
        args = [],
      }: { target: Target; files?: string[]; func?: { source: string }; args?: unknown[] },
    ) => {
      const code = func
        ? [`(${func.source})(...${JSON.stringify(args)})`]
        : await Promise.all((files ?? []).map((file) => this.#windows.read(file)))
      return Promise.all(
        this.#documentsIn(target).map(async (doc) => {
          let result: unknown
          for (const one of code) result = await this.#runIn(doc, one)
          return { frameId: doc.frameId, documentId: doc.document, result: func ? result : undefined }
        }),
      )
    },
    'tabs.query': (
      _doc,
      { active, lastFocusedWindow, url }: { active?: boolean; lastFocusedWindow?: boolean; url?: string },
    ) =>
      [...this.#tabs.values()]
        .filter(({ kind }) => kind === 'tab')
        .map(this.#shape)
        .filter((tab) => !lastFocusedWindow || tab.windowId === this.#front?.windowId)
        .filter((tab) => (!active || tab.active) && (url === undefined || fits(url, tab.url)))
        // The window in focus first.
        .sort((one, other) => Number(other.id === this.#front?.id) - Number(one.id === this.#front?.id)),
    'tabs.get': (_doc, id: number) => this.#shape(this.#known(id)),
    'tabs.getCurrent': (doc) => (doc.tab.kind === 'tab' ? this.#shape(doc.tab) : undefined),
    'tabs.create': async (_doc, { url }: { url: string }) => this.#shape(await this.#windows.open(url, 'tab')),
    'tabs.update': async (_doc, id: number, { active }: { active?: boolean }) => {
      if (active) await this.#windows.show(this.#known(id))
    },
    'tabs.remove': (_doc, id: number) => this.#windows.close(this.#known(id)),
    'tabs.sendMessage': async (_doc, id: number, message: unknown, to?: { frameId?: number; documentId?: string }) => {
      const meant = [...this.#documents.values()].filter(
        (doc) =>
          doc.tab.id === id &&
          !this.#isOurs(doc) &&
          (to?.frameId === undefined || doc.frameId === to.frameId) &&
          (to?.documentId === undefined || doc.document === to.documentId),
      )
      const background = { id: runtimeId, origin: this.#origin, url: `${this.#origin}/background.js` }
      const answers = await Promise.all(meant.map((doc) => this.#ask(doc, message, background)))
      const heard = answers.filter((one) => one !== null && !one.deaf)
      if (heard.length === 0) throw new Error('Could not establish connection. Receiving end does not exist.')
      return heard.find((one) => one !== null && 'value' in one)?.value
    },
    'windows.create': async (_doc, { url, type }: { url: string; type?: string }) => {
      const tab = await this.#windows.open(url, type === 'popup' ? 'window' : 'tab')
      return { id: tab.windowId, tabs: [this.#shape(tab)] }
    },
    'windows.update': async (_doc, windowId: number) => {
      const tab = [...this.#tabs.values()].findLast((one) => one.windowId === windowId)
      if (tab === undefined) throw new Error(`No window with id: ${windowId}`)
      if (this.#front?.windowId !== windowId) await this.#windows.show(tab)
    },
    'windows.getAll': () =>
      [...new Set([...this.#tabs.values()].map(({ windowId }) => windowId))].map((id) => ({ id, incognito: false })),
    'alarms.create': (_doc, name: string, { when, delayInMinutes, periodInMinutes }: Values) => {
      const after = Number(delayInMinutes ?? periodInMinutes ?? 0) * 60_000
      this.#setAlarm(name, Number(when ?? Date.now() + after), Number(periodInMinutes ?? 0) * 60_000)
    },
    'alarms.get': (_doc, name: string) => this.#alarms.has(name) && { ...this.#alarms.get(name), timer: undefined },
    'alarms.clear': (_doc, name: string) => {
      clearTimeout(this.#alarms.get(name)?.timer)
      return this.#alarms.delete(name)
    },
    'idle.queryState': () => 'active',
    'idle.setDetectionInterval': () => undefined,
    'contextMenus.create': () => undefined,
    'contextMenus.removeAll': () => undefined,
    'commands.getAll': () => [],
    'action.setIcon': () => undefined,
    'action.setTitle': (_doc, { title }: { title: string }) => {
      this.#title = title
    },
    'action.getTitle': () => this.#title,
    'action.setBadgeText': (_doc, { tabId, text }: { tabId: number; text: string }) =>
      void this.#badges.set(tabId, text),
    'action.getBadgeText': (_doc, { tabId }: { tabId: number }) => this.#badges.get(tabId) ?? '',
    'action.openPopup': async () => void (await this.#windows.open(`${this.#origin}/popup.html`, 'popup')),
  }

  #known(id: number): Tab {
    const tab = this.#tabs.get(id)
    if (tab === undefined) throw new Error(`No tab with id: ${id}`)
    return tab
  }

  #setAlarm(name: string, scheduledTime: number, periodMs: number): void {
    clearTimeout(this.#alarms.get(name)?.timer)
    const ring = () => {
      this.#alarms.delete(name)
      if (periodMs > 0) this.#setAlarm(name, Date.now() + periodMs, periodMs)
      void this.#tellBackground('alarms.onAlarm', { name, scheduledTime }).catch(() => undefined)
    }
    const timer = setTimeout(ring, Math.max(0, scheduledTime - Date.now()))
    timer.unref()
    this.#alarms.set(name, { name, scheduledTime, timer })
  }

  /** Nothing of it goes on. */
  end(): void {
    this.restarted()
    for (const doc of [...this.#documents.values()]) this.#forget(doc)
    this.#tabs.clear()
  }
}
