// What a person sees in a reader frame: the opened text and a strip below it, or one line that says why not. No button in here
// releases the text: they open windows of ours. Every button stands where it would stand for any other text of the same size and
// for any other reason: a page that baits a click sees whether a window opened, and so whether a button was there (docs/THREATS.md).

import { type Look, lettersFor, linePx, lineSteps, type ReaderAsk, widthSteps } from '../messages/reading.ts'
import type { Box, ClosedReason, Cue, View } from '../messages/shapes.ts'
import { drawSealMark } from '../sealMark.ts'
import { ageOf } from './age.ts'
import css from './reader.css?raw'
import { Scrolling } from './scrolling.ts'

const millisecondsPerMinute = 60_000
const letterWidth = 0.56
const narrowSteps = [8, 12, 17, 24, 30, 36, 44] as const

const families: Record<Look['family'], string> = {
  sans: 'system-ui, sans-serif',
  serif: 'ui-serif, Georgia, serif',
  mono: 'ui-monospace, monospace',
}

/** What is said of a closed text: a sentence of at most 40 characters, and a short form for narrow places. */
const closedWords: Readonly<Record<ClosedReason, { readonly long: string; readonly short: string }>> = {
  locked: { long: 'Sealed.', short: '' },
  elsewhere: { long: 'Sealed on another site.', short: 'Other site' },
  nowhere: { long: 'Sealed outside any site.', short: 'No site' },
  'other-key': { long: 'Sealed with another key.', short: 'Other key' },
  'not-for-us': { long: 'Sealed with a key you don’t have.', short: 'Not your key' },
  damaged: { long: 'Damaged: this text was changed.', short: 'Damaged' },
  'cut-off': { long: 'Incomplete: a part is missing.', short: 'Incomplete' },
  'newer-version': { long: 'Made by a newer Fieldseal. Update it.', short: 'Update needed' },
}

type Lines = (typeof lineSteps)[number]

export interface FaceEvents {
  ask(ask: Exclude<ReaderAsk, { ask: 'redeem' }>): void
  /** A text is open, and takes so many lines at most. */
  opened(lines: Lines): void
}

export class Face {
  readonly #events: FaceEvents
  #view: View | null = null
  #showsCiphertext = false
  #text: HTMLElement | null = null
  #sealedChars = 0
  /** The lines that were told last; null for none. */
  #told: Lines | null = null
  readonly #scrolling = new Scrolling()

