// A reader frame: one iframe of our origin in a closed shadow root, and its life. The page may know all of this, and may
// navigate or remove it; nothing secret is in the element, its address or its size. From the moment a text is found until it
// opens, nothing here changes: whatever keeps it from opening, the page sees the same (docs/THREATS.md).

import {
  type Admission,
  closedPx,
  frameNews,
  type Look,
  lettersFor,
  linePx,
  parseNews,
  stripPx,
} from '../../messages/reading.ts'
import { runtime } from '../../messages/runtime.ts'
import type { Field as FieldName } from '../../messages/shapes.ts'
import { isExtensionThere } from '../alive.ts'
import { isSandboxed } from '../sandbox.ts'
import { element, makeShell } from '../shell.ts'
import { onTrusted } from '../trusted.ts'
import { ticketFor } from './tickets.ts'

const css = `
:host {
  display: inline-block !important; vertical-align: text-top !important; max-width: 100% !important;
  margin: 0 !important; position: relative !important;
}
.box { overflow: hidden; }
.frame { overflow: hidden; }
.sealed { display: flex; gap: 8px; font: 12px/20px ui-monospace, monospace; padding-inline-start: 23px; user-select: none; }
.letters { white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
.whole .letters { white-space: normal; overflow: auto; overflow-wrap: anywhere; max-height: 200px; user-select: text; }
.sealed button { all: unset; flex: none; align-self: start; cursor: pointer; text-decoration: underline; font: 12px/20px system-ui, sans-serif; }
.sealed button:focus-visible { outline: 2px solid currentColor; border-radius: 4px; }
.ruler { display: block; height: 0; overflow: hidden; visibility: hidden; font-family: monospace; white-space: normal; }
iframe { display: block; width: 100%; height: 100%; border: 0; margin: 0; padding: 0; background: transparent; color-scheme: light; }
.fallback { font: 13px/1.5 system-ui, sans-serif; color: inherit; display: block; padding: 2px 0; }
`

/** A frame that says nothing for so long cannot run in this page. */
const bootWithinMs = 10_000
/** A page that keeps loading something else into our frame is left with the ciphertext. */
const reloadsAtMost = 5
/** How often a frame that lost its background is given a new ticket, a minute. */
const lostAMinute = 30
/** About the width of a letter, in the size of its font. */
const letterWidth = 0.56
const rulerLetters = 10
/** The width of a letter of a monospaced font, in its size. */
const monospaceWidth = 0.6
/** Room for the strip below a short text, where the page has it. */
const leastWidthPx = 560
/** Letters at either end by which a ciphertext is shown on one line. */
const lettersShown = { start: 12, end: 4 }

export interface FrameEvents {
  /** The frame cannot run here. */
  readonly onStuck: () => void
  /** The frame runs, or has ended without getting so far. */
  readonly onArrived?: () => void
}

export class ReaderFrame {
  readonly host: HTMLDivElement
  readonly #box: HTMLDivElement
  readonly #place = element('div', { class: 'frame' })
  /** The ciphertext on one line, to be seen until the text opens. Null where the page's own is to be seen. */
  readonly #ciphertext: HTMLElement | null
  readonly #sealed: string
  readonly #field: FieldName | null
  readonly #events: FrameEvents
  #look: Look
  /** Of the text when it was last open; null until it opens. What closes it again, a lock say, changes no size. */
  #lines: number | null = null
  #iframe: HTMLIFrameElement | null = null
  #line: MessagePort | null = null
  #bootTimer: ReturnType<typeof setTimeout> | undefined
  #reloads = 0
  #lost: number[] = []
  #stuck = false
  #arriving = false
  /** Asked for before the frame is made, so that it is there when the frame has loaded. */
  #ticket: Promise<string | null> | null = null

