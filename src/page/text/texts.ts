// The sealed texts of this page that reader frames show. Each is covered; it gets a frame when it comes near the view, and loses it when
// it is far away. When the page removes the text, everything of ours around it goes too.

import { call } from '../../messages/callFromTexts.ts'
import type { Appearance } from '../../messages/reader.ts'
import { isExtensionThere } from '../script/alive.ts'
import { type Cover, type CoverPlan, planCover, tidyCopies } from './cover.ts'
import { ReaderFrame } from './frame.ts'
import { appearanceOf, type Backdrops } from './look.ts'
import { FramePool } from './pool.ts'
import { type PrintedText, Printing } from './printing.ts'
import { climbChars, Scanner } from './scanner.ts'
import type { Match } from './textRun.ts'

const textsAtMost = 5_000

interface Shown {
  readonly match: Match
  readonly frame: ReaderFrame
  readonly cover: Cover
}

export class Texts {
  readonly #scanner: Scanner
  readonly #shown = new Map<HTMLElement, Shown>()
  /** Hosts that this has put into the page. */
  readonly #ours = new WeakSet<Element>()
  readonly #covered = new WeakMap<Text, Shown>()
  readonly #pool = new FramePool()
  readonly #life = new AbortController()
  readonly #printing = new Printing(
    () => this.#printed(),
    (work) => this.#scanner.unobserved(work),
  )
  #shows = false
  #counted = 0
  #countTimer: ReturnType<typeof setTimeout> | undefined

  constructor() {
    this.#scanner = new Scanner({
      isOurs: (element) => this.#ours.has(element),
      isShowing: () => this.#shown.size > 0,
      onMatches: (matches) => this.#admit(matches),
      onChange: (changed) => {
        if (isExtensionThere()) this.#tidy(changed)
      },
      onEditable: (part) => this.#clear(part),
    })
  }

  /** Starts to scan the page. Changes nothing in it before `show`. */
  start(): void {
    this.#scanner.start()
  }

  /** Shows the texts found so far, and those found later. */
  show(): void {
    if (this.#shows) return
    this.#shows = true
    this.#pool.start()
    this.#printing.listen(this.#life.signal)
    this.#scanner.release()
  }

  stop(): void {
    this.#life.abort()
    this.#scanner.stop()
    this.#pool.stop()
    clearTimeout(this.#countTimer)
    for (const shown of [...this.#shown.values()]) this.#drop(shown)
  }

  /** Scans everything that waits; returns how many texts there are, and which of them cannot be shown in this page. */
  async survey(): Promise<{ texts: number; stuck: string[] }> {
    this.#scanner.finish()
    const mayRun = await this.#pool.mayRun()
    const all = [...this.#shown.values()]
    const stuck = all.filter(({ frame }) => !mayRun(frame))
    return { texts: all.length, stuck: stuck.map(({ match }) => match.sealed) }
  }

  /** The first host that shows this text, in document order; null if none does. */
  hostOf(sealed: string): HTMLElement | null {
    const hosts = [...this.#shown.values()].flatMap(({ match, frame }) => (match.sealed === sealed ? [frame.host] : []))
    const { DOCUMENT_POSITION_FOLLOWING: follows } = Node
    return hosts.sort((a, b) => (a.compareDocumentPosition(b) & follows ? -1 : 1))[0] ?? null
  }

  /** Whether the next print shows the opened texts. Only the person's own command allows it, for one print. */
  allowPrint(opened: boolean): void {
    this.#printing.allow(opened)
  }

  #printed(): PrintedText[] {
    return [...this.#shown.values()].map(({ frame, cover }) => ({
      host: frame.host,
      open: frame.here && frame.opened,
      cover,
    }))
  }

  #admit(found: readonly Match[]): void {
    const overtaken = new Map<Shown, Match>()
    for (const match of found) {
      for (const shown of this.#shownAt(match)) {
        if (shown.match.fault === 'damaged' && shown.match.sealed !== match.sealed) overtaken.set(shown, match)
      }
    }
    if (overtaken.size > 0) this.#rescan([...overtaken.keys()], [...overtaken.values()])
    const replaced = new Set(overtaken.values())
    // A new scan of the surroundings finds a covered text again; it stays as it is.
    const matches = found.filter((match) => !replaced.has(match) && this.#shownAt(match).length === 0)
    if (matches.length === 0) return
    const frames: ReaderFrame[] = []
    this.#scanner.unobserved(() => {
      for (const match of matches) tidyCopies(match)
      const shared = sharedNodes(matches)
      const backdrops: Backdrops = new Map()
      const planned = matches.flatMap((match) => {
        const node = match.spans[0]?.node
        const place = node === undefined ? null : (node.parentElement ?? hostAround(node))
        if (place === null) return []
        const plan = planCover(
          match,
          match.spans.some((span) => shared.has(span.node)),
        )
        return [{ match, look: appearanceOf(place, backdrops), plan }]
      })
      // From last to first: cutting a text out of a text node does not change the offsets of those before it.
      for (const { match, look, plan } of planned.reverse()) frames.unshift(...this.#place(match, look, plan))
      this.#pool.begin(frames)
    })
    this.#count()
  }

  #place(match: Match, look: Appearance, plan: CoverPlan): ReaderFrame[] {
    if (this.#shown.size >= textsAtMost || this.#shownAt(match).length > 0) return []
    const frame = new ReaderFrame(match.sealed, null, look, plan.hides, (settled) => this.#pool.settled(settled))
    const cover = plan.cover(frame.host)
    cover.hide()
    const shown: Shown = { match, frame, cover }
    this.#shown.set(frame.host, shown)
    this.#ours.add(frame.host)
    for (const node of cover.nodes) this.#covered.set(node, shown)
    this.#pool.add(frame)
    return [frame]
  }

  /** The shown texts in the text nodes of a match. */
  #shownAt({ spans }: Match): Shown[] {
    return spans.flatMap(({ node }) => this.#covered.get(node) ?? [])
  }

  /** After a change of the page: drops and rescans texts that it removed or overwrote, and rescans texts that it may have completed. */
  #tidy(changed: readonly Node[] | null): void {
    const touched = new Set<Node>()
    for (const node of changed ?? []) {
      for (
        let inner: Node | null = node;
        inner !== null && !touched.has(inner);
        inner = inner.parentNode ?? hostAround(inner)
      ) {
        touched.add(inner)
      }
    }
    const isTouched = (node: Node) => changed === null || touched.has(node)
    const broken: Shown[] = []
    for (const shown of this.#shown.values()) {
      const { match, frame, cover } = shown
      const { scope, fault } = match
      if (!frame.host.isConnected || (isTouched(scope) && !cover.intact())) broken.push(shown)
      else if (fault === 'damaged' && match.sealed.length <= climbChars && isTouched(scope.parentElement ?? scope))
        this.#scanner.rescan(scope)
    }
    if (broken.length === 0) return
    this.#rescan(
      broken,
      broken.map(({ match }) => match),
    )
    this.#count()
  }

  /** Drops shown texts, and scans the scopes of these matches again. */
  #rescan(gone: readonly Shown[], matches: readonly Match[]): void {
    this.#scanner.unobserved(() => {
      for (const shown of gone) this.#drop(shown)
    })
    for (const { scope } of matches) this.#scanner.rescan(scope)
  }

  /** Removes everything of ours from a part that became editable. Rescans a part that is no longer editable. */
  #clear(part: Node): void {
    const inside = [...this.#shown.values()].filter(
      ({ frame }) => part.contains(frame.host) && frame.host.isContentEditable,
    )
    this.#scanner.unobserved(() => {
      for (const shown of inside) this.#drop(shown)
    })
    if (part instanceof HTMLElement && !part.isContentEditable) this.#scanner.rescan(part)
  }

  #drop(shown: Shown): void {
    this.#shown.delete(shown.frame.host)
    this.#pool.remove(shown.frame)
    for (const node of shown.cover.nodes) this.#covered.delete(node)
    shown.cover.undo()
  }

  /** Updates the count on the toolbar icon, not more often than a person can read it. */
  #count(): void {
    clearTimeout(this.#countTimer)
    this.#countTimer = setTimeout(() => {
      if (this.#shown.size === this.#counted) return
      this.#counted = this.#shown.size
      void call('reportTextCount', { texts: this.#counted }).catch(() => undefined)
    }, 200)
  }
}

/** Text nodes that contain more than one text. */
function sharedNodes(matches: readonly Match[]): Set<Text> {
  const [once, twice] = [new Set<Text>(), new Set<Text>()]
  for (const { spans } of matches) {
    for (const { node } of spans) (once.has(node) ? twice : once).add(node)
  }
  return twice
}

/** The host of a shadow root, or of the shadow root that directly contains a node. */
function hostAround(node: Node): Element | null {
  const root = node instanceof ShadowRoot ? node : node.parentNode
  return root instanceof ShadowRoot ? root.host : null
}
