// Looks through what was built for what must not be in it: ways to the network, code made from strings, markup made from
// strings, and addresses of elsewhere. Scripts are parsed, so that comments and licences do not count.

import { parseSync } from 'vite'

/** Names that no built script may use, as a global, a member of anything, or the string that names a member. */
const forbidden = new Set([
  'fetch',
  'fetchLater',
  'XMLHttpRequest',
  'WebSocket',
  'WebSocketStream',
  'WebTransport',
  'EventSource',
  'RTCPeerConnection',
  'sendBeacon',
  'eval',
  'importScripts',
  'innerHTML',
  'outerHTML',
  'insertAdjacentHTML',
  'setHTMLUnsafe',
  'createContextualFragment',
])

/** XML namespaces look like addresses and are names. */
const namespace =
  /http:\/\/www\.w3\.org\/(1999\/xhtml|2000\/svg|1998\/Math\/MathML|1999\/xlink|2000\/xmlns|XML\/1998\/namespace)\/?/g
/** An address with a host in it. Match patterns (`https://*…`) and a bare `https://` lead nowhere. */
const remote = /(?:https?|wss?|ftp):\/\/[\w[]|^\/\/[\w-]+\.\w/i

const isRemote = (text: string) => remote.test(text.replaceAll(namespace, ''))

interface Node {
  readonly type: string
  readonly [field: string]: unknown
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string'

const nameOf = (value: unknown) => (isNode(value) && typeof value.name === 'string' ? value.name : '')

/** What is wrong with a script, one finding a line. */
export function inspectScript(code: string): string[] {
  const { program, errors } = parseSync('built.js', code)
  const found = errors.map((error) => `does not parse: ${error.message}`)
  look(program as unknown as Node, found)
  return found
}

function look(node: Node, found: string[]): void {
  const { type } = node
  if ((type === 'Identifier' || type === 'PrivateIdentifier') && forbidden.has(nameOf(node))) found.push(nameOf(node))
  if (type === 'Literal' && typeof node.value === 'string') lookAtText(node.value, found)
  if (type === 'TemplateElement') lookAtText((node.value as { cooked?: string }).cooked ?? '', found)
  if ((type === 'CallExpression' || type === 'NewExpression') && nameOf(node.callee) === 'Function') {
    found.push('Function constructor')
  }
  if (type === 'MemberExpression' && nameOf(node.object) === 'document' && /^write(ln)?$/.test(nameOf(node.property))) {
    found.push('document.write')
  }
  for (const [field, value] of Object.entries(node)) {
    for (const child of Array.isArray(value) ? value : [value]) {
      if (!isNode(child)) continue
      // The name that an object literal gives to its own property calls nothing.
      if (type === 'ObjectExpression' && child.type === 'Property' && child.computed !== true) {
        if (isNode(child.value)) look(child.value, found)
      } else if (field !== 'parent') look(child, found)
    }
  }
}

function lookAtText(text: string, found: string[]): void {
  if (forbidden.has(text)) found.push(`'${text}'`)
  if (isRemote(text)) found.push(`remote address ${text.slice(0, 100)}`)
}

/** What is wrong with a page: anything inline, and anything from elsewhere. */
export function inspectPage(html: string): string[] {
  const found: string[] = []
  const visible = html.replaceAll(/<!--.*?-->/gs, '')
  for (const [, attributes = '', content = ''] of visible.matchAll(/<script\b([^>]*)>(.*?)<\/script>/gis)) {
    if (!/\bsrc=/i.test(attributes) || content.trim() !== '') found.push('inline script')
  }
  if (/<style\b/i.test(visible)) found.push('inline style')
  for (const [tag] of visible.matchAll(/<[a-z][^>]*>/gi)) {
    if (/\sstyle\s*=/i.test(tag)) found.push('style attribute')
    if (/\son[a-z]+\s*=/i.test(tag)) found.push('event attribute')
    if (/javascript:/i.test(tag)) found.push('javascript: address')
    if (/<(base|object|embed|meta\s+http-equiv)\b/i.test(tag)) found.push(tag)
    for (const [, value = ''] of tag.matchAll(/=\s*["']?([^"'\s>]+)/g)) {
      if (isRemote(value)) found.push(`remote address ${value}`)
    }
  }
  return found
}

/** What is wrong with a style sheet: anything from elsewhere. */
export function inspectSheet(css: string): string[] {
  const rules = css.replaceAll(/\/\*.*?\*\//gs, '')
  return [...(isRemote(rules) ? ['remote address'] : []), ...(/@import\b/i.test(rules) ? ['@import'] : [])]
}
