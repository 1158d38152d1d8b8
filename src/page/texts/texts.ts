// The sealed texts of this page that are shown by reader frames: each covered, framed when it comes near the eye, let go
// when it is far away, and cleaned up when the page takes it away.

import { call } from '../../messages/call.ts'
import { type Cover, cover } from './cover.ts'
import { isSandboxed, ReaderFrame } from './frame.ts'
import { lookOf } from './look.ts'
import type { Sighting } from './run.ts'
import { Scanner } from './scanner.ts'

/** Frames alive at once; each costs a process's share of about 1 MB. */
const framesAtMost = 30
/** How near to the eye a text must come before its frame is made. */
const nearPx = 400
const textsAtMost = 5_000

interface Shown {
  readonly sighting: Sighting
  readonly frame: ReaderFrame
  readonly cover: Cover
  near: boolean
}

export class Texts {
  readonly #scanner: Scanner
  readonly #shown = new Map<HTMLElement, Shown>()
  readonly #ours: WeakSet<Element>
  readonly #covered = new WeakSet<Text>()
  readonly #nearness: IntersectionObserver
  #counted = 0
  #countTimer: ReturnType<typeof setTimeout> | undefined

  /** `ours` are the elements that other parts of this room put into the page. */
  constructor(ours: WeakSet<Element>) {
    this.#ours = ours
    this.#scanner = new Scanner({
      isOurs: (element) => this.#ours.has(element),
      onSightings: (sightings) => this.#admit(sightings),
      onChange: (changed) => this.#tidy(changed),
      onEditable: (part) => this.#leave(part),
    })
    this.#nearness = new IntersectionObserver((entries) => this.#moved(entries), { rootMargin: `${nearPx}px` })
  }

  start(): void {
    this.#scanner.start()
    document.addEventListener('visibilitychange', this.#onVisible)
  }

  stop(): void {
    this.#scanner.stop()
    this.#nearness.disconnect()
    document.removeEventListener('visibilitychange', this.#onVisible)
    clearTimeout(this.#countTimer)
    for (const shown of [...this.#shown.values()]) this.#drop(shown)
  }

  /** How many texts there are after everything that waits was scanned, and which of them cannot be shown in this page. */
  survey(): { texts: number; stuck: string[] } {
    this.#scanner.finish()
    const all = [...this.#shown.values()]
    const stuck = all.filter(({ frame }) => frame.stuck || isSandboxed())
    return { texts: all.length, stuck: stuck.map(({ sighting }) => sighting.sealed) }
  }

  #admit(sightings: readonly Sighting[]): void {
    this.#scanner.unobserved(() => {
      // From the last to the first, so that cutting one out of a text node leaves the offsets of those before it true.
      for (const sighting of [...sightings].reverse()) this.#put(sighting)
    })
    this.#count()
  }

  #put(sighting: Sighting): void {
    const [first] = sighting.pieces
    const place = first?.node.parentElement
    if (first === undefined || !place || this.#shown.size >= textsAtMost) return
    // A text that is covered already is seen again when its surroundings are; it stays as it is.
    if (sighting.pieces.some(({ node }) => this.#covered.has(node))) return
    const look = lookOf(place)
    const frame = new ReaderFrame(sighting.sealed, null, look, {
      onCiphertext: (stays) => this.#scanner.unobserved(() => (stays ? covered.show() : covered.hide())),
      onStuck: () => this.#scanner.unobserved(() => covered.show()),
    })
    const covered = cover(sighting, frame.host)
    covered.hide()
    const shown: Shown = { sighting, frame, cover: covered, near: false }
    this.#shown.set(frame.host, shown)
    this.#ours.add(frame.host)
    for (const node of covered.nodes) this.#covered.add(node)
    this.#nearness.observe(frame.host)
  }

  #moved(entries: readonly IntersectionObserverEntry[]): void {
    for (const { target, isIntersecting } of entries) {
      const shown = this.#shown.get(target as HTMLElement)
      if (shown !== undefined) shown.near = isIntersecting
    }
    this.#openNear()
  }

  /** Opens the frames that are near, and closes those that are not when there would be too many. */
  #openNear(): void {
    if (document.visibilityState === 'hidden') return
    const wanted = [...this.#shown.values()].filter(({ near, frame }) => near && !frame.alive && !frame.stuck)
    const idle = [...this.#shown.values()].filter(({ near, frame }) => !near && frame.alive)
    let alive = [...this.#shown.values()].filter(({ frame }) => frame.alive).length
    for (const { frame } of wanted) {
      if (alive >= framesAtMost) {
        const gone = idle.shift()
        if (gone === undefined) return
        gone.frame.close()
        alive--
      }
      frame.open()
      alive++
    }
  }

  readonly #onVisible = (): void => this.#openNear()

  /** The page changed: what it took away, wrote over or may have completed is let go, and looked at again. */
  #tidy(changed: readonly Node[]): void {
    const touched = new Set<Node>()
    for (const node of changed) {
      for (let one: Node | null = node; one !== null && !touched.has(one); one = one.parentNode) touched.add(one)
    }
    const broken = [...this.#shown.values()].filter(({ sighting: { unit, fault }, frame, cover: covered }) => {
      if (!frame.host.isConnected) return true
      if (fault === 'damaged' && touched.has(unit.parentElement ?? unit)) return true
      return touched.has(unit) && !covered.intact()
    })
    if (broken.length === 0) return
    this.#scanner.unobserved(() => {
      for (const shown of broken) this.#drop(shown)
    })
    for (const { sighting } of broken) this.#scanner.again(sighting.unit.parentElement ?? sighting.unit)
    this.#count()
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
    this.#nearness.unobserve(shown.frame.host)
    this.#shown.delete(shown.frame.host)
    shown.frame.close()
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
