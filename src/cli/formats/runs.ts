// Text to look for sealed texts in, with the way back to where it came from, so that opened texts can be put in their
// place. The text of a plain file is one piece; that of HTML is in html.ts.

/** A part of a run's text, and what it is made of in the source. */
export interface RunSpan {
  /** Offset in the run's text, in UTF-16 units. */
  readonly at: number
  readonly length: number
  /** Offsets in the source. */
  readonly from: number
  readonly to: number
  /** Whether each character of it is one of the source: part of it can be cut out then. */
  readonly literal: boolean
  /** How an opened text is written here. */
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
  const piece = { at: 0, length: source.length, from: 0, to: source.length, literal: true, write: asItIs }
  return { markup: false, source, text: source, pieces: [piece] }
}

/** The source with these parts of the run's text replaced. They are in order and do not overlap. */
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
      if (piece === undefined || piece.at >= end) break
      if (piece.at + piece.length <= start) continue
      const [from, to] = covered(piece, start, end)
      written.push(source.slice(done, from))
      if (first) written.push(piece.write(opened))
      first = false
      done = to
      if (piece.at + piece.length > end) break
    }
  }
  written.push(source.slice(done))
  return written.join('')
}

/** What part of the source a piece has between two offsets of the text. */
function covered({ at, length, from, to, literal }: RunSpan, start: number, end: number): readonly [number, number] {
  if (!literal) return [from, to]
  return [from + Math.max(start - at, 0), to - Math.max(at + length - end, 0)]
}

function asItIs(opened: string): string {
  return opened
}
