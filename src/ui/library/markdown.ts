// A plaintext export for people to read: one Markdown document, with a heading for each text. What is written in the texts
// stays Markdown; only what would make headings beside ours, or swallow the texts that follow, is escaped.

import type { PlainEntry } from '../../messages/library.ts'
import { titleOf } from '../composer/drafts.ts'
import { longDate } from './words.ts'

export function markdownHead(at: Date): string {
  return `# Texts from Fieldseal\n\nExported on ${longDate(at.getTime())}. This file is not sealed: whoever has it can read it.\n`
}

export function markdownText({ text, origin, url, createdAt, changedAt }: PlainEntry): string {
  const about = [
    origin === null ? null : (url ?? origin),
    `written ${longDate(createdAt)}`,
    changedAt > createdAt ? `changed ${longDate(changedAt)}` : null,
  ].filter((part) => part !== null)
  const lines = about.map((part, at) =>
    at === 0 && origin !== null ? `<${part.replaceAll(/[<>\s]/g, encodeURIComponent)}>` : part,
  )
  return `\n## ${escapedLine(titleOf(text) || 'Untitled')}\n\n${lines.join(' · ')}\n\n${escapedText(text)}\n`
}

function escapedLine(line: string): string {
  return line.replaceAll(/[\\`*_[\]<>#&]/g, (letter) => `\\${letter}`)
}

/** Headings (`# …`, and lines of `=` or `-` under a text) get a backslash; a code block or comment left open is closed. */
export function escapedText(text: string): string {
  let fence: string | null = null
  const lines = text.split(/\r\n?|\n/).map((line) => {
    const opens = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1]
    if (fence !== null) {
      const closes =
        opens !== undefined && opens[0] === fence[0] && opens.length >= fence.length && /^\s*[`~]+\s*$/.test(line)
      if (closes) fence = null
      return line
    }
    if (opens !== undefined && !(opens.startsWith('`') && line.trimStart().slice(opens.length).includes('`'))) {
      fence = opens
      return line
    }
    return line
      .replace(/^( {0,3})(?=#{1,6}(\s|$))/, '$1\\')
      .replace(/^( {0,3})(?=(=+|-+)[ \t]*$)/, '$1\\')
      .replaceAll('<!--', '\\<!--')
  })
  return fence === null ? lines.join('\n') : `${lines.join('\n')}\n${fence}`
}