  /** `stands`: whether the frame stands in the place of the ciphertext, which is then shown by us, on one line. */
  constructor(sealed: string, field: FieldName | null, look: Look, stands: boolean, events: FrameEvents) {
    const { host, box } = makeShell(css)
    this.host = host
    this.#box = box
    this.#sealed = sealed
    this.#field = field
    this.#look = look
    this.#events = events
    box.before(ruler(widthPx(sealed, look)))
    box.style.color = `rgb(${look.colour.map(Math.round).join(' ')})`
    box.append(this.#place)
    this.#ciphertext = stands ? ciphertextLine(sealed) : null
    if (this.#ciphertext !== null) box.append(this.#ciphertext)
    this.#size()
  }

  get alive(): boolean {
    return this.#iframe !== null
  }

  /** It was opened a moment ago and does not run yet. */
  get arriving(): boolean {
    return this.#arriving
  }

  /** Its text was open, and may still be. */
  get opened(): boolean {
    return this.#lines !== null
  }

  get stuck(): boolean {
    return this.#stuck
  }

  /** The frame will be brought up soon. */
  prepare(): void {
    if (!isSandboxed() && !this.#stuck && isExtensionThere()) this.#ticket ??= ticketFor(this.#sealed, this.#field)
  }

  /** Brings the frame up. Does nothing while it is up, or cannot be. */
  open(): void {
    if (this.#iframe !== null || this.#stuck || !this.host.isConnected || !isExtensionThere()) return
    if (isSandboxed()) {
      this.#giveUp()
      return
    }
    const iframe = document.createElement('iframe')
    iframe.src = runtime.getURL('/reader.html')
    iframe.title = 'Fieldseal'
    this.#iframe = iframe
    this.#arriving = true
    this.prepare()
    iframe.addEventListener('load', () => this.#loaded(iframe))
    this.#bootTimer = setTimeout(() => this.#giveUp(), bootWithinMs)
    this.#place.append(iframe)
  }

  /** Takes the frame down; its place keeps its size. */
  close(): void {
    clearTimeout(this.#bootTimer)
    this.#ticket = null
    this.#line?.close()
    this.#line = null
    this.#iframe?.remove()
    this.#iframe = null
    this.#arrived()
  }

  #arrived(): void {
    if (!this.#arriving) return
    this.#arriving = false
    this.#events.onArrived?.()
  }

  /** The first load is ours; any other is the page's doing, and ends what was there. */
  #loaded(iframe: HTMLIFrameElement): void {
    if (iframe !== this.#iframe || !isExtensionThere()) return
    if (this.#line === null) {
      void this.#admit(iframe)
      return
    }
    this.close()
    if (++this.#reloads >= reloadsAtMost) this.#giveUp()
    else this.open()
  }

  /** Hands the frame a fresh ticket, by a message that only a document of our own origin can receive. */
  async #admit(iframe: HTMLIFrameElement): Promise<void> {
    const { port1, port2 } = new MessageChannel()
    this.#line = port1
    port1.onmessage = ({ data }) => this.#hear(port1, data)
    const asked = this.#ticket ?? ticketFor(this.#sealed, this.#field)
    this.#ticket = null
    const ticket = await asked
    if (iframe !== this.#iframe || this.#line !== port1) return
    if (ticket === null) return this.#giveUp()
    const admission: Admission = { fieldseal: 'admission', ticket, look: this.#look }
    // Not the origin of what the element says it shows: a page that has the element may say so instead of us.
    iframe.contentWindow?.postMessage(JSON.stringify(admission), ownOrigin(), [port2])
  }

  #hear(line: MessagePort, data: unknown): void {
    const news = parseNews(frameNews, data)
    if (news === null || line !== this.#line || !isExtensionThere()) return
    if (news.news === 'arrived') {
      clearTimeout(this.#bootTimer)
      this.#arrived()
    } else if (news.news === 'opened') {
      this.#lines = news.lines
      this.#ciphertext?.remove()
      this.#size()
    } else if (this.#iframe !== null) {
      line.close()
      this.#line = null
      const now = Date.now()
      this.#lost = [...this.#lost.filter((at) => now - at < 60_000), now]
      if (this.#lost.length > lostAMinute) this.#giveUp()
      else void this.#admit(this.#iframe)
    }
  }

  /** The height of an open text comes from the frame's bucket of lines, and from nothing else. */
  #size(): void {
    const px = this.#lines === null ? closedPx : this.#lines * linePx(this.#look.fontPx) + stripPx
    this.#place.style.height = `${px}px`
  }

  /** Leaves the ciphertext and says what to do instead. */
  #giveUp(): void {
    if (!isExtensionThere()) return
    const before = this.#stuck
    this.#stuck = true
    this.close()
    if (before) return
    this.#ciphertext?.remove()
    this.#place.remove()
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

/** The ciphertext on one line, and a button that shows all of it. It tells of nothing but the letters, which the page has. */
function ciphertextLine(sealed: string): HTMLElement {
  const { start, end } = lettersShown
  const brief = `${sealed.slice(0, start)}…${sealed.slice(-end)}`
  const letters = element('span', { class: 'letters' }, brief)
  const button = element('button', { type: 'button', 'aria-label': 'Show ciphertext' }, 'Show')
  const line = element('div', { class: 'sealed' }, letters, button)
  onTrusted(button, 'click', new AbortController().signal, (event) => {
    // It is no click on what the page has around it.
    event.stopPropagation()
    const whole = line.classList.toggle('whole')
    letters.textContent = whole ? sealed : brief
    button.textContent = whole ? 'Hide' : 'Show'
    button.setAttribute('aria-label', whole ? 'Hide ciphertext' : 'Show ciphertext')
  })
  return line
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

/** The one origin that an admission may be received by. */
function ownOrigin(): string {
  return runtime.getURL('/').replace(/\/$/, '')
}
