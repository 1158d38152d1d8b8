// What a person sees in a reader frame: the opened text and a strip below it, or one line that says why there is none. No button here
// releases the text; they only open our own windows. Every button is where it would be for any other text of the same size and for
// any other reason: a page that baits a click sees whether a window opened, and so whether a button was there (docs/THREATS.md).

import { dotColours } from '../colours.ts'
import { cueSentence } from '../cueSentence.ts'
import { drawLogo } from '../logo.ts'
import {
  type Appearance,
  charsForWidth,
  linePx,
  lineSteps,
  type ReaderRequest,
  widthSteps,
} from '../messages/reader.ts'
import type { Box, ClosedReason, Cue, View } from '../messages/shapes.ts'
import { msPerMinute } from '../time.ts'
import { direction, locale, type PlainKey, words } from '../words.ts'
import { ageOf } from './age.ts'
import css from './reader.css?raw'
import { Scrolling } from './scrolling.ts'

const dots = Object.entries(dotColours)
  .map(([name, colour]) => `.${name}{--cue:${colour}}`)
  .join('')

const letterWidth = 0.56
const narrowSteps = [8, 12, 17, 24, 30, 36, 44] as const

const families: Record<Appearance['family'], string> = {
  sans: 'system-ui, sans-serif',
  serif: 'ui-serif, Georgia, serif',
  mono: 'ui-monospace, monospace',
}

/** Why a text is closed: a sentence, and a short form for narrow places; a locked text has none there. */
const closedKeys = {
  locked: { long: 'reader.closed.locked', short: null },
  elsewhere: { long: 'reader.closed.elsewhere', short: 'reader.closed.short.elsewhere' },
  nowhere: { long: 'reader.closed.nowhere', short: 'reader.closed.short.nowhere' },
  'other-key': { long: 'reader.closed.otherKey', short: 'reader.closed.short.otherKey' },
  'not-for-us': { long: 'reader.closed.notForUs', short: 'reader.closed.short.notForUs' },
  damaged: { long: 'reader.closed.damaged', short: 'reader.closed.short.damaged' },
  'cut-off': { long: 'reader.closed.cutOff', short: 'reader.closed.short.cutOff' },
  'newer-version': { long: 'reader.closed.newerVersion', short: 'reader.closed.short.newerVersion' },
} as const satisfies Record<ClosedReason, { readonly long: PlainKey; readonly short: PlainKey | null }>

type Lines = (typeof lineSteps)[number]

export interface ReaderViewEvents {
  send(request: Exclude<ReaderRequest, { request: 'redeem' }>): void
  /** A text is open, and takes at most `lines` lines. */
  opened(lines: Lines): void
}

export class ReaderView {
  readonly #events: ReaderViewEvents
  #view: View | null = null
  #showsCiphertext = false
  #text: HTMLElement | null = null
  #sealedChars = 0
  /** The last report of lines; null before any. */
  #reportedLines: Lines | null = null
  readonly #scrolling = new Scrolling()

