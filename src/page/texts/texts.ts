// The sealed texts of this page that are shown by reader frames: each covered, framed when it comes near the eye, let go
// when it is far away, and cleaned up when the page takes it away.

import { call } from '../../messages/callFromTexts.ts'
import type { Look } from '../../messages/reading.ts'
import { isExtensionThere } from '../alive.ts'
import { type Cover, type Plan, planCover, tidyCopies } from './cover.ts'
import { ReaderFrame } from './frame.ts'
import { type Backdrops, lookOf } from './look.ts'
import { Pool } from './pool.ts'
import { type Printed, Printing } from './printing.ts'
import type { Sighting } from './run.ts'
import { Scanner } from './scanner.ts'

const textsAtMost = 5_000

interface Shown {
  readonly sighting: Sighting
  readonly frame: ReaderFrame
  readonly cover: Cover
}

export class Texts {
  readonly #scanner: Scanner
  readonly #shown = new Map<HTMLElement, Shown>()
  /** What this has put into the page. */
  readonly #ours = new WeakSet<Element>()
  readonly #covered = new WeakMap<Text, Shown>()
  readonly #pool = new Pool()
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
      onSightings: (sightings) => this.#admit(sightings),
      onChange: (changed) => {
        if (isExtensionThere()) this.#tidy(changed)
      },
      onEditable: (part) => this.#leave(part),
    })
  }

  /** Begins to look through the page. Nothing is done about what is found before `show`. */
  start(): void {
    this.#scanner.start()
  }

  /** Shows what was found and will be. */
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

  /** How many texts there are after everything that waits was scanned, and which of them cannot be shown in this page. */
  async survey(): Promise<{ texts: number; stuck: string[] }> {
    this.#scanner.finish()
    const mayRun = await this.#pool.mayRun()
    const all = [...this.#shown.values()]
    const stuck = all.filter(({ frame }) => !mayRun(frame))
    return { texts: all.length, stuck: stuck.map(({ sighting }) => sighting.sealed) }
  }

  /** Where this text is shown, the first of several places; null where it is not. */
  hostOf(sealed: string): HTMLElement | null {
    const hosts = [...this.#shown.values()].flatMap(({ sighting, frame }) =>
      sighting.sealed === sealed ? [frame.host] : [],
    )
    const { DOCUMENT_POSITION_FOLLOWING: follows } = Node
    return hosts.sort((one, other) => (one.compareDocumentPosition(other) & follows ? -1 : 1))[0] ?? null
  }

  /** Whether the next print shows the opened texts: at the person's own command, once. */
  allowPrint(opened: boolean): void {
    this.#printing.allow(opened)
  }

  #printed(): Printed[] {
    return [...this.#shown.values()].map(({ frame, cover: covered }) => ({
      host: frame.host,
      open: frame.here && frame.opened,
      cover: covered,
    }))
  }

  #admit(seen: readonly Sighting[]): void {
    const overtaken = new Map<Shown, Sighting>()
    for (const sighting of seen) {
      for (const shown of this.#under(sighting)) {
        if (shown.sighting.fault === 'damaged' && shown.sighting.sealed !== sighting.sealed)
          overtaken.set(shown, sighting)
      }
    }
    if (overtaken.size > 0) this.#lookAgain([...overtaken.keys()], [...overtaken.values()])
    const again = new Set(overtaken.values())
    // A text that is covered already is seen again when its surroundings are; it stays as it is.
    const sightings = seen.filter((sighting) => !again.has(sighting) && this.#under(sighting).length === 0)
    if (sightings.length === 0) return
    const frames: ReaderFrame[] = []
    this.#scanner.unobserved(() => {
      for (const sighting of sightings) tidyCopies(sighting)
      const shared = sharedNodes(sightings)
      const backdrops: Backdrops = new Map()
      const planned = sightings.flatMap((sighting) => {
        const node = sighting.pieces[0]?.node
        const place = node === undefined ? null : (node.parentElement ?? hostAround(node))
        if (place === null) return []
        const plan = planCover(
          sighting,
          sighting.pieces.some((piece) => shared.has(piece.node)),
        )
        return [{ sighting, look: lookOf(place, backdrops), plan }]
      })
      // From the last to the first, so that cutting one out of a text node leaves the offsets of those before it true.
      for (const { sighting, look, plan } of planned.reverse()) frames.unshift(...this.#put(sighting, look, plan))
      this.#pool.begin(frames)
    })
    this.#count()
  }

  #put(sighting: Sighting, look: Look, plan: Plan): ReaderFrame[] {
    if (this.#shown.size >= textsAtMost || this.#under(sighting).length > 0) return []
    const frame = new ReaderFrame(sighting.sealed, null, look, plan.hides, (settled) => this.#pool.settled(settled))
    const covered = plan.cover(frame.host)
    covered.hide()
    const shown: Shown = { sighting, frame, cover: covered }
    this.#shown.set(frame.host, shown)
    this.#ours.add(frame.host)
    for (const node of covered.nodes) this.#covered.set(node, shown)
    this.#pool.add(frame)
    return [frame]
  }

  /** What is shown already of the text that stands there. */
  #under({ pieces }: Sighting): Shown[] {
    return pieces.flatMap(({ node }) => this.#covered.get(node) ?? [])
  }

  /** The page changed: what it took away or wrote over is let go and looked at again, as is what it may have completed. */
  #tidy(changed: readonly Node[] | null): void {
    const touched = new Set<Node>()
    for (const node of changed ?? []) {
      for (let one: Node | null = node; one !== null && !touched.has(one); one = one.parentNode ?? hostAround(one)) {
        touched.add(one)
      }
    }
    const isTouched = (node: Node) => changed === null || touched.has(node)
    const broken: Shown[] = []
    for (const shown of this.#shown.values()) {
      const { sighting, frame, cover: covered } = shown
      const { unit, fault } = sighting
      if (!frame.host.isConnected || (isTouched(unit) && !covered.intact())) broken.push(shown)
      else if (fault === 'damaged' && isTouched(unit.parentElement ?? unit)) this.#scanner.again(unit)
    }
    if (broken.length === 0) return
    this.#lookAgain(
      broken,
      broken.map(({ sighting }) => sighting),
    )
    this.#count()
  }

  /** Lets go of texts, and looks once more where these stand. */
  #lookAgain(gone: readonly Shown[], sightings: readonly Sighting[]): void {
    this.#scanner.unobserved(() => {
      for (const shown of gone) this.#drop(shown)
    })
    for (const { unit } of sightings) this.#scanner.again(unit)
  }

  /** Takes everything of ours out of a part in which a person may write from now on; looks again where that has ended. */
  #leave(part: Node): void {
    const inside = [...this.#shown.values()].filter(
      ({ frame }) => part.contains(frame.host) && frame.host.isContentEditable,
    )
    this.#scanner.unobserved(() => {
      for (const shown of inside) this.#drop(shown)
    })
    if (part instanceof HTMLElement && !part.isContentEditable) this.#scanner.again(part)
  }

  #drop(shown: Shown): void {
    this.#shown.delete(shown.frame.host)
    this.#pool.remove(shown.frame)
    for (const node of shown.cover.nodes) this.#covered.delete(node)
    shown.cover.undo()
  }

  /** Tells the toolbar icon, not more often than it can be read. */
  #count(): void {
    clearTimeout(this.#countTimer)
    this.#countTimer = setTimeout(() => {
      if (this.#shown.size === this.#counted) return
      this.#counted = this.#shown.size
      void call('count', { texts: this.#counted }).catch(() => undefined)
    }, 200)
  }
}

/** Text nodes in which more than one text stands. */
function sharedNodes(sightings: readonly Sighting[]): Set<Text> {
  const [once, twice] = [new Set<Text>(), new Set<Text>()]
  for (const { pieces } of sightings) {
    for (const { node } of pieces) (once.has(node) ? twice : once).add(node)
  }
  return twice
}

/** The element whose shadow root a node is, or stands in by itself. */
function hostAround(node: Node): Element | null {
  const root = node instanceof ShadowRoot ? node : node.parentNode
  return root instanceof ShadowRoot ? root.host : null
}
