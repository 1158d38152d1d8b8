// Prints the ciphertext, as the site has it, unless the person has requested the opened texts for this print. (Reader frames do the same
// themselves: without a request they are blank on paper.)

/** One shown text. */
export interface PrintedText {
  readonly host: HTMLElement
  /** Its frame is loaded and can be printed. */
  readonly open: boolean
  readonly cover: { hide(): void; show(): void }
}

export class Printing {
  readonly #texts: () => Iterable<PrintedText>
  readonly #change: (work: () => void) => void
  #opened = false
  #ongoing = false

  /** `change` runs our changes to the page, without observing them. */
  constructor(texts: () => Iterable<PrintedText>, change: (work: () => void) => void) {
    this.#texts = texts
    this.#change = change
  }

  listen(signal: AbortSignal): void {
    window.addEventListener('beforeprint', () => this.#begin(), { signal })
    window.addEventListener('afterprint', () => this.#end(), { signal })
    const media = matchMedia('print')
    media.addEventListener('change', () => (media.matches ? this.#begin() : this.#end()), { signal })
  }

  /** Whether the next print shows opened texts. */
  allow(opened: boolean): void {
    this.#opened = opened
  }

  #begin(): void {
    if (this.#ongoing) return
    this.#ongoing = true
    this.#change(() => {
      for (const { host, open, cover } of this.#texts()) {
        if (this.#opened && open) continue
        host.hidden = true
        cover.show()
      }
    })
  }

  #end(): void {
    if (!this.#ongoing) return
    this.#ongoing = false
    this.#opened = false
    this.#change(() => {
      for (const { host, cover } of this.#texts()) {
        host.hidden = false
        cover.hide()
      }
    })
  }
}
