// What a mail says as it would be read: its head, its text, and texts that are attached to it. postal-mime reads transfer
// encodings, character sets and format=flowed. Of a text that a mail has in several forms, one is taken.

import PostalMime, { type Address, type Attachment, type Email } from 'postal-mime'
import { findSealed } from '../../crypto/armor.ts'
import { textOf } from './decoding.ts'
import { pageRun } from './html.ts'
import { escapeHtml } from './inert.ts'
import { plainRun, type TextRun } from './runs.ts'

const mailsInMailsAtMost = 8
const htmlTypes = new Set(['text/html', 'application/xhtml+xml'])

export interface MailPart {
  /** The name of what is attached; null for the mail itself. */
  readonly attached: string | null
  readonly run: TextRun
}

/** Where a mail of a mailbox begins (RFC 4155): behind an empty line, or at the very beginning. */
const mailboxLine = /(?<=^|\n\r?\n)From [^\r\n]*\r?\n/g

/** The mails of a mailbox; a mail by itself is one of one. */
export function mailsIn(bytes: Uint8Array): Uint8Array[] {
  // One character for each byte: offsets in the text are offsets in the bytes.
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
  if (!text.startsWith('From ')) return [bytes]
  const lines = [...text.matchAll(mailboxLine)]
  return lines.map((line, at) => bytes.subarray(line.index + line[0].length, lines[at + 1]?.index))
}

/** Throws for what is nested deeper than any mail is. */
export async function mailParts(bytes: Uint8Array, depth = 0): Promise<MailPart[]> {
  const mail = await PostalMime.parse(bytes)
  const parts: MailPart[] = [{ attached: null, run: fullest(mail) }]
  for (const attachment of mail.attachments) {
    const attached = attachment.filename ?? attachment.mimeType
    const its = bytesOf(attachment)
    if (attachment.mimeType === 'message/rfc822' && depth < mailsInMailsAtMost) {
      for (const part of await mailParts(its, depth + 1)) parts.push({ ...part, attached: part.attached ?? attached })
    } else if (htmlTypes.has(attachment.mimeType)) parts.push({ attached, run: pageRun(textOf(its)) })
    else if (attachment.mimeType.startsWith('text/')) parts.push({ attached, run: plainRun(textOf(its)) })
  }
  return parts
}

/** The form with the most sealed texts that are whole: mailers mend one and break another. The plain one where they are even. */
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
    ['From', from && written(from)],
    ['To', to?.map(written).join(', ')],
    ['Date', date],
    ['Subject', subject],
  ] as const
  return lines.flatMap(([name, value]) => (value === undefined ? [] : [`${name}: ${value}`]))
}

function written(address: Address): string {
  if (address.group !== undefined) return `${address.name}: ${address.group.map(written).join(', ')};`
  return address.name === '' ? address.address : `${address.name} <${address.address}>`
}

function bytesOf({ content }: Attachment): Uint8Array {
  if (typeof content === 'string') return new TextEncoder().encode(content)
  return content instanceof Uint8Array ? content : new Uint8Array(content)
}
