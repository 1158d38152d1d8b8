// What a mail says to a reader: its head, its text, and attached texts. postal-mime decodes transfer encodings, character sets and
// format=flowed. Of a text in several forms, one is used.

import PostalMime, { type Address, type Attachment, type Email } from 'postal-mime'
import { findSealed } from '../../crypto/armor.ts'
import { decodeText } from './decoding.ts'
import { pageRun } from './html.ts'
import { escapeHtml } from './inert.ts'
import { plainRun, type TextRun } from './runs.ts'

const maxMailDepth = 8
const htmlTypes = new Set(['text/html', 'application/xhtml+xml'])

export interface MailPart {
  /** The name of the attachment; null for the mail itself. */
  readonly attached: string | null
  readonly run: TextRun
}

/** The line before each mail of a mailbox (RFC 4155): after an empty line, or at the beginning. */
const mailboxLine = /(?<=^|\n\r?\n)From [^\r\n]*\r?\n/g

/** Splits a mailbox into its mails; a single mail gives one. */
export function splitMails(bytes: Uint8Array): Uint8Array[] {
  // One character per byte, so that offsets in the text are offsets in the bytes.
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
  if (!text.startsWith('From ')) return [bytes]
  const lines = [...text.matchAll(mailboxLine)]
  return lines.map((line, index) => bytes.subarray(line.index + line[0].length, lines[index + 1]?.index))
}

/** The texts of a mail and its attachments. Throws for nesting deeper than any real mail. */
export async function readMailParts(bytes: Uint8Array, depth = 0): Promise<MailPart[]> {
  const mail = await PostalMime.parse(bytes)
  const parts: MailPart[] = [{ attached: null, run: fullest(mail) }]
  for (const attachment of mail.attachments) {
    const attached = attachment.filename ?? attachment.mimeType
    const content = bytesOf(attachment)
    if (attachment.mimeType === 'message/rfc822' && depth < maxMailDepth) {
      for (const part of await readMailParts(content, depth + 1))
        parts.push({ ...part, attached: part.attached ?? attached })
    } else if (htmlTypes.has(attachment.mimeType)) parts.push({ attached, run: pageRun(decodeText(content)) })
    else if (attachment.mimeType.startsWith('text/')) parts.push({ attached, run: plainRun(decodeText(content)) })
  }
  return parts
}

/** The form with the most undamaged sealed texts, because mailers may break either; plain text if they are equal. */
function fullest(mail: Email): TextRun {
  const head = headOf(mail)
  const plain = plainRun(`${head.join('\n')}\n\n${mail.text ?? ''}`)
  if (mail.html === undefined) return plain
  const html = pageRun(`<p>${head.map(escapeHtml).join('<br>\n')}</p>\n${mail.html}`)
  return mail.text === undefined || wholeIn(html) > wholeIn(plain) ? html : plain
}

function wholeIn({ text }: TextRun): number {
  return new Set(findSealed(text).flatMap(({ sealed, fault }) => (fault === null ? [sealed] : []))).size
}

function headOf({ from, to, date, subject }: Email): string[] {
  const lines = [
    ['From', from && formatAddress(from)],
    ['To', to?.map(formatAddress).join(', ')],
    ['Date', date],
    ['Subject', subject],
  ] as const
  return lines.flatMap(([name, value]) => (value === undefined ? [] : [`${name}: ${value}`]))
}

function formatAddress(address: Address): string {
  if (address.group !== undefined) return `${address.name}: ${address.group.map(formatAddress).join(', ')};`
  return address.name === '' ? address.address : `${address.name} <${address.address}>`
}

function bytesOf({ content }: Attachment): Uint8Array {
  if (typeof content === 'string') return new TextEncoder().encode(content)
  return content instanceof Uint8Array ? content : new Uint8Array(content)
}
