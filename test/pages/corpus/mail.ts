// Mail: composed and encoded by nodemailer, read back by mailparser, and wrapped and quoted on the way as mailers do it.
// No package wraps and quotes as old mailers did: those few lines are written here.

import he from 'he'
import { type ParsedMail, simpleParser } from 'mailparser'
import { createTransport } from 'nodemailer'
import type { Transform } from './transforms.ts'

type Encoding = 'quoted-printable' | 'base64'

const composer = createTransport({ streamTransport: true, buffer: true, newline: 'windows' })

async function sent(text: string, textEncoding?: Encoding): Promise<ParsedMail> {
  const addresses = { from: 'ann@example.org', to: 'bob@example.org', subject: 'A letter' }
  const html = `<html><body><div dir="ltr">${he.escape(text).replaceAll('\n', '<br>')}</div></body></html>`
  const { message } = await composer.sendMail({ ...addresses, text, html, ...(textEncoding ? { textEncoding } : {}) })
  return simpleParser(message as Buffer)
}

/** A message as it stands on the wire, with a body that is taken as it is. */
function parsed(body: string, type: string): Promise<ParsedMail> {
  const head = `From: ann@example.org\r\nTo: bob@example.org\r\nSubject: A letter\r\nMIME-Version: 1.0\r\nContent-Type: ${type}\r\n`
  return simpleParser(`${head}\r\n${body.replaceAll(/\r?\n/g, '\r\n')}`)
}

/** Lines of so many columns at most, and words longer than that cut. */
function wrap(text: string, columns: number): string {
  const lines: string[] = []
  for (const paragraph of text.split('\n')) {
    let line = ''
    for (let word of paragraph.split(' ')) {
      if (line !== '' && line.length + 1 + word.length > columns && word.length <= columns) {
        lines.push(line)
        line = ''
      }
      if (line !== '') word = `${line} ${word}`
      while (word.length > columns) {
        lines.push(word.slice(0, columns))
        word = word.slice(columns)
      }
      line = word
    }
    lines.push(line)
  }
  return lines.join('\n')
}

const quote = (text: string): string => text.replaceAll(/^/gm, '> ')
const shown = (text: string | undefined): string => `<pre>${he.escape(text ?? '')}</pre>`

/** RFC 3676: a line that ends in a space goes on in the next. */
const flow = (text: string): string => wrap(text, 71).replaceAll(/([^\n])\n(?=[^\n])/g, '$1 \n')

export const mail: readonly Transform[] = [
  ...[72, 75, 78].map(
    (columns): Transform => ({
      name: `wrapped at ${columns}, quoted three deep`,
      kind: 'opens',
      html: (source) => shown(quote(quote(quote(wrap(source, columns))))),
    }),
  ),
  {
    name: 'wrapped and quoted by each of three mailers',
    kind: 'opens',
    html: (source) => shown(quote(wrap(quote(wrap(quote(wrap(source, 72)), 76)), 78))),
  },
  {
    name: 'quoted three deep as nested blockquotes',
    kind: 'opens',
    html: (source) =>
      `${'<blockquote type="cite">'.repeat(3)}${he.escape(wrap(source, 72)).replaceAll('\n', '<br>\r\n')}${'</blockquote>'.repeat(3)}`,
  },
  { name: 'nodemailer, mailparser: text', kind: 'opens', html: async (source) => shown((await sent(source)).text) },
  {
    name: 'nodemailer, mailparser: text as HTML',
    kind: 'opens',
    html: async (source) => (await sent(source)).textAsHtml ?? '',
  },
  {
    name: 'quoted-printable mail',
    kind: 'opens',
    html: async (source) => shown((await sent(source, 'quoted-printable')).text),
  },
  {
    name: 'quoted-printable mail: HTML',
    kind: 'opens',
    html: async (source) => String((await sent(source, 'quoted-printable')).html),
  },
  { name: 'base64 mail', kind: 'opens', html: async (source) => shown((await sent(source, 'base64')).text) },
  {
    name: 'format=flowed, joined by mailparser',
    kind: 'opens',
    html: async (source) => shown((await parsed(flow(source), 'text/plain; charset=utf-8; format=flowed')).text),
  },
  {
    name: 'format=flowed, shown as it is',
    kind: 'opens',
    html: async (source) => shown((await parsed(flow(source), 'text/plain; charset=utf-8')).text),
  },
  {
    name: 'format=flowed, quoted twice',
    kind: 'opens',
    html: async (source) =>
      shown((await parsed(quote(quote(flow(source))), 'text/plain; charset=utf-8; format=flowed; delsp=yes')).text),
  },
]
