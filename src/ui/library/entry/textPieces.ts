// Splits a long text into pieces, of which a browser lays out only the visible ones. Cuts where lines end, else between words, and
// never within a character.

/** A longer text is not shown whole at once. In UTF-16 units. */
export const maxShownChars = 20_000
const pieceChars = 6_000

export function splitText(text: string, maxChars = pieceChars): readonly string[] {
  const pieces: string[] = []
  for (let start = 0; start < text.length; ) {
    const end = findCut(text, start, maxChars)
    pieces.push(text.slice(start, end))
    start = end
  }
  return pieces
}

/** The beginning of a text that is too long to be shown at once. */
export function takeBeginning(text: string): string {
  return text.slice(0, findCut(text, 0, maxShownChars))
}

function findCut(text: string, from: number, maxChars: number): number {
  if (text.length - from <= maxChars) return text.length
  const line = text.lastIndexOf('\n', from + maxChars - 1)
  if (line >= from + maxChars / 2) return line + 1
  const space = text.lastIndexOf(' ', from + maxChars - 1)
  if (space >= from + maxChars / 2) return space + 1
  const end = from + maxChars
  // Never between the halves of a surrogate pair.
  return /[\uD800-\uDBFF]/.test(text.charAt(end - 1)) ? end - 1 || end + 1 : end
}

/** The piece without the line break at its end: the next piece begins on a line of its own anyway. */
export function removeLastBreak(piece: string): string {
  return piece.endsWith('\n') ? piece.slice(0, -1) : piece
}
