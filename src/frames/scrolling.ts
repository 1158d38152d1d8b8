// How a reader scrolls. A page sees by how much it is scrolled itself, so whether a wheel turn or a key moves the text or the page
// must not depend on how long the text is. A frame in which the person is not at work lets every turn through to the page; one
// that has the focus keeps all of them, whether there is anything to scroll or not (docs/THREATS.md).

const keys = ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'PageUp', 'PageDown', 'Home', 'End', ' ']
/** Of what is seen at once, so much is scrolled by a page. */
const pageShare = 0.85
const middleButton = 1

export class Scrolling {
  #text: HTMLElement | null = null

  constructor() {
    const look = () => document.body.classList.toggle('active', document.hasFocus())
    window.addEventListener('focus', look)
    window.addEventListener('blur', look)
    look()
    document.addEventListener('wheel', (event) => this.#turned(event), { passive: false })
    document.addEventListener('keydown', (event) => this.#pressed(event))
    // The browsers' scrolling by the middle button takes the page where the text is short.
    document.addEventListener('mousedown', (event) => {
      if (event.button === middleButton) event.preventDefault()
    })
    document.addEventListener('scroll', () => this.#mark(), { capture: true, passive: true })
  }

  /** Sees to this text from now on; null for none. */
  of(text: HTMLElement | null): void {
    this.#text = text
    this.#mark()
  }

  /** The text, or its room, has changed. */
  measure(): void {
    this.#mark()
  }

  /** Shows what follows. */
  onward(): void {
    this.#by(pageShare, 'page')
  }

  /** Whether there is more than fits, and whether more follows. */
  #mark(): void {
    const { classList } = document.body
    const room = this.#text === null ? 0 : this.#text.scrollHeight - this.#text.clientHeight
    classList.toggle('long', room > 1)
    classList.toggle('goes-on', this.#text !== null && room - this.#text.scrollTop > 1)
  }

  #turned(event: WheelEvent): void {
    // With Ctrl a turn zooms.
    if (!document.hasFocus() || event.ctrlKey) return
    const isOver = event.target instanceof Node && this.#text?.contains(event.target) === true
    if (!isOver || !this.#canScroll(event.deltaY)) event.preventDefault()
  }

  #canScroll(deltaY: number): boolean {
    if (this.#text === null || deltaY === 0) return false
    const { scrollTop, scrollHeight, clientHeight } = this.#text
    return deltaY < 0 ? scrollTop > 0 : scrollTop + clientHeight < scrollHeight - 1
  }

  #pressed(event: KeyboardEvent): void {
    const { key, shiftKey, ctrlKey, metaKey, altKey } = event
    if (!keys.includes(key) || event.defaultPrevented) return
    if (key === ' ' && event.target instanceof HTMLButtonElement) return
    // It extends what is selected.
    if (key !== ' ' && shiftKey && document.getSelection()?.isCollapsed === false) return
    // The browser's own way back and forward.
    if (altKey && (key === 'ArrowLeft' || key === 'ArrowRight')) return
    event.preventDefault()
    const isFar = ctrlKey || metaKey
    if (key === 'Home' || (isFar && key === 'ArrowUp')) this.#text?.scrollTo({ top: 0 })
    else if (key === 'End' || (isFar && key === 'ArrowDown')) this.#text?.scrollTo({ top: this.#text.scrollHeight })
    else if (key === 'PageDown' || (key === ' ' && !shiftKey)) this.#by(pageShare, 'page')
    else if (key === 'PageUp' || key === ' ') this.#by(-pageShare, 'page')
    else if (key === 'ArrowDown') this.#by(1, 'line')
    else if (key === 'ArrowUp') this.#by(-1, 'line')
  }

  #by(count: number, unit: 'page' | 'line'): void {
    const text = this.#text
    if (text === null) return
    const px = unit === 'page' ? text.clientHeight : Number.parseFloat(getComputedStyle(text).lineHeight)
    text.scrollBy({ top: count * px })
  }
}
