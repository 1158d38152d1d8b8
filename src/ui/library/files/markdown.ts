// A plaintext export for people to read: one Markdown document, with a heading for each text. The texts stay Markdown; this escapes
// only what would make headings beside ours, or swallow the texts that follow.

import type { PlainEntry } from '../../../messages/vault/library.ts'
import { titleOf } from '../../../text.ts'
import { words } from '../../../words.ts'
import { formatLongTime } from '../../app/format.ts'

export function markdownHead(exportedAt: Date): string {
  const about = words('libraryFiles.markdown.about', { date: formatLongTime(exportedAt) })
  return `# ${words('libraryFiles.markdown.heading')}\n\n${about}\n`
}

export function markdownText({ text, origin, url, createdAt, changedAt }: PlainEntry): string {
  const about = [
    origin === null ? null : (url ?? origin),
    words('libraryFiles.markdown.written', { date: formatLongTime(createdAt) }),
    changedAt > createdAt ? words('libraryFiles.markdown.changed', { date: formatLongTime(changedAt) }) : null,
  ].filter((line) => line !== null)
  const lines = about.map((line, index) =>
    index === 0 && origin !== null ? `<${line.replaceAll(/[<>\s]/g, encodeURIComponent)}>` : line,
  )
  return `\n## ${escapeLine(titleOf(text) || words('library.untitled'))}\n\n${lines.join(' · ')}\n\n${escapeText(text)}\n`
}

function escapeLine(line: string): string {
  return line.replaceAll(/[\\`*_[\]<>#&]/g, (letter) => `\\${letter}`)
}

/** Puts a backslash before headings (`# …`, and lines of `=` or `-` under a text) and closes a code block or comment left open. */
export function escapeText(text: string): string {
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
