// A reader frame: one iframe of our origin in a closed shadow root, and its life. The page may know all of this, and may
// navigate or remove it; nothing secret is in the element, its address or its size (docs/THREATS.md).

import { browser } from 'wxt/browser'
import { call } from '../../messages/call.ts'
import { type Admission, frameNews, type Look, lettersFor, linePx, parseNews, stripPx } from '../../messages/reading.ts'
import type { Field as FieldName } from '../../messages/shapes.ts'
import { element, makeShell } from '../shell.ts'

const css = `
:host {
  display: inline-block !important; vertical-align: text-top !important; max-width: 100% !important;
  margin: 0 !important; position: relative !important;
}
.box { overflow: hidden; }
.ruler { display: block; height: 0; overflow: hidden; visibility: hidden; font-family: monospace; white-space: normal; }
iframe { display: block; width: 100%; height: 100%; border: 0; margin: 0; padding: 0; background: transparent; color-scheme: light; }
.fallback { font: 13px/1.5 system-ui, sans-serif; color: inherit; display: block; padding: 2px 0; }
`

/** A frame that says nothing for so long cannot run in this page. */
const bootWithinMs = 10_000
/** A page that keeps loading something else into our frame is left with the ciphertext. */
const loadsAtMost = 5
/** How often a frame that lost its background is given a new ticket, a minute. */
const admissionsAMinute = 30
/** About the width of a letter, in the size of its font. */
const letterWidth = 0.56
const rulerLetters = 10
/** The width of a letter of a monospaced font, in its size. */
const monospaceWidth = 0.6
/** Room for the strip below a short text, where the page has it. */
const leastWidthPx = 560

export interface FrameEvents {
  /** Whether the ciphertext is to be seen beside the frame. */
  readonly onCiphertext: (stays: boolean) => void
  /** The frame cannot run here. */
  readonly onStuck: () => void
}

export class ReaderFrame {
  readonly host: HTMLDivElement
  readonly #box: HTMLDivElement
  readonly #sealed: string
  readonly #field: FieldName | null
  readonly #events: FrameEvents
  #look: Look
  #lines = 1
  #iframe: HTMLIFrameElement | null = null
  #line: MessagePort | null = null
  #bootTimer: ReturnType<typeof setTimeout> | undefined
  #loads = 0
  #admissions: number[] = []
  #stuck = false

  constructor(sealed: string, field: FieldName | null, look: Look, events: FrameEvents) {
    const { host, box } = makeShell(css)
    this.host = host
    this.#box = box
    this.#sealed = sealed
    this.#field = field
    this.#look = look
    this.#events = events
    box.before(ruler(widthPx(sealed, look)))
    this.#size()
  }

  get alive(): boolean {
    return this.#iframe !== null
  }

  get stuck(): boolean {
    return this.#stuck
  }

  /** Brings the frame up. Does nothing while it is up, or cannot be. */
  open(): void {
    if (this.#iframe !== null || this.#stuck || !this.host.isConnected) return
    if (isSandboxed()) {
      this.#giveUp()
      return
    }
    const iframe = document.createElement('iframe')
    iframe.src = browser.runtime.getURL('/reader.html' as never)
    iframe.title = 'Fieldseal'
    this.#iframe = iframe
    iframe.addEventListener('load', () => this.#loaded(iframe))
    this.#bootTimer = setTimeout(() => this.#giveUp(), bootWithinMs)
    this.#box.append(iframe)
    this.#size()
  }

  /** Takes the frame down; its place keeps its size. */
  close(): void {
    clearTimeout(this.#bootTimer)
    this.#line?.close()
    this.#line = null
    this.#iframe?.remove()
    this.#iframe = null
  }

  /** The first load is ours; any other is the page's doing, and ends what was there. */
  #loaded(iframe: HTMLIFrameElement): void {
    if (iframe !== this.#iframe) return
    if (this.#line === null && this.#loads < loadsAtMost) {
      this.#loads++
      void this.#admit(iframe)
      return
    }
    this.close()
    if (this.#loads >= loadsAtMost) this.#giveUp()
    else this.open()
  }

  /** Hands the frame a fresh ticket, by a message that only a document of our own origin can receive. */
  async #admit(iframe: HTMLIFrameElement): Promise<void> {
    const { port1, port2 } = new MessageChannel()
    this.#line = port1
    port1.onmessage = ({ data }) => this.#hear(port1, data)
    const now = Date.now()
    this.#admissions = [...this.#admissions.filter((at) => now - at < 60_000), now]
    if (this.#admissions.length > admissionsAMinute) return this.#giveUp()
    try {
      const { ticket } = await call('ticket', { sealed: this.#sealed, field: this.#field })
      if (iframe !== this.#iframe || this.#line !== port1) return
      const admission: Admission = { fieldseal: 'admission', ticket, look: this.#look }
      iframe.contentWindow?.postMessage(JSON.stringify(admission), new URL(iframe.src).origin, [port2])
    } catch {
      this.#giveUp()
    }
  }

  #hear(line: MessagePort, data: unknown): void {
    const news = parseNews(frameNews, data)
    if (news === null || line !== this.#line) return
    if (news.news === 'booted') {
      clearTimeout(this.#bootTimer)
    } else if (news.news === 'lines') {
      this.#lines = news.lines
      this.#size()
    } else if (news.news === 'ciphertext') {
      this.#events.onCiphertext(news.stays)
    } else if (this.#iframe !== null) {
      line.close()
      this.#line = null
      void this.#admit(this.#iframe)
    }
  }

  /** The height comes from the frame's bucket of lines, and from nothing else. */
  #size(): void {
    this.#box.style.height = `${this.#lines * linePx(this.#look.fontPx) + stripPx}px`
  }

  /** Leaves the ciphertext and says what to do instead. */
  #giveUp(): void {
    this.close()
    if (this.#stuck) return
    this.#stuck = true
    this.#box.style.height = 'auto'
    this.#box.append(
      element(
        'span',
        { class: 'fallback', role: 'note' },
        'Sealed text. This page does not let Fieldseal open it here: press Fieldseal’s toolbar button, then “Open texts on this page”.',
      ),
    )
    this.#events.onStuck()
  }
}

/**
 * An unseen line of letters that may break anywhere. So the host is as wide as it likes to be where there is room, and
 * no page that asks how narrow its content can get (a grid, a table, a chat bubble) is blown open by it.
 */
function ruler(px: number): HTMLElement {
  const line = element('span', { class: 'ruler', 'aria-hidden': 'true' }, Array(rulerLetters).fill('0').join('\u200b'))
  line.style.fontSize = `${px / rulerLetters / monospaceWidth}px`
  return line
}

/** The width comes from the length of the ciphertext, which the page knows. */
function widthPx(sealed: string, { fontPx }: Look): number {
  return Math.max(leastWidthPx, Math.ceil((lettersFor(sealed.length) + 1) * fontPx * letterWidth))
}

/** A page in a sandbox has no origin of its own; no frame of ours may run there, and the background answers it nothing. */
export function isSandboxed(): boolean {
  return self.origin === 'null'
}
