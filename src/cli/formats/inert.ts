// A page that others wrote, as a page that does nothing: for opened texts are put into it. Nothing of the source is passed
// through. Its tokens are written anew from lists of what is harmless, in a grammar in which every parser sees the same thing:
// tags with quoted attributes, escaped text, and style sheets without a `<`. So it does not matter where our parser and a
// browser's would have disagreed about the source. What style sheets may load, the policy in front of it all forbids.

import { Tokenizer } from 'htmlparser2'

const words = (list: string) => new Set(list.split(' '))

/** Elements that are written again. None loads, runs, sends or embeds anything by itself, wherever it stands. */
const kept = words(
  'a abbr address article aside b bdi bdo big blockquote body br caption center cite code col colgroup dd del details dfn ' +
    'dir div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hgroup hr html i img ins kbd li main mark ' +
    'menu nav ol p pre q rp rt ruby s samp search section small span strike strong style sub summary sup table tbody td ' +
    'tfoot th thead time title tr tt u ul var wbr',
)
/** Written as another, so that what was on lines of its own stays there; of others that are not kept the text alone stays. */
const substitutes = new Map([
  ...['listing', 'textarea', 'xmp'].map((name) => [name, 'pre'] as const),
  ...'button dialog fieldset form head iframe legend noscript object optgroup option select template'
    .split(' ')
    .map((name) => [name, 'div'] as const),
])
/** Elements without an end. */
const empty = words('br col hr img wbr')
/** What is in these is left out. */
const dropped = words('script')

const attributesOfAll = words('class dir id lang style title')
const attributesOf: Readonly<Record<string, ReadonlySet<string>>> = {
  a: words('href'),
  col: words('align span valign width'),
  colgroup: words('align span valign width'),
  details: words('open'),
  font: words('color face size'),
  img: words('alt height src width'),
  li: words('value'),
  ol: words('reversed start type'),
  table: words('align bgcolor border cellpadding cellspacing height width'),
  td: words('align bgcolor colspan height rowspan valign width'),
  th: words('align bgcolor colspan height rowspan scope valign width'),
  time: words('datetime'),
  tr: words('align bgcolor valign'),
}

/** Pictures that are in the page itself. As the source of an `img`, an SVG runs and loads nothing. */
const picture = /^data:image\/(?:avif|bmp|gif|jpe?g|png|svg\+xml|webp)[;,]/i
const linkSchemes = new Set(['http:', 'https:', 'mailto:'])

const policy =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; base-uri 'none'; form-action 'none'"
/** All ASCII, and in front of everything that others wrote: the encoding is settled and the policy in force by then. */
const head = `<!doctype html>
<html><head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta http-equiv="x-dns-prefetch-control" content="off">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width">
</head><body>
`

/** A whole page of parts, each made by `inertHtml` or `escapeHtml`. */
export function inertPage(parts: readonly string[]): string {
  return `${head}${parts.join('\n<hr>\n')}\n</body></html>\n`
}

/** Text as HTML that shows it, line breaks left as they are. */
export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

/** Markup that reads like the source and does nothing, to stand in a page of `inertPage`. In time linear in its length. */
export function inertHtml(source: string): string {
  const writer = new Writer(source)
  const tokenizer = new Tokenizer({ decodeEntities: true }, writer)
  tokenizer.write(source)
  tokenizer.end()
  return writer.written()
}

/** Is told of one token after the other, by offsets in the source. */
class Writer {
  readonly #source: string
  readonly #parts: string[] = []
  /** The tag that is being read. */
  #name = ''
  #attributes = new Map<string, string>()
  #attribute = ''
  /** The element whose text is no text of the page: a style sheet or a script. */
  #inside: string | null = null
  #sheet: string[] = []
  /** Whether a title is open, in which browsers see no tags. */
  #title = false

  constructor(source: string) {
    this.#source = source
  }

