// How a reader scrolls. A page sees how far it is scrolled itself, so whether a wheel turn or a key moves the text or the page must not
// depend on the length of the text. A frame without the focus passes every turn on to the page; one with the focus keeps them all,
// even if there is nothing to scroll (docs/THREATS.md).

const keys = ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'PageUp', 'PageDown', 'Home', 'End', ' ']
/** The share of the visible height that a page key scrolls. */
const pageShare = 0.85
const middleButton = 1

export class Scrolling {
  #text: HTMLElement | null = null

  constructor() {
    const updateFocus = () => document.body.classList.toggle('active', document.hasFocus())
    window.addEventListener('focus', updateFocus)
    window.addEventListener('blur', updateFocus)
    updateFocus()
    document.addEventListener('wheel', (event) => this.#onWheel(event), { passive: false })
    document.addEventListener('keydown', (event) => this.#onKeyDown(event))
    // Scrolling with the middle button would move the page if the text is short.
    document.addEventListener('mousedown', (event) => {
      if (event.button === middleButton) event.preventDefault()
    })
    document.addEventListener('scroll', () => this.#updateClasses(), { capture: true, passive: true })
  }

  /** Scrolls this text from now on; null for none. */
  setText(text: HTMLElement | null): void {
    this.#text = text
    this.#updateClasses()
  }

  /** Call it when the text or its room has changed. */
  measure(): void {
    this.#updateClasses()
  }

  /** Scrolls on by a page. */
  scrollPage(): void {
    this.#scrollBy(pageShare, 'page')
  }

  /** Marks whether the text is longer than its room, and whether more follows below. */
  #updateClasses(): void {
    const { classList } = document.body
    const room = this.#text === null ? 0 : this.#text.scrollHeight - this.#text.clientHeight
    classList.toggle('long', room > 1)
    classList.toggle('goes-on', this.#text !== null && room - this.#text.scrollTop > 1)
  }

  #onWheel(event: WheelEvent): void {
    // With Ctrl the wheel zooms.
    if (!document.hasFocus() || event.ctrlKey) return
    const isOver = event.target instanceof Node && this.#text?.contains(event.target) === true
    if (!isOver || !this.#canScroll(event.deltaY)) event.preventDefault()
  }

  #canScroll(deltaY: number): boolean {
    if (this.#text === null || deltaY === 0) return false
    const { scrollTop, scrollHeight, clientHeight } = this.#text
    return deltaY < 0 ? scrollTop > 0 : scrollTop + clientHeight < scrollHeight - 1
  }

  #onKeyDown(event: KeyboardEvent): void {
    const { key, shiftKey, ctrlKey, metaKey, altKey } = event
    if (!keys.includes(key) || event.defaultPrevented) return
    if (key === ' ' && event.target instanceof HTMLButtonElement) return
    // The key extends the selection.
    if (key !== ' ' && shiftKey && document.getSelection()?.isCollapsed === false) return
    // The browser's own keys for back and forward.
    if (altKey && (key === 'ArrowLeft' || key === 'ArrowRight')) return
    event.preventDefault()
    const isFar = ctrlKey || metaKey
    if (key === 'Home' || (isFar && key === 'ArrowUp')) this.#text?.scrollTo({ top: 0 })
    else if (key === 'End' || (isFar && key === 'ArrowDown')) this.#text?.scrollTo({ top: this.#text.scrollHeight })
    else if (key === 'PageDown' || (key === ' ' && !shiftKey)) this.#scrollBy(pageShare, 'page')
    else if (key === 'PageUp' || key === ' ') this.#scrollBy(-pageShare, 'page')
    else if (key === 'ArrowDown') this.#scrollBy(1, 'line')
    else if (key === 'ArrowUp') this.#scrollBy(-1, 'line')
  }

  #scrollBy(count: number, unit: 'page' | 'line'): void {
    const text = this.#text
    if (text === null) return
    const px = unit === 'page' ? text.clientHeight : Number.parseFloat(getComputedStyle(text).lineHeight)
    text.scrollBy({ top: count * px })
  }
}
