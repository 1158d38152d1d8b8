// What a person sees in a reader frame: the opened text and a strip below it, or one line that says why not.

import { type Look, lettersFor, linePx, lineSteps, type ReaderAsk, widthSteps } from '../messages/reading.ts'
import type { Cue, View } from '../messages/shapes.ts'
import { drawSealMark } from '../sealMark.ts'
import { ageOf } from './age.ts'
import css from './reader.css?raw'

const millisecondsPerMinute = 60_000
const letterWidth = 0.56
const narrowSteps = [8, 12, 17, 24, 30, 36, 44] as const
const copiedMs = 1_500

const families: Record<Look['family'], string> = {
  sans: 'system-ui, sans-serif',
  serif: 'ui-serif, Georgia, serif',
  mono: 'ui-monospace, monospace',
}

const faults = {
  'not-for-us': 'Sealed for someone else, or changed: no key of yours fits.',
  damaged: 'Damaged: a part of this sealed text was changed.',
  'cut-off': 'Damaged: cut off. A part of this sealed text is missing.',
  'newer-version': 'Sealed by a newer version of Fieldseal. Update to open it.',
} as const

const places = { elsewhere: 'on another site', nowhere: 'outside any site' } as const

type Lines = (typeof lineSteps)[number]

export interface FaceEvents {
  ask(ask: Exclude<ReaderAsk, { ask: 'redeem' }>): void
  /** What is shown takes so many lines at most. */
  shown(lines: Lines, ciphertextStays: boolean): void
}

export class Face {
  readonly #events: FaceEvents
  #view: View | null = null
  #showsCiphertext = false
  #text: HTMLElement | null = null
  #sealedChars = 0
  /** What was told of it last. */
  #told = ''

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
    const [r, g, b] = look.backdrop
    style.setProperty('--paper', `rgb(${look.backdrop.map(Math.round).join(' ')})`)
    document.body.classList.toggle('dark', 0.299 * r + 0.587 * g + 0.114 * b < 128)
  }

  show(view: View): void {
    this.#view = view
    this.#showsCiphertext = false
    this.#told = ''
    this.#draw()
  }

  /** Whether what is shown may go on paper. It may not unless the person has asked for it. */
  print(shows: boolean): void {
    document.documentElement.classList.toggle('prints', shows)
    const text = this.#text
    document.body.classList.toggle('long', text !== null && text.scrollHeight > text.clientHeight + 1)
  }

  /** Leaves nothing of the text in this document. */
  wipe(): void {
    this.#view = null
    this.#text = null
    this.print(false)
    document.getSelection()?.removeAllRanges()
    document.body.replaceChildren()
  }

  #draw(): void {
    const view = this.#view
    document.getSelection()?.removeAllRanges()
    this.#text = null
    if (view === null) {
      document.body.replaceChildren()
    } else if (view.kind === 'opened') {
      this.#drawOpened(view)
    } else {
      document.body.replaceChildren(lineFor(view, this.#events))
      this.#tell(1, view.kind === 'fault')
    }
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
    const copy = button('Copy', () => copyText(this.#showsCiphertext ? view.sealed : view.text, copy))
    const edit = button('Edit', ({ screenX, screenY }) => {
      this.#events.ask({ ask: 'edit', box: { left: screenX, top: screenY, width: 0, height: 0 } })
    })
    const toggle = button(this.#showsCiphertext ? 'Show opened text' : 'Show ciphertext', () => {
      this.#showsCiphertext = !this.#showsCiphertext
      this.#draw()
      document.querySelector<HTMLElement>('.toggle')?.focus()
    })
    toggle.classList.add('toggle')
    const strip = make('div', { class: 'strip' })
    strip.append(mark(), cueChip(view.cue), whereAndWhen(view), copy, edit, toggle)
    const cut = make('span', { class: 'cut' })
    cut.textContent = 'Only the beginning is printed here.'
    strip.append(cut)
    document.body.replaceChildren(shown, strip)
    this.#text = shown
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
    this.#tell(bucket, false)
  }

  #tell(lines: Lines, ciphertextStays: boolean): void {
    const told = `${lines} ${ciphertextStays}`
    if (told === this.#told) return
    this.#told = told
    this.#events.shown(lines, ciphertextStays)
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

function lineFor(view: Exclude<View, { kind: 'opened' }>, events: FaceEvents): HTMLElement {
  const line = make('p', { class: 'line', role: 'status' })
  line.append(mark())
  const words = make('span')
  if (view.kind === 'locked') {
    line.append(button('Sealed. Unlock to read', () => events.ask({ ask: 'unlock' })))
  } else if (view.kind === 'elsewhere') {
    words.textContent = `Sealed ${places[view.site]}; you are on ${view.host}.`
    line.append(
      words,
      button('Open here', () => events.ask({ ask: 'openElsewhere' })),
    )
  } else {
    words.textContent = faults[view.code]
    words.title = faults[view.code]
    line.append(words)
  }
  return line
}

function whereAndWhen({ site, host, minutes, old }: View & { kind: 'opened' }): HTMLElement {
  const words = make('span', { class: old ? 'where old' : 'where' })
  const date = new Date(minutes * millisecondsPerMinute)
  const where = make('span', { class: 'host' })
  where.textContent = ` · ${site === 'here' ? host : places[site]}`
  const sealed = make('span', { class: 'sealed' })
  sealed.textContent = 'Sealed '
  words.append(sealed, ageOf(date, new Date()), where)
  const exactly = `Sealed ${site === 'here' ? `on ${host}` : places[site]}, ${date.toLocaleString()}`
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

/** Copies by the browser's own command, which works in a frame of any page; the selection is put back. */
function copyText(text: string, from: HTMLButtonElement): void {
  const copied = (event: ClipboardEvent) => {
    event.clipboardData?.setData('text/plain', text)
    event.preventDefault()
  }
  document.addEventListener('copy', copied, { once: true })
  const done = document.execCommand('copy')
  document.removeEventListener('copy', copied)
  from.textContent = done ? 'Copied' : 'Not copied'
  setTimeout(() => {
    from.textContent = 'Copy'
  }, copiedMs)
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
