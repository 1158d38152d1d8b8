// Finds open shadow roots, which neither the text of a page nor an observer reveals. Asking each element would cost more than the rest of a
// scan; one query of the browser quickly finds the elements that most likely have one.

/** What HTML knows, the most frequent first. Whatever has another name is a custom element or as good as one. */
const known =
  'p,div,span,a,li,td,tr,b,i,code,em,strong,br,img,ul,ol,h1,h2,h3,h4,h5,h6,section,article,table,tbody,thead,tfoot,th,button,' +
  'input,label,script,style,link,meta,pre,small,sub,sup,time,wbr,hr,main,nav,header,footer,aside,form,figure,figcaption,dl,dt,' +
  'dd,details,summary,select,option,optgroup,textarea,iframe,video,audio,source,picture,canvas,blockquote,q,cite,abbr,kbd,mark,' +
  'del,ins,s,u,noscript,template,fieldset,legend,svg,svg *,math,math *'
/** A plain element that was given a shadow root has most often nothing else; with what else it has it is found too, later. */
const empty = ':empty:not(br,hr,img,input,wbr,iframe,script,style,link,meta,i,td,source,canvas,textarea,svg *)'
/** Asked for one after the other, since each takes the browser some milliseconds on a large page. */
const likely = [`:not(${known})`, empty]
/** Once, so many elements are asked whatever they are. */
const everyAtMost = 20_000

/** When the page is gone through again for elements that were defined, or given a root, after they came. */
const rescansAfterMs = [1_000, 3_000, 10_000] as const
const rescanPauseMs = 1_000
/** Elements asked before looking at the clock again. */
const askedAtOnce = 100
/** Of so many that come at once, each is asked by itself; of more, the next rescan finds them. */
const addedAtOnce = 50

export interface ShadowRootEvents {
  /** A root was found, for the first time. */
  readonly onRoot: (root: ShadowRoot) => void
  /** There is something to look at again. */
  readonly onDue: () => void
}

export class ShadowRootFinder {
  readonly #events: ShadowRootEvents
  readonly #roots = new Set<ShadowRoot>()
  /** Where the browser is yet to be asked for hosts, and for which. */
  readonly #parts: { part: ParentNode; selector: string }[] = []
  /** Those it named, as far as they are yet to be asked. */
  #elements: ArrayLike<Element> = []
  #index = 0
  #end = 0
  readonly #timers = new Set<ReturnType<typeof setTimeout>>()
  #isRescanPlanned = false

  constructor(events: ShadowRootEvents) {
    this.#events = events
  }

  /** Those that were found and are still there. */
  get roots(): ShadowRoot[] {
    return [...this.#roots].filter(({ isConnected }) => isConnected)
  }

  /** The next step asks the browser to go through a part of the page. */
  get asks(): boolean {
    return this.#index >= this.#end && this.#parts.length > 0
  }

  /** Looks for roots in this part of the page, of those elements that most likely have one. */
  lookIn(part: ParentNode): void {
    for (const selector of likely) this.#parts.push({ part, selector })
  }

  /** Looks for roots in an element that came to the page as the `index`th of several. */
  lookAt(element: Element, index: number, elementsInside: number): void {
    if (index > addedAtOnce) {
      this.soon()
    } else {
      this.#query(element)
      if (elementsInside > 0) this.lookIn(element)
    }
  }

  /** So much came that the whole page is gone through again, soon. */
  soon(): void {
    if (!this.#isRescanPlanned) this.#rescanAfter(rescanPauseMs)
  }

  /** Goes through the page again, a few times. */
  rescan(): void {
    const [first] = rescansAfterMs
    for (const ms of rescansAfterMs) this.#rescanAfter(ms, ms === first)
  }

  /** Asks the browser, or some elements. False when there is nothing to ask. */
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

/** All elements are given as a collection that the browser works out as far as it is asked. */
function found(part: ParentNode, selector: string): ArrayLike<Element> {
  const isAll = selector === '*' && (part instanceof Document || part instanceof Element)
  return isAll ? part.getElementsByTagName(selector) : part.querySelectorAll(selector)
}