  constructor(events: FaceEvents) {
    this.#events = events
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(css)
    document.adoptedStyleSheets = [sheet]
    // Text dragged out of here would be dropped into the page.
    document.addEventListener('dragstart', (event) => event.preventDefault())
    new ResizeObserver(() => this.#measure()).observe(document.documentElement)
  }

  /** Takes on the colours, size and weight of the place in the page. */
  fit(look: Look): void {
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
    this.#told = null
    this.#draw()
  }

  /** Whether what is shown may go on paper. It may not unless the person has asked for it. */
  print(shows: boolean): void {
    document.documentElement.classList.toggle('prints', shows)
  }

  /** Leaves nothing of the text in this document. */
  wipe(): void {
    this.#view = null
    this.#take(null)
    this.print(false)
    document.getSelection()?.removeAllRanges()
    document.body.replaceChildren()
  }

  #draw(): void {
    const view = this.#view
    document.getSelection()?.removeAllRanges()
    this.#take(null)
    if (view === null) document.body.replaceChildren()
    else if (view.kind === 'opened') this.#drawOpened(view)
    // Nobody outside is told: the page sees the same of every closed text, and nothing of a lock.
    else document.body.replaceChildren(lineFor(view.why, this.#events))
  }

  #take(text: HTMLElement | null): void {
    this.#text = text
    this.#scrolling.of(text)
  }

  #drawOpened(view: View & { kind: 'opened' }): void {
    const text = make('section', {
      class: 'text',
      'aria-label': 'Opened text',
      role: 'region',
      tabindex: '0',
      dir: 'auto',
    })
    text.textContent = view.text
    let shown = text
    if (this.#showsCiphertext) {
      shown = make('section', { class: 'text ciphertext', 'aria-label': 'Ciphertext', role: 'region', tabindex: '0' })
      shown.textContent = view.sealed
    }
    const more = button('More', () => this.#scrolling.onward())
    more.classList.add('more')
    const edit = button('Edit', (event) => this.#events.ask({ ask: 'edit', box: boxOf(event) }))
    const window = button('Open in a window', (event) => this.#events.ask({ ask: 'openWindow', box: boxOf(event) }))
    const toggle = button(this.#showsCiphertext ? 'Show opened text' : 'Show ciphertext', () => {
      this.#showsCiphertext = !this.#showsCiphertext
      this.#draw()
      document.querySelector<HTMLElement>('.toggle')?.focus()
    })
    toggle.classList.add('toggle')
    const cut = make('span', { class: 'cut' })
    cut.textContent = 'Only the beginning is printed here.'
    const about = make('div', { class: 'about' })
    about.append(mark(), cueChip(view.cue), whereAndWhen(view), cut)
    const acts = make('div', { class: 'acts' })
    acts.append(more, edit, window, toggle)
    const strip = make('div', { class: 'strip' })
    strip.append(about, acts)
    document.body.replaceChildren(shown, strip)
    this.#take(shown)
    this.#sealedChars = view.sealed.length
    this.#measure()
  }

  /** Wraps the text at a width of its own steps, and tells the host no more than a bucket of lines. */
  #measure(): void {
    if (this.#text === null) return
    const { style } = document.documentElement
    const fontPx = Number.parseFloat(style.getPropertyValue('--font-size')) || 16
    const steps = [...narrowSteps, ...widthSteps].map((letters) => Math.round(letters * fontPx * letterWidth))
    const room = document.documentElement.clientWidth
    const width = steps.reduce((best, step) => (step <= room ? step : best), steps[0] ?? room)
    style.setProperty('--text-width', `${Math.min(width, room)}px`)
    // The page has its say in fonts, sizes and room, and may try many: what it is told of the text is one bucket, counted
    // without them, times what it knows already.
    const letters = lettersFor(this.#sealedChars)
    const inRoom = Math.max(1, Math.floor(room / (fontPx * letterWidth)))
    const bucket = bucketOf(bucketOf(linesOf(this.#text.textContent, letters)) * Math.ceil(letters / inRoom))
    style.setProperty('--text-height', `${bucket * linePx(fontPx)}px`)
    this.#scrolling.measure()
    if (bucket === this.#told) return
    this.#told = bucket
    this.#events.opened(bucket)
  }
}

/** Lines of a text, every letter taken as wide as the next, and those of wide scripts as two. */
function linesOf(text: string, letters: number): number {
  const wide = /[\u1100-\uffdc]/g
  const long = (line: string) => line.length + (line.match(wide)?.length ?? 0)
  return text.split('\n').reduce((lines, line) => lines + Math.max(1, Math.ceil((long(line) * 1.1) / letters)), 0)
}

function bucketOf(lines: number): Lines {
  return lineSteps.find((step) => lines <= step) ?? 24
}

/** The line of a closed text. Each has one button, so that Tab stops once in every frame. */
function lineFor(why: ClosedReason, events: FaceEvents): HTMLElement {
  const line = make('p', { class: why === 'locked' ? 'line locked' : 'line', role: 'status' })
  const { long, short } = closedWords[why]
  const act =
    why === 'locked'
      ? button('', () => events.ask({ ask: 'unlock' }))
      : button('', (event) => events.ask({ ask: 'openWindow', box: boxOf(event) }))
  act.append(...(why === 'locked' ? bothForms('Unlock to read', 'Unlock') : bothForms('Show in Fieldseal', 'Show')))
  const words = make('span', { class: 'words', title: long })
  words.append(...bothForms(long, short))
  line.append(mark(), words, act)
  return line
}

/** Of these, reader.css shows the one that there is room for. */
function bothForms(long: string, short: string): HTMLElement[] {
  return [
    ['long', long],
    ['short', short],
  ].map(([form = '', words = '']) => {
    const made = make('span', { class: form })
    made.textContent = words
    return made
  })
}

/** Where on the screen a button was clicked. */
function boxOf({ screenX, screenY }: MouseEvent): Box {
  return { left: screenX, top: screenY, width: 0, height: 0 }
}

function whereAndWhen({ host, minutes, old, under }: View & { kind: 'opened' }): HTMLElement {
  const words = make('span', { class: old ? 'where old' : 'where' })
  const date = new Date(minutes * millisecondsPerMinute)
  const where = make('span', { class: 'host' })
  const key = under.earlier ? ', with an earlier key' : ''
  where.textContent = ` · ${host}${key}`
  const sealed = make('span', { class: 'sealed' })
  sealed.textContent = 'Sealed '
  words.append(sealed, ageOf(date, new Date()), where)
  const exactly = `Sealed on ${host}, ${date.toLocaleString()}${key}`
  words.title = old ? `${exactly}. That is long ago: edit it and seal it again to give it a new key` : exactly
  return words
}

function cueChip({ words, colour }: Cue): HTMLElement {
  const chip = make('span', { class: `cue ${colour}`, title: `Your cue: ${words.join(' ')}, ${colour}` })
  const label = make('span', { class: 'words' })
  label.textContent = words.join(' ')
  chip.append(make('span', { class: 'dot', 'aria-hidden': 'true' }), label)
  return chip
}

function button(label: string, act: (event: MouseEvent) => void): HTMLButtonElement {
  const made = make('button', { type: 'button' })
  made.textContent = label
  made.addEventListener('click', (event) => {
    if (event.isTrusted) act(event)
  })
  return made
}

function mark(): SVGSVGElement {
  const svg = drawSealMark()
  svg.classList.add('mark')
  return svg
}

function make<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Record<string, string> = {},
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value)
  return made
}
