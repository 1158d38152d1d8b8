// Decodes bytes of unknown origin. Sealed texts are letters and digits, which all these encodings have in common.

/**
 * UTF-16 with a byte order mark, else UTF-8, else Windows-1252, which accepts any bytes. Drops a byte order mark.
 */
export function decodeText(bytes: Uint8Array): string {
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
  mht: 'mail', // a saved page, packed like a mail
  mhtml: 'mail',
  htm: 'html',
  html: 'html',
  xht: 'html',
  xhtml: 'html',
  svg: 'html',
  xml: 'html',
}
/** Anything that a browser would treat as markup, whatever its name: pages, drawings, XML, and elements that could act. */
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
    // Any other element with an attribute that could act.
    String.raw`<[a-z][^<>]*[\s/"'](?:on[a-z]+|href|src|style|xmlns(?::[a-z]+)?)\s*=`,
  ].join('|'),
  'i',
)
const inspectedBytes = 1024 * 1024
const mailHeads = new Set(
  'content-type date delivered-to from message-id mime-version received reply-to return-path subject to'.split(' '),
)

/** The kind of a file, by its name, else by its contents. */
export function kindOf(name: string | null, bytes: Uint8Array): Kind {
  const ending = /\.([a-z]+)$/i.exec(name ?? '')?.[1]?.toLowerCase() ?? ''
  if (Object.hasOwn(endings, ending)) return endings[ending] ?? 'text'
  const text = decodeText(bytes.subarray(0, inspectedBytes))
  if (beginsLikeMail(text)) return 'mail'
  return tag.test(text) ? 'html' : 'text'
}

/** Whether a text begins with the head of a mail: two or more known fields before an empty line. A mailbox has one line before. */
function beginsLikeMail(text: string): boolean {
  let known = 0
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line === '') return known >= 2
    if (index === 0 && line.startsWith('From ')) continue
    const [, name] = /^([!-9;-~]+):/.exec(line) ?? []
    if (name !== undefined) known += mailHeads.has(name.toLowerCase()) ? 1 : 0
    else if (!/^[ \t]/.test(line)) return false
  }
  return false
}
