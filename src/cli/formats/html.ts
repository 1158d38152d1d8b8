// The text of an HTML document as a reader sees it: joined across elements, entities decoded, with line breaks where elements begin
// a new line. Leaves out text that is never shown: scripts, style sheets, comments, attributes. Works on tokens without a tree, so
// that deep nesting costs no extra time.

import { Tokenizer } from 'htmlparser2'
import { escapeHtml, inertHtml } from './inert.ts'
import type { RunSpan, TextRun } from './runs.ts'

/** Elements whose contents are not text of the document. */
const unread = new Set(['script', 'style'])
/** Block elements: text before, in and after them is never one word. */
const apart = new Set(
  (
    'address article aside blockquote body button caption center dd details dialog dir div dl dt fieldset figcaption ' +
    'figure footer form h1 h2 h3 h4 h5 h6 head header hgroup hr html iframe legend li main menu nav noscript object ol ' +
    'optgroup option p pre script search section select style summary table tbody td template textarea tfoot th thead ' +
    'title tr ul xmp'
  ).split(' '),
)
/** Elements in which a line feed is a line break, or tags are impossible. */
const preformatted = new Set(['listing', 'pre', 'textarea', 'title', 'xmp'])
/** The text that these elements stand for; `wbr` is invisible and does not end a sealed text. */
const breaks = new Map([
  ['br', '\n'],
  ['wbr', '\u200b'],
])

/** A document, or a part of one, with everything removed that could act: to be searched, and printed with its texts opened. */
export function pageRun(markup: string): TextRun {
  return htmlRun(inertHtml(markup))
}

/** The text of a document, or a part of one, however broken its markup. Takes linear time. */
export function htmlRun(source: string): TextRun {
  const reader = new Reader(source)
  const tokenizer = new Tokenizer({ decodeEntities: true }, reader)
  tokenizer.write(source)
  tokenizer.end()
  return reader.run()
}

function escapeLines(text: string): string {
  return escapeHtml(text).replace(/\r?\n/g, '<br>\n')
}

/** Receives the tokens in order, as offsets in the source. */
class Reader {
  readonly #source: string
  readonly #pieces: RunSpan[] = []
  readonly #parts: string[] = []
  #length = 0
  /** Whether the text ends in a line break that this reader added. */
  #broken = true
  #opening = { name: '', from: 0 }
  #unread = false
  /** The number of open preformatted elements. */
  #preformatted = 0

  constructor(source: string) {
    this.#source = source
  }

  run(): TextRun {
    return { markup: true, source: this.#source, text: this.#parts.join(''), pieces: this.#pieces }
  }

  ontext(from: number, to: number): void {
    if (!this.#unread) this.#add(this.#source.slice(from, to), from, to, true)
  }

  ontextentity(codePoint: number, to: number): void {
    // An entity for two characters arrives twice; the second has no part of the source of its own.
    const isSecond = this.#pieces.at(-1)?.to === to
    const from = isSecond ? to : this.#source.lastIndexOf('&', to - 1)
    if (!this.#unread) this.#add(String.fromCodePoint(codePoint), from, to, false)
  }

  oncdata(from: number, end: number, endMarks: number): void {
    this.ontext(from, end - endMarks)
  }

  onopentagname(from: number, to: number): void {
    this.#opening = { name: this.#source.slice(from, to).toLowerCase(), from: from - 1 }
  }

  onopentagend(end: number): void {
    const { name } = this.#opening
    if (unread.has(name)) this.#unread = true
    if (preformatted.has(name)) this.#preformatted++
    this.#onOpened(end)
  }

  onselfclosingtag(end: number): void {
    this.#onOpened(end)
  }

  onclosetag(from: number, to: number): void {
    const name = this.#source.slice(from, to).toLowerCase()
    if (unread.has(name)) this.#unread = false
    if (preformatted.has(name)) this.#preformatted = Math.max(0, this.#preformatted - 1)
    if (apart.has(name) || breaks.has(name)) this.#separate()
  }

  #onOpened(end: number): void {
    const { name, from } = this.#opening
    const text = breaks.get(name)
    if (text !== undefined) this.#add(text, from, end + 1, false)
    else if (apart.has(name)) this.#separate()
  }

  #add(text: string, from: number, to: number, literal: boolean): void {
    const write = this.#preformatted > 0 ? escapeHtml : escapeLines
    this.#pieces.push({ offset: this.#length, length: text.length, from, to, literal, write })
    this.#parts.push(text)
    this.#length += text.length
    this.#broken = false
  }

  /** Adds a line break that is not in the source, unless there is one already. */
  #separate(): void {
    if (this.#broken) return
    this.#parts.push('\n')
    this.#length++
    this.#broken = true
  }

  oncomment(): void {}
  ondeclaration(): void {}
  onprocessinginstruction(): void {}
  onattribdata(): void {}
  onattribentity(): void {}
  onattribend(): void {}
  onattribname(): void {}
  onend(): void {}
}
