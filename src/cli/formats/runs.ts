// Text to search for sealed texts, with its way back to the source, so that opened texts can be put in place. The text of a plain file
// is one span; html.ts makes those of HTML.

/** A part of a run's text, and its origin in the source. */
export interface RunSpan {
  /** Offset in the run's text, in UTF-16 units. */
  readonly offset: number
  readonly length: number
  /** Offsets in the source. */
  readonly from: number
  readonly to: number
  /** Whether its characters are those of the source, so that a part of it can be cut out. */
  readonly literal: boolean
  /** Writes an opened text in the syntax of the source. */
  readonly write: (opened: string) => string
}

export interface TextRun {
  /** Whether the source is HTML; otherwise it is text. */
  readonly markup: boolean
  readonly source: string
  readonly text: string
  /** In order, in the text as in the source. */
  readonly pieces: readonly RunSpan[]
}

/** An opened text for a part of a run's text. */
export interface Replacement {
  readonly start: number
  readonly end: number
  readonly opened: string
}

export function plainRun(source: string): TextRun {
  const piece = { offset: 0, length: source.length, from: 0, to: source.length, literal: true, write: identity }
  return { markup: false, source, text: source, pieces: [piece] }
}

/** Replaces parts of the run's text in the source. They are in order and do not overlap. */
export function replaceIn(
  { source, pieces }: Pick<TextRun, 'source' | 'pieces'>,
  replacements: readonly Replacement[],
): string {
  const written: string[] = []
  let done = 0
  let next = 0
  for (const { start, end, opened } of replacements) {
    let first = true
    for (; next < pieces.length; next++) {
      const piece = pieces[next]
      if (piece === undefined || piece.offset >= end) break
      if (piece.offset + piece.length <= start) continue
      const [from, to] = coveredRange(piece, start, end)
      written.push(source.slice(done, from))
      if (first) written.push(piece.write(opened))
      first = false
      done = to
      if (piece.offset + piece.length > end) break
    }
  }
  written.push(source.slice(done))
  return written.join('')
}

/** The part of the source that a span covers between two offsets of the text. */
function coveredRange(
  { offset, length, from, to, literal }: RunSpan,
  start: number,
  end: number,
): readonly [number, number] {
  if (!literal) return [from, to]
  return [from + Math.max(start - offset, 0), to - Math.max(offset + length - end, 0)]
}

function identity(opened: string): string {
  return opened
}
