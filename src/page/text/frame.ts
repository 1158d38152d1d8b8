// A reader frame: one iframe of our origin in a closed shadow root. The page may know all of this, and may navigate or remove it; its element,
// address and size contain no secret. Nothing here changes from the discovery of a text until it opens: whatever keeps it from
// opening, the page sees the same (docs/THREATS.md).

import { call } from '../../messages/callFromTexts.ts'
import {
  type Admission,
  type Appearance,
  charsForWidth,
  closedPx,
  frameEvent,
  linePx,
  parseEvent,
  stripPx,
} from '../../messages/reader.ts'
import { runtime } from '../../messages/runtime.ts'
import type { Field as FieldName } from '../../messages/shapes.ts'
import { words } from '../../words.ts'
import { isExtensionThere } from '../script/alive.ts'
import { isSandboxed } from '../script/sandbox.ts'
import { element, makeShell } from '../script/shell.ts'
import { onTrusted } from '../script/trusted.ts'
import { ticketFor } from './tickets.ts'

/**
 * The line before the box is invisible and may break. It gives the host its preferred width where there is room, but no minimum
 * width, so it cannot stretch a grid, a table or a chat bubble.
 */
const css = `
:host {
  display: inline-block !important; vertical-align: text-top !important; max-width: 100% !important; position: relative !important;
}
.box, .box::before, .frame, .letters { overflow: hidden; }
.sealed, .notice { display: flex; gap: 8px; font: 12px/20px ui-monospace, monospace; padding-inline-start: 23px; user-select: none; }
.notice { font: 13px/${closedPx}px system-ui, sans-serif; }
.letters { white-space: nowrap; text-overflow: ellipsis; }
.whole .letters { white-space: normal; overflow: auto; overflow-wrap: anywhere; max-height: 200px; user-select: text; }
button { all: unset; flex: none; align-self: start; cursor: pointer; text-decoration: underline; font-family: system-ui, sans-serif; }
button:focus-visible { outline: 2px solid currentColor; border-radius: 4px; }
.box::before { content: '0 0 0 0 0 0 0 0 0 0'; display: block; height: 0; visibility: hidden; font-family: monospace; }
iframe { display: block; width: 100%; height: 100%; border: 0; color-scheme: light; }
.notice + iframe { visibility: hidden; }
`

/** A frame that is silent for so long may be unable to run in this page, so we offer its text in our window. */
const silentMs = 2_000
/** After so many foreign loads in our frame, the page keeps the ciphertext. */
const reloadsAtMost = 5
/** Most new tickets per minute for a frame that loses its background. */
const lostAMinute = 30
/** Approximate width of a letter, in em. */
const letterWidth = 0.56
/** Width of the invisible line in the box, in em: 19 letters of a monospaced font. */
const rulerWidth = 19 * 0.6
/** Preferred width for a short text, so that the strip below it fits. */
const leastWidthPx = 560
/** Letters shown of the start and the end of a ciphertext on one line. */
const lettersShown = [12, 4] as const

/** `silent`: it has been `coming` for `silentMs`. It may still arrive. */
type State = 'away' | 'coming' | 'silent' | 'here'

export class ReaderFrame {
  readonly host: HTMLDivElement
  readonly #place = element('div', { class: 'frame' })
  /** The ciphertext on one line, shown until the text opens. Null if the page's own ciphertext stays visible. */
  readonly #ciphertext: HTMLElement | null
  readonly #sealed: string
  readonly #field: FieldName | null
  readonly #look: Appearance
  readonly #onSettled: (frame: ReaderFrame) => void
  /** Lines of the text when it was last open; null until it opens. Kept when it closes, by a lock for example, so the size stays. */
  #lines: number | null = null
  #state: State = 'away'
  #silence: ReturnType<typeof setTimeout> | undefined
  #iframe: HTMLIFrameElement | null = null
  #port: MessagePort | null = null
  /** The notice in the place of the frame. */
  #notice: HTMLElement | null = null
  #reloads = 0
  #lossTimes: number[] = []
  /** This frame never opens, or never again. */
  #stuck = isSandboxed()
  /** Requested before the iframe exists, so that the ticket is ready when the iframe has loaded. */
  #ticket: Promise<string | null> | null = null

