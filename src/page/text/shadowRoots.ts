// Finds open shadow roots, which neither the text of a page nor an observer reveals. A check of each element would cost more than the rest
// of a scan, but one selector query quickly finds the elements that most likely have a root.

/** HTML's own elements, most frequent first. An element with another name counts as a custom element. */
const known =
  'p,div,span,a,li,td,tr,b,i,code,em,strong,br,img,ul,ol,h1,h2,h3,h4,h5,h6,section,article,table,tbody,thead,tfoot,th,button,' +
  'input,label,script,style,link,meta,pre,small,sub,sup,time,wbr,hr,main,nav,header,footer,aside,form,figure,figcaption,dl,dt,' +
  'dd,details,summary,select,option,optgroup,textarea,iframe,video,audio,source,picture,canvas,blockquote,q,cite,abbr,kbd,mark,' +
  'del,ins,s,u,noscript,template,fieldset,legend,svg,svg *,math,math *'
/** A plain element with a shadow root is usually empty. The later rescans find the others. */
const empty = ':empty:not(br,hr,img,input,wbr,iframe,script,style,link,meta,i,td,source,canvas,textarea,svg *)'
/** Queried one at a time, since each takes the browser some milliseconds on a large page. */
const likely = [`:not(${known})`, empty]
/** Most elements checked of one query. One early rescan queries all elements. */
const everyAtMost = 20_000

/** When to rescan the page for elements that got a definition or a root after their insertion. */
const rescansAfterMs = [1_000, 3_000, 10_000] as const
const rescanPauseMs = 1_000
/** Elements checked before looking at the clock again. */
const askedAtOnce = 100
/** Of the elements inserted together, so many are checked at once; the next rescan checks the rest. */
const addedAtOnce = 50

export interface ShadowRootEvents {
  /** Called once for each root. */
  readonly onRoot: (root: ShadowRoot) => void
  /** A rescan is due: `step` has work again. */
  readonly onDue: () => void
}

export class ShadowRootFinder {
  readonly #events: ShadowRootEvents
  readonly #roots = new Set<ShadowRoot>()
  /** Queries for hosts that are still to be made. */
  readonly #parts: { part: ParentNode; selector: string }[] = []
  /** Results of the last query; those from `#index` to `#end` are still to be checked. */
  #elements: ArrayLike<Element> = []
  #index = 0
  #end = 0
  readonly #timers = new Set<ReturnType<typeof setTimeout>>()
  #isRescanPlanned = false

  constructor(events: ShadowRootEvents) {
    this.#events = events
  }

  /** The roots found so far that are still in the page. */
  get roots(): ShadowRoot[] {
    return [...this.#roots].filter(({ isConnected }) => isConnected)
  }

  /** The next step is a query, which cannot be divided. */
  get asks(): boolean {
    return this.#index >= this.#end && this.#parts.length > 0
  }

  /** Schedules queries for the elements in `part` that most likely have a root. */
  lookIn(part: ParentNode): void {
    for (const selector of likely) this.#parts.push({ part, selector })
  }

  /** Looks for roots in and below an inserted element. `index`: its position among the elements inserted together, from 1. */
  lookAt(element: Element, index: number, elementsInside: number): void {
    if (index > addedAtOnce) {
      this.soon()
    } else {
      this.#query(element)
      if (elementsInside > 0) this.lookIn(element)
    }
  }

  /** Schedules a rescan of the whole page. */
  soon(): void {
    if (!this.#isRescanPlanned) this.#rescanAfter(rescanPauseMs)
  }

  /** Schedules the rescans that follow the first scan of the page. */
  rescan(): void {
    const [first] = rescansAfterMs
    for (const ms of rescansAfterMs) this.#rescanAfter(ms, ms === first)
  }

  /** Makes one query, or checks some elements. False if nothing is left to do. */
  step(): boolean {
    if (this.#index < this.#end) {
      const end = Math.min(this.#index + askedAtOnce, this.#end)
      for (; this.#index < end; this.#index++) {
        const element = this.#elements[this.#index]
        if (element !== undefined) this.#query(element)
      }
      return true
    }
    const next = this.#parts.shift()
    this.#elements = next === undefined ? [] : found(next.part, next.selector)
    this.#index = 0
    this.#end = Math.min(this.#elements.length, everyAtMost)
    return next !== undefined
  }

  stop(): void {
    for (const timer of this.#timers) clearTimeout(timer)
    this.#parts.length = 0
    this.#elements = []
  }

  #query(element: Element): void {
    const root = element.shadowRoot
    if (root === null || this.#roots.has(root)) return
    this.#roots.add(root)
    this.#events.onRoot(root)
  }

  #rescanAfter(ms: number, thorough = false): void {
    this.#isRescanPlanned = true
    const timer = setTimeout(() => {
      this.#timers.delete(timer)
      this.#isRescanPlanned = false
      for (const root of this.#roots) if (!root.isConnected) this.#roots.delete(root)
      for (const part of [document, ...this.#roots]) {
        this.lookIn(part)
        if (thorough) this.#parts.push({ part, selector: '*' })
      }
      this.#events.onDue()
    }, ms)
    this.#timers.add(timer)
  }
}

/** For all elements, a live collection, which the browser walks only as far as it is read. */
function found(part: ParentNode, selector: string): ArrayLike<Element> {
  const isAll = selector === '*' && (part instanceof Document || part instanceof Element)
  return isAll ? part.getElementsByTagName(selector) : part.querySelectorAll(selector)
}