  written(): string {
    if (this.#inside !== null) this.#close(this.#inside)
    if (this.#title) this.#close('title')
    return this.#parts.join('')
  }

  ontext(from: number, to: number): void {
    this.#text(this.#source.slice(from, to))
  }

  ontextentity(codePoint: number): void {
    this.#text(String.fromCodePoint(codePoint))
  }

  oncdata(from: number, end: number, endMarks: number): void {
    this.#text(this.#source.slice(from, end - endMarks))
  }

  onopentagname(from: number, to: number): void {
    this.#name = this.#source.slice(from, to).toLowerCase()
    this.#attributes = new Map()
  }

  onattribname(from: number, to: number): void {
    this.#attribute = this.#source.slice(from, to).toLowerCase()
    if (!this.#attributes.has(this.#attribute)) this.#attributes.set(this.#attribute, '')
    else this.#attribute = ''
  }

  onattribdata(from: number, to: number): void {
    this.#addToAttribute(this.#source.slice(from, to))
  }

  onattribentity(codePoint: number): void {
    this.#addToAttribute(String.fromCodePoint(codePoint))
  }

  onopentagend(): void {
    this.#open()
    if (this.#name === 'style' || dropped.has(this.#name)) this.#inside = this.#name
    if (this.#name === 'title') this.#title = true
  }

  onselfclosingtag(): void {
    this.#open()
    if (this.#name === 'style' || this.#name === 'title') this.#close(this.#name)
  }

  onclosetag(from: number, to: number): void {
    this.#close(this.#source.slice(from, to).toLowerCase())
  }

  #addToAttribute(text: string): void {
    if (this.#attribute === '') return
    this.#attributes.set(this.#attribute, (this.#attributes.get(this.#attribute) ?? '') + text)
  }

  #text(text: string): void {
    if (this.#inside === 'style') this.#sheet.push(text)
    else if (this.#inside === null) this.#parts.push(escapeHtml(withoutControls(text)))
  }

  #open(): void {
    const name = writtenName(this.#name)
    if (this.#inside !== null || name === null) return
    const attributes = Array.from(this.#attributes, ([attribute, value]) => attributeOf(name, attribute, value))
    this.#parts.push(`<${name}${attributes.join('')}>`)
  }

  #close(source: string): void {
    if (this.#inside !== null && this.#inside !== source) return
    this.#inside = null
    if (source === 'title') this.#title = false
    const name = writtenName(source)
    if (name === 'style') this.#parts.push(sheetOf(this.#sheet.splice(0).join('')))
    // `</br>` is a line break to browsers, as it is to us.
    if (name === 'br') this.#parts.push('<br>')
    else if (name !== null && !empty.has(name) && name !== 'html' && name !== 'body') this.#parts.push(`</${name}>`)
  }

  oncomment(): void {}
  ondeclaration(): void {}
  onprocessinginstruction(): void {}
  onattribend(): void {}
  onend(): void {}
}

function writtenName(name: string): string | null {
  return kept.has(name) ? name : (substitutes.get(name) ?? null)
}

/** With a space in front; empty when it is not written. */
function attributeOf(element: string, name: string, value: string): string {
  if (!attributesOfAll.has(name) && attributesOf[element]?.has(name) !== true) return ''
  const safe = name === 'href' ? linkOf(value) : name === 'src' ? pictureOf(value) : value
  return safe === null ? '' : ` ${name}="${escapeHtml(withoutControls(safe)).replaceAll('"', '&quot;')}"`
}

/** Goes where it says, and only when the person follows it. */
function linkOf(value: string): string | null {
  const url = URL.canParse(value) ? new URL(value) : null
  return url !== null && linkSchemes.has(url.protocol) ? url.href : null
}

function pictureOf(value: string): string | null {
  return picture.test(value.trim()) ? value.trim() : null
}

/** In style sheets `<` is written as CSS escapes it, so that no parser sees the end of one before it ends. */
function sheetOf(css: string): string {
  return withoutControls(css).replaceAll('<', '\\3c ')
}

/** Line breaks and tabs stay. */
function withoutControls(text: string): string {
  return text.replace(/[^\P{Cc}\n\r\t\f]/gu, '\ufffd').toWellFormed()
}
