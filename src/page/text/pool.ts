// Which reader frames are alive. A frame costs a good part of a process, so it is made when its place comes near the view, and closed when
// it is far away and others are near. Its place keeps its size meanwhile.

import type { ReaderFrame } from './frame.ts'

/** Frames alive at once; each costs about 1 MB. */
const framesAtMost = 30
/** Frames on their way at once: more would only keep each other from arriving, the first one most of all. */
const openingAtMost = { first: 1, later: 6 }
/** Tickets are asked for together, for those that come next too. */
const preparedAtOnce = 20
const maxFillMs = 1
/** Where the first texts of a page are not in view, others are not looked for. */
const lookedAtFirst = 5
/** How near to the eye a text must come before its frame is made. */
const nearPx = 400
/** While the page is being scrolled, a frame is made for what is still near after so long. */
const settleMs = 120

interface Place {
  readonly frame: ReaderFrame
  near: boolean
  /** How far it was from what is to be seen, when it was last near; 0 where it was in view. */
  distance: number
}

export class FramePool {
  readonly #places = new Map<Element, Place>()
  readonly #near = new Set<Place>()
  /** Those alive, the one that was near longest ago first. */
  readonly #alive = new Set<Place>()
  readonly #nearness = new IntersectionObserver((entries) => this.#moved(entries), { rootMargin: `${nearPx}px` })
  readonly #life = new AbortController()
  /** Whether frames run in this page, by the last one that came or was silent; null before the first. */
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

  /** Sees to this frame from now on. */
  add(frame: ReaderFrame): void {
    this.#places.set(frame.host, { frame, near: false, distance: 0 })
    this.#nearness.observe(frame.host)
  }

  /**
   * Of the very first frames of a page, opens one that is in view. The browser tells of what is in view only once it has
   * painted all of a page that has just been loaded.
   */
  begin(frames: readonly ReaderFrame[]): void {
    if (this.#run !== null || this.#alive.size > 0) return
    for (const { host } of frames.slice(0, lookedAtFirst)) {
      const { top, bottom } = host.getBoundingClientRect()
      const place = this.#places.get(host)
      // What is not drawn, as in closed details, has a place all the same.
      const drawn = host.checkVisibility({ contentVisibilityAuto: true })
      if (place === undefined || !drawn || bottom < 0 || top > innerHeight) continue
      place.near = true
      this.#near.add(place)
      this.#fill()
      return
    }
  }

  /** Closes this frame, and sees to it no more. */
  remove(frame: ReaderFrame): void {
    this.#nearness.unobserve(frame.host)
    const place = this.#places.get(frame.host)
    this.#places.delete(frame.host)
    frame.close()
    if (place === undefined) return
    this.#near.delete(place)
    this.#alive.delete(place)
  }

  /** A frame is here, is silent, or has ended. Told in the middle of whatever it is that ends it. */
  settled(frame: ReaderFrame): void {
    if (frame.here || frame.silent) this.#run = frame.here
    this.#first.resolve()
    this.#soon()
  }

  /** Tells whether a frame runs, or may. Waits for the first one of the page while that is on its way. */
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
      // What was near until now is the last to be let go.
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
   * Opens frames that are near, those in view first, and closes some that are not where there would be too many. A few at a
   * time: making one takes some browsers ten milliseconds, in which the page stands still and those before do not load.
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
    // Where the last frame was silent one is still tried at a time; nobody waits for that.
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
