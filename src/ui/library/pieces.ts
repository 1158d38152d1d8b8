// A long text in pieces that a browser lays out one by one, only those that are seen. Cut where lines end, else between words,
// and never within a character.

/** Letters up to which a text is shown whole at once. */
export const shownAtOnce = 20_000
const pieceChars = 6_000

export function piecesOf(text: string, atMost = pieceChars): readonly string[] {
  const pieces: string[] = []
  for (let at = 0; at < text.length; ) {
    const end = cutAfter(text, at, atMost)
    pieces.push(text.slice(at, end))
    at = end
  }
  return pieces
}

/** Where the beginning of a text that is too long to be shown at once ends. */
export function beginningOf(text: string): string {
  return text.slice(0, cutAfter(text, 0, shownAtOnce))
}

function cutAfter(text: string, from: number, atMost: number): number {
  if (text.length - from <= atMost) return text.length
  const line = text.lastIndexOf('\n', from + atMost - 1)
  if (line >= from + atMost / 2) return line + 1
  const space = text.lastIndexOf(' ', from + atMost - 1)
  if (space >= from + atMost / 2) return space + 1
  const end = from + atMost
  // Between the halves of a character is no place to cut.
  return /[\uD800-\uDBFF]/.test(text.charAt(end - 1)) ? end - 1 || end + 1 : end
}

/** The same without the line break at its end, where the next piece begins a line of its own anyway. */
export function withoutLastBreak(piece: string): string {
  return piece.endsWith('\n') ? piece.slice(0, -1) : piece
}