  constructor(events: ReaderViewEvents) {
    this.#events = events
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(`${dots}${css}`)
    document.adoptedStyleSheets = [sheet]
    // Text dragged from here would drop into the page.
    document.addEventListener('dragstart', (event) => event.preventDefault())
    new ResizeObserver(() => this.#measure()).observe(document.documentElement)
  }

  /** Adopts the colours, size and weight of its place in the page. */
  fit(look: Appearance): void {
    const { style } = document.documentElement
    style.setProperty('--colour', look.colour.map(Math.round).join(' '))
    style.setProperty('--font-size', `${look.fontPx}px`)
    style.setProperty('--line', `${linePx(look.fontPx)}px`)
    style.setProperty('--weight', String(look.weight))
    style.setProperty('--family', families[look.family])
    document.documentElement.dir = look.direction
  }

  show(view: View): void {
    this.#view = view
    this.#showsCiphertext = false
    this.#reportedLines = null
    this.#draw()
  }

  /** Allows or forbids printing the text; only the person's own command allows it. */
  print(shows: boolean): void {
    document.documentElement.classList.toggle('prints', shows)
  }

  /** Removes all of the text from this document. */
  wipe(): void {
    this.#view = null
    this.#setText(null)
    this.print(false)
    document.getSelection()?.removeAllRanges()
    document.body.replaceChildren()
  }

  #draw(): void {
    const view = this.#view
    document.getSelection()?.removeAllRanges()
    this.#setText(null)
    if (view === null) document.body.replaceChildren()
    else if (view.kind === 'opened') this.#drawOpened(view)
    // Reports nothing outside: the page sees the same for every closed text, and nothing of a lock.
    else document.body.replaceChildren(lineFor(view.why, this.#events))
  }

  #setText(text: HTMLElement | null): void {
    this.#text = text
    this.#scrolling.setText(text)
  }

  #drawOpened(view: View & { kind: 'opened' }): void {
    const text = createElement('section', {
      class: 'text',
      'aria-label': words('reader.openedText'),
      role: 'region',
      tabindex: '0',
      dir: 'auto',
    })
    text.textContent = view.text
    let shown = text
    if (this.#showsCiphertext) {
      shown = createElement('section', {
        class: 'text ciphertext',
        'aria-label': words('reader.ciphertext'),
        role: 'region',
        tabindex: '0',
      })
      shown.textContent = view.sealed
    }
    const more = button(words('reader.more'), () => this.#scrolling.scrollPage())
    more.classList.add('more')
    const edit = button(words('reader.edit'), (event) => this.#events.send({ request: 'edit', box: boxOf(event) }))
    const window = button(words('reader.openInWindow'), (event) =>
      this.#events.send({ request: 'openWindow', box: boxOf(event) }),
    )
    const toggle = button(words(this.#showsCiphertext ? 'reader.showOpened' : 'reader.showCiphertext'), () => {
      this.#showsCiphertext = !this.#showsCiphertext
      this.#draw()
      document.querySelector<HTMLElement>('.toggle')?.focus()
    })
    toggle.classList.add('toggle')
    const cut = createElement('span', { class: 'cut' })
    cut.textContent = words('reader.onlyBeginning')
    const about = createElement('div', { class: 'about' })
    about.append(logo(), cueChip(view.cue), originAndAge(view), cut)
    const acts = createElement('div', { class: 'acts' })
    acts.append(more, edit, window, toggle)
    const strip = createElement('div', { class: 'strip', ...ownLanguage() })
    strip.append(about, acts)
    document.body.replaceChildren(shown, strip)
    this.#setText(shown)
    this.#sealedChars = view.sealed.length
    this.#measure()
  }

  /** Wraps the text at one of its own width steps, and reports only a bucket of lines to the host. */
  #measure(): void {
    if (this.#text === null) return
    const { style } = document.documentElement
    const fontPx = Number.parseFloat(style.getPropertyValue('--font-size')) || 16
    const steps = [...narrowSteps, ...widthSteps].map((letters) => Math.round(letters * fontPx * letterWidth))
    const room = document.documentElement.clientWidth
    const width = steps.reduce((best, step) => (step <= room ? step : best), steps[0] ?? room)
    style.setProperty('--text-width', `${Math.min(width, room)}px`)
    // The page controls fonts, sizes and room, and may try many: it learns only one bucket, which does not depend on them,
    // times what it already knows.
    const letters = charsForWidth(this.#sealedChars)
    const inRoom = Math.max(1, Math.floor(room / (fontPx * letterWidth)))
    const bucket = bucketOf(bucketOf(linesOf(this.#text.textContent, letters)) * Math.ceil(letters / inRoom))
    style.setProperty('--text-height', `${bucket * linePx(fontPx)}px`)
    this.#scrolling.measure()
    if (bucket === this.#reportedLines) return
    this.#reportedLines = bucket
    this.#events.opened(bucket)
  }
}

/** The lines of a text, if all letters have the same width, and those of wide scripts twice that. */
function linesOf(text: string, letters: number): number {
  const wide = /[\u1100-\uffdc]/g
  const long = (line: string) => line.length + (line.match(wide)?.length ?? 0)
  return text.split('\n').reduce((lines, line) => lines + Math.max(1, Math.ceil((long(line) * 1.1) / letters)), 0)
}

function bucketOf(lines: number): Lines {
  return lineSteps.find((step) => lines <= step) ?? 24
}

/** The line of a closed text. Each has one button, so that Tab stops once in every frame. */
function lineFor(why: ClosedReason, events: ReaderViewEvents): HTMLElement {
  const line = createElement('p', {
    class: why === 'locked' ? 'line locked' : 'line',
    role: 'status',
    ...ownLanguage(),
  })
  const keys = closedKeys[why]
  const long = words(keys.long)
  const act =
    why === 'locked'
      ? button('', () => events.send({ request: 'unlock' }))
      : button('', (event) => events.send({ request: 'openWindow', box: boxOf(event) }))
  act.append(
    ...(why === 'locked'
      ? longAndShort(words('reader.unlock'), words('reader.unlockShort'))
      : longAndShort(words('reader.show'), words('reader.showShort'))),
  )
  const sentence = createElement('span', { class: 'words', title: long })
  sentence.append(...longAndShort(long, keys.short === null ? '' : words(keys.short)))
  line.append(logo(), sentence, act)
  return line
}

/** Around the text, which stands as the page does, the words are ours. */
function ownLanguage() {
  return { lang: locale(), dir: direction() }
}

/** Both forms; reader.css shows the one that fits. */
function longAndShort(long: string, short: string): HTMLElement[] {
  return [
    ['long', long],
    ['short', short],
  ].map(([form = '', text = '']) => textElement(form, text))
}

function textElement(className: string, text: string): HTMLElement {
  const element = createElement('span', { class: className })
  element.textContent = text
  return element
}

/** The point on the screen where a button was clicked. */
function boxOf({ screenX, screenY }: MouseEvent): Box {
  return { left: screenX, top: screenY, width: 0, height: 0 }
}

function originAndAge({ host, minutes, old, under }: View & { kind: 'opened' }): HTMLElement {
  const element = createElement('span', { class: old ? 'where old' : 'where' })
  const date = new Date(minutes * msPerMinute)
  const age = ageOf(date, new Date())
  const sealed = words(under.earlier ? 'reader.sealedEarlierKey' : 'reader.sealed', { age, host })
  element.append(textElement('whole', sealed), textElement('age', age))
  const keys = old ? oldKeys : exactKeys
  element.title = words(under.earlier ? keys.earlier : keys.now, { host, time: date.toLocaleString(locale()) })
  return element
}

const exactKeys = { now: 'reader.exactly', earlier: 'reader.exactlyEarlierKey' } as const
const oldKeys = { now: 'reader.old', earlier: 'reader.oldEarlierKey' } as const

function cueChip(cue: Cue): HTMLElement {
  const chip = createElement('span', { class: `cue ${cue.colour}`, title: cueSentence(cue) })
  chip.append(createElement('span', { class: 'dot', 'aria-hidden': 'true' }), textElement('words', cue.words.join(' ')))
  return chip
}

function button(label: string, act: (event: MouseEvent) => void): HTMLButtonElement {
  const made = createElement('button', { type: 'button' })
  made.textContent = label
  made.addEventListener('click', (event) => {
    if (event.isTrusted) act(event)
  })
  return made
}

function logo(): SVGSVGElement {
  const svg = drawLogo()
  svg.classList.add('mark')
  return svg
}

function createElement<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Record<string, string> = {},
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value)
  return made
}
