// Makes a page that others wrote inert, so that opened texts can be put into it. Passes nothing of the source through: it writes the
// tokens again from lists of harmless elements and attributes, in a grammar that every parser reads the same way: tags with quoted
// attributes, escaped text, and style sheets without a `<`. So a disagreement between our parser and a browser's about the source
// does not matter. The policy in front forbids whatever style sheets might load.

import { Tokenizer } from 'htmlparser2'

const words = (list: string) => new Set(list.split(' '))

/** Permitted elements. None loads, runs, sends or embeds anything by itself. */
const permitted = words(
  'a abbr address article aside b bdi bdo big blockquote body br caption center cite code col colgroup dd del details dfn ' +
    'dir div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hgroup hr html i img ins kbd li main mark ' +
    'menu nav ol p pre q rp rt ruby s samp search section small span strike strong style sub summary sup table tbody td ' +
    'tfoot th thead time title tr tt u ul var wbr',
)
/** Replaced by another element, so that blocks stay on lines of their own. Of other elements only the text stays. */
const substitutes = new Map([
  ...['listing', 'textarea', 'xmp'].map((name) => [name, 'pre'] as const),
  ...'button dialog fieldset form head iframe legend noscript object optgroup option select template'
    .split(' ')
    .map((name) => [name, 'div'] as const),
])
/** Elements without an end tag. */
const empty = words('br col hr img wbr')
/** Elements whose contents are left out. */
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

/** Pictures inside the page itself. As the source of an `img`, an SVG runs and loads nothing. */
const picture = /^data:image\/(?:avif|bmp|gif|jpe?g|png|svg\+xml|webp)[;,]/i
const linkSchemes = new Set(['http:', 'https:', 'mailto:'])

const policy =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; base-uri 'none'; form-action 'none'"
/** All ASCII, and before anything that others wrote, so that encoding and policy apply to all of that. */
const head = `<!doctype html>
<html><head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta http-equiv="x-dns-prefetch-control" content="off">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width">
</head><body>
`

/** A complete page of parts, each from `inertHtml` or `escapeHtml`. */
export function inertPage(parts: readonly string[]): string {
  return `${head}${parts.join('\n<hr>\n')}\n</body></html>\n`
}

/** Escapes text for HTML; leaves line breaks as they are. */
export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

/** Markup that reads like the source but is inert, for `inertPage`. Takes linear time. */
export function inertHtml(source: string): string {
  const writer = new Writer(source)
  const tokenizer = new Tokenizer({ decodeEntities: true }, writer)
  tokenizer.write(source)
  tokenizer.end()
  return writer.write()
}

/** Receives the tokens in order, as offsets in the source. */
class Writer {
  readonly #source: string
  readonly #parts: string[] = []
  /** The current tag. */
  #name = ''
  #attributes = new Map<string, string>()
  #attribute = ''
  /** The open element whose contents are not text: a style sheet or a script. */
  #inside: string | null = null
  #sheet: string[] = []
  /** Whether a title is open, inside which browsers ignore tags. */
  #title = false

  constructor(source: string) {
    this.#source = source
  }

  write(): string {
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
    // Browsers read `</br>` as a line break.
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
  return permitted.has(name) ? name : (substitutes.get(name) ?? null)
}

/** The attribute with a space in front; empty if it is not permitted. */
function attributeOf(element: string, name: string, value: string): string {
  if (!attributesOfAll.has(name) && attributesOf[element]?.has(name) !== true) return ''
  const safe = name === 'href' ? linkOf(value) : name === 'src' ? pictureOf(value) : value
  return safe === null ? '' : ` ${name}="${escapeHtml(withoutControls(safe)).replaceAll('"', '&quot;')}"`
}

/** A link that leads where it says, once the person follows it. */
function linkOf(value: string): string | null {
  const url = URL.canParse(value) ? new URL(value) : null
  return url !== null && linkSchemes.has(url.protocol) ? url.href : null
}

function pictureOf(value: string): string | null {
  return picture.test(value.trim()) ? value.trim() : null
}

/** A style sheet with each `<` as a CSS escape, so that no parser sees an end tag inside. */
function sheetOf(css: string): string {
  return withoutControls(css).replaceAll('<', '\\3c ')
}

/** Removes control characters, except line breaks and tabs. */
function withoutControls(text: string): string {
  return text.replace(/[^\P{Cc}\n\r\t\f]/gu, '\ufffd').toWellFormed()
}