  /**
   * `replacesText`: whether the frame takes the place of the ciphertext, which we then show on one line. Calls `onSettled` when an
   * opening frame is ready, is silent, or has ended.
   */
  constructor(
    sealed: string,
    field: FieldName | null,
    look: Appearance,
    replacesText: boolean,
    onSettled: (frame: ReaderFrame) => void = () => undefined,
  ) {
    const { host, box } = makeShell(css)
    this.host = host
    this.#sealed = sealed
    this.#field = field
    this.#look = look
    this.#onSettled = onSettled
    box.style.fontSize = `${widthPx(sealed, look) / rulerWidth}px`
    box.style.color = `rgb(${look.colour.map(Math.round).join(' ')})`
    this.#ciphertext = replacesText ? ciphertextLine(sealed) : null
    box.append(this.#place, this.#ciphertext ?? '')
    this.#size()
  }

  get alive(): boolean {
    return this.#iframe !== null
  }

  /** The frame runs. */
  get here(): boolean {
    return this.#state === 'here'
  }

  get silent(): boolean {
    return this.#state === 'silent'
  }

  /** Its text has been open at least once. */
  get opened(): boolean {
    return this.#lines !== null
  }

  get stuck(): boolean {
    return this.#stuck
  }

  /** Requests the ticket ahead of `open`. */
  prepare(): void {
    if (!this.#stuck && isExtensionThere()) this.#ticket ??= ticketFor(this.#sealed, this.#field)
  }

  /** Opens the frame, or offers our window if it cannot open. Does nothing while the frame is open. */
  open(): void {
    if (this.#stuck) this.offerWindow()
    if (this.#iframe !== null || this.#stuck || !this.host.isConnected || !isExtensionThere()) return
    // Chromium allows a credentialless iframe in pages with any embedder policy. Firefox allows ours anyway.
    const iframe = element('iframe', {
      src: runtime.getURL('/reader.html'),
      title: words('extension.name'),
      credentialless: '',
    })
    this.#iframe = iframe
    this.#become('coming')
    this.prepare()
    iframe.addEventListener('load', () => this.#loaded(iframe))
    this.#place.append(iframe)
  }

  /** Removes the iframe; the host keeps its size. */
  close(): void {
    this.#ticket = null
    this.#port?.close()
    this.#port = null
    this.#iframe?.remove()
    this.#iframe = null
    this.#become('away')
  }

  #become(state: State): void {
    const before = this.#state
    if (state === before) return
    this.#state = state
    clearTimeout(this.#silence)
    if (state === 'coming') this.#silence = setTimeout(() => isExtensionThere() && this.#become('silent'), silentMs)
    if (state === 'silent') this.offerWindow()
    if (state === 'here') {
      this.#notice?.remove()
      this.#notice = null
    }
    if (state !== 'coming' && before !== 'here') this.#onSettled(this)
  }

  /** The first load is ours. The page caused any other, which has destroyed our document. */
  #loaded(iframe: HTMLIFrameElement): void {
    if (iframe !== this.#iframe || !isExtensionThere()) return
    if (this.#port === null) {
      void this.#admit(iframe)
      return
    }
    this.close()
    if (++this.#reloads >= reloadsAtMost) this.#giveUp()
    else this.open()
  }

  /** Sends the frame a ticket, in a message that only a document of our own origin can receive. */
  async #admit(iframe: HTMLIFrameElement): Promise<void> {
    const { port1, port2 } = new MessageChannel()
    this.#port = port1
    port1.onmessage = ({ data }) => this.#receive(port1, data)
    const asked = this.#ticket ?? ticketFor(this.#sealed, this.#field)
    this.#ticket = null
    const ticket = await asked
    if (iframe !== this.#iframe || this.#port !== port1) return
    if (ticket === null) return this.#giveUp()
    const admission: Admission = { fieldseal: 'admission', ticket, look: this.#look }
    // Never an origin derived from the iframe's `src`, which the page can change.
    iframe.contentWindow?.postMessage(JSON.stringify(admission), ownOrigin(), [port2])
  }

  #receive(port: MessagePort, data: unknown): void {
    const event = parseEvent(frameEvent, data)
    if (event === null || port !== this.#port || !isExtensionThere()) return
    if (event.event === 'arrived') {
      this.#become('here')
    } else if (event.event === 'opened') {
      this.#lines = event.lines
      this.#ciphertext?.remove()
      this.#size()
    } else if (this.#iframe !== null) {
      port.close()
      this.#port = null
      this.#become('coming')
      const now = Date.now()
      this.#lossTimes = [...this.#lossTimes.filter((time) => now - time < 60_000), now]
      if (this.#lossTimes.length > lostAMinute) this.#giveUp()
      else void this.#admit(this.#iframe)
    }
  }

  /** The height of an open text depends only on the bucket of lines that the frame reports. */
  #size(): void {
    const px = this.#lines === null ? closedPx : this.#lines * linePx(this.#look.fontPx) + stripPx
    this.#place.style.height = `${px}px`
  }

  #giveUp(): void {
    if (!isExtensionThere()) return
    this.#stuck = true
    this.close()
    this.offerWindow()
  }

  /**
   * Shows one line in the place of the frame until it arrives: how to read the text elsewhere. The line depends on whether our frames
   * run in this page, and on nothing about the text.
   */
  offerWindow(): void {
    if (this.#notice !== null) return
    const open = () => void call('openWindow', { sealed: this.#sealed }).catch(() => undefined)
    // The background answers nobody in a sandbox.
    const [sentence, act] = isSandboxed()
      ? [words('page.text.sandboxed'), '']
      : [words('page.text.stuck'), button(words('page.text.openWindow'), open)]
    this.#notice = element(
      'div',
      { class: 'notice', role: 'note' },
      element('span', { class: 'letters' }, sentence),
      act,
    )
    this.#place.prepend(this.#notice)
  }
}

/** The ciphertext on one line, and a button that shows all of it. Depends only on the ciphertext, which the page has. */
function ciphertextLine(sealed: string): HTMLElement {
  const [start, end] = lettersShown
  const brief = `${sealed.slice(0, start)}…${sealed.slice(-end)}`
  const letters = element('span', { class: 'letters' }, brief)
  const more = button('', () => {
    const isWhole = line.classList.toggle('whole')
    letters.textContent = isWhole ? sealed : brief
    name(isWhole)
  })
  const name = (isWhole: boolean) => {
    more.textContent = words(isWhole ? 'page.text.hide' : 'page.text.show')
    more.setAttribute('aria-label', words(isWhole ? 'page.text.hideCiphertext' : 'page.text.showCiphertext'))
  }
  const line = element('div', { class: 'sealed' }, letters, more)
  name(false)
  return line
}

/** A button whose click does not reach the page's elements around it. */
function button(label: string, act: () => void): HTMLButtonElement {
  const made = element('button', { type: 'button' }, label)
  onTrusted(made, 'click', new AbortController().signal, (event) => {
    event.stopPropagation()
    act()
  })
  return made
}

/** The width in px depends only on the length of the ciphertext, which the page knows. */
function widthPx(sealed: string, { fontPx }: Appearance): number {
  return Math.max(leastWidthPx, Math.ceil((charsForWidth(sealed.length) + 1) * fontPx * letterWidth))
}

/** The only origin that may receive an admission. */
function ownOrigin(): string {
  return runtime.getURL('/').slice(0, -1)
}
