// Decides which reader frames are alive. A frame costs a large part of a process, so it opens when its host comes near the view, and closes
// when the host is far away and others are near. The host keeps its size meanwhile.

import type { ReaderFrame } from './frame.ts'

/** Frames alive at once; each costs about 1 MB. */
const framesAtMost = 30
/** Frames that may load at once: more would only slow each other down, above all the first one. */
const openingAtMost = { first: 1, later: 6 }
/** How many frames request their tickets ahead, in one message. */
const preparedAtOnce = 20
const maxFillMs = 1
/** How many of a page's first frames to check for one in view. */
const lookedAtFirst = 5
/** Distance from the view at which a frame opens. */
const nearPx = 400
/** While the person scrolls, a frame opens only if its host is still near after so long. */
const settleMs = 120

interface Place {
  readonly frame: ReaderFrame
  near: boolean
  /** Distance from the view in px, as last observed; 0 in view. */
  distance: number
}

export class FramePool {
  readonly #places = new Map<Element, Place>()
  readonly #near = new Set<Place>()
  /** Places with an open frame, the one least recently near first. */
  readonly #alive = new Set<Place>()
  readonly #nearness = new IntersectionObserver((entries) => this.#moved(entries), { rootMargin: `${nearPx}px` })
  readonly #life = new AbortController()
  /** Whether frames run in this page, by the last one that arrived or was silent; null before the first. */
  #run: boolean | null = null
  readonly #first = Promise.withResolvers<void>()
  #scrolledAt = Number.NEGATIVE_INFINITY
  #settling: ReturnType<typeof setTimeout> | undefined
  #next: ReturnType<typeof setTimeout> | undefined

  start(): void {
    const { signal } = this.#life
    document.addEventListener('visibilitychange', () => this.#fill(), { signal })
    const scrolled = () => {
      this.#scrolledAt = performance.now()
    }
    window.addEventListener('scroll', scrolled, { capture: true, passive: true, signal })
  }

  stop(): void {
    this.#life.abort()
    this.#nearness.disconnect()
    clearTimeout(this.#settling)
    clearTimeout(this.#next)
  }

  /** Manages this frame from now on. */
  add(frame: ReaderFrame): void {
    this.#places.set(frame.host, { frame, near: false, distance: 0 })
    this.#nearness.observe(frame.host)
  }

  /**
   * Opens one of a page's first frames that is in view. The intersection observer would report it only after the browser has
   * painted the whole page.
   */
  begin(frames: readonly ReaderFrame[]): void {
    if (this.#run !== null || this.#alive.size > 0) return
    for (const { host } of frames.slice(0, lookedAtFirst)) {
      const { top, bottom } = host.getBoundingClientRect()
      const place = this.#places.get(host)
      // An element in closed `details` is not drawn, but has a position.
      const drawn = host.checkVisibility({ contentVisibilityAuto: true })
      if (place === undefined || !drawn || bottom < 0 || top > innerHeight) continue
      place.near = true
      this.#near.add(place)
      this.#fill()
      return
    }
  }

  /** Closes this frame, and no longer manages it. */
  remove(frame: ReaderFrame): void {
    this.#nearness.unobserve(frame.host)
    const place = this.#places.get(frame.host)
    this.#places.delete(frame.host)
    frame.close()
    if (place === undefined) return
    this.#near.delete(place)
    this.#alive.delete(place)
  }

  /** A frame has arrived, is silent, or has ended. Frames call this in the middle of their own changes, so the work waits. */
  settled(frame: ReaderFrame): void {
    if (frame.here || frame.silent) this.#run = frame.here
    this.#first.resolve()
    this.#soon()
  }

  /** Returns a test of whether a frame runs or may run. Waits for the page's first frame while that loads. */
  async mayRun(): Promise<(frame: ReaderFrame) => boolean> {
    if (this.#alive.size > 0) await this.#first.promise
    return (frame) => frame.here || (this.#run !== false && !frame.stuck)
  }

  #moved(entries: readonly IntersectionObserverEntry[]): void {
    for (const { target, isIntersecting, boundingClientRect } of entries) {
      const place = this.#places.get(target)
      if (place === undefined) continue
      place.near = isIntersecting
      place.distance = Math.max(0, -boundingClientRect.bottom, boundingClientRect.top - innerHeight)
      if (isIntersecting) this.#near.add(place)
      else this.#near.delete(place)
      // A place that was near until now is the last to lose its frame.
      if (this.#alive.delete(place)) this.#alive.add(place)
    }
    const settled = performance.now() - this.#scrolledAt
    if (settled >= settleMs) this.#fill()
    else this.#settle()
  }

  #settle(): void {
    clearTimeout(this.#settling)
    this.#settling = setTimeout(() => this.#fill(), settleMs)
  }

  #soon(): void {
    this.#next ??= setTimeout(() => this.#fill())
  }

  /**
   * Opens frames that are near, those in view first. At the limit, closes others that are far away. Opens few at a time: in some
   * browsers each takes ten milliseconds, which block the page and the frames that are loading.
   */
  #fill(): void {
    clearTimeout(this.#next)
    this.#next = undefined
    if (document.visibilityState === 'hidden') return
    let opening = 0
    for (const place of this.#alive) {
      if (!place.frame.alive) this.#alive.delete(place)
      else if (!place.frame.here) opening++
    }
    const wanted = [...this.#near].filter(({ frame }) => !frame.alive)
    wanted.sort((a, b) => a.distance - b.distance)
    // After a silent frame, frames are still tried one at a time, but the person need not wait for them.
    if (this.#run === false) for (const { frame } of wanted) frame.offerWindow()
    else for (const { frame } of wanted.slice(0, preparedAtOnce)) frame.prepare()
    const most = this.#run ? openingAtMost.later : openingAtMost.first
    const until = performance.now() + maxFillMs
    for (const place of wanted) {
      if (opening >= most) return
      if (performance.now() > until) {
        this.#soon()
        return
      }
      if (this.#alive.size >= framesAtMost && !this.#letGo()) return
      place.frame.open()
      if (!place.frame.alive) continue
      this.#alive.add(place)
      opening++
    }
  }

  #letGo(): boolean {
    for (const place of this.#alive) {
      if (place.near) continue
      place.frame.close()
      this.#alive.delete(place)
      return true
    }
    return false
  }
}
