// Bytes of unknown origin as text. Sealed texts are letters and digits, which every one of these encodings has in common.

/**
 * UTF-16 with a byte order mark, else UTF-8, else Windows-1252, which no bytes fail to be. A byte order mark is left out.
 */
export function textOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}

export const kinds = ['text', 'html', 'mail'] as const
export type Kind = (typeof kinds)[number]

const endings: Readonly<Record<string, Kind>> = {
  eml: 'mail',
  mbox: 'mail',
  mht: 'mail', // a saved page, packed as mails are
  mhtml: 'mail',
  htm: 'html',
  html: 'html',
  xht: 'html',
  xhtml: 'html',
  svg: 'html',
  xml: 'html',
}
/** What is markup to a browser that is shown it, whatever it is named: pages, drawings, XML, and what could act. */
const tag = new RegExp(
  [
    String.raw`<(?:!doctype|\?xml)\b`,
    `<(?:${[
      'a html head body title meta base link style script noscript template div p br hr span table tr td pre blockquote ul ol li',
      'b i em strong h1 h2 h3 h4 h5 h6 img picture video audio source svg math iframe frame frameset object embed form input',
      'button textarea select details marquee xmp plaintext font center',
    ]
      .join(' ')
      .replaceAll(' ', '|')})(?:[\\s/][^<>]*)?>`,
    // Any other element, by what could act in it.
    String.raw`<[a-z][^<>]*[\s/"'](?:on[a-z]+|href|src|style|xmlns(?::[a-z]+)?)\s*=`,
  ].join('|'),
  'i',
)
const lookedAtBytes = 1024 * 1024
const mailHeads = new Set(
  'content-type date delivered-to from message-id mime-version received reply-to return-path subject to'.split(' '),
)

/** By its name, else by what is in it. */
export function kindOf(name: string | null, bytes: Uint8Array): Kind {
  const ending = /\.([a-z]+)$/i.exec(name ?? '')?.[1]?.toLowerCase() ?? ''
  if (Object.hasOwn(endings, ending)) return endings[ending] ?? 'text'
  const text = textOf(bytes.subarray(0, lookedAtBytes))
  if (beginsLikeMail(text)) return 'mail'
  return tag.test(text) ? 'html' : 'text'
}

/** Lines of a head, at least two of which every mail has, up to an empty one. A mailbox has a line of its own before. */
function beginsLikeMail(text: string): boolean {
  let known = 0
  for (const [at, line] of text.split(/\r?\n/).entries()) {
    if (line === '') return known >= 2
    if (at === 0 && line.startsWith('From ')) continue
    const [, name] = /^([!-9;-~]+):/.exec(line) ?? []
    if (name !== undefined) known += mailHeads.has(name.toLowerCase()) ? 1 : 0
    else if (!/^[ \t]/.test(line)) return false
  }
  return false
}
