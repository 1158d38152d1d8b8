// Reads the text of an editable element as a person does, with a line for each paragraph or line break, and maps each character back to the
// DOM. It reads only the DOM; only the editor knows whether that is the whole document.

/** Part of one text node. `from` is its offset in the node, `offset` its offset in the text; both in UTF-16 units. */
interface Piece {
  readonly node: Text
  readonly from: number
  readonly offset: number
  readonly length: number
}

export interface Lines {
  readonly text: string
  readonly pieces: readonly Piece[]
}

/** Characters that editors insert into empty places to hold the caret. */
const fillers = /^[\u200b\u2060\ufeff]*$/
const visibleRuns = /[^\ufeff]+/g
const folds = /[\n\t]/

/** Removes white space, which each editor represents differently. */
export const squeeze = (text: string): string => text.replaceAll(/[\s\u200b\u2060\ufeff]+/g, '')
export const isSameText = (a: string, b: string): boolean => squeeze(a) === squeeze(b)

/** The text of `root`, or of the part of it in `range`. */
export function readLines(root: HTMLElement, range: Range | null = null): Lines {
  const pieces: Piece[] = []
  let text = ''
  /** The current line has content, if only a break that keeps it open. */
  let hasContent = false
  /** A line break was read. It counts only if more follows in its block: at the end of a block it makes no line. */
  let broken = false

  const endLine = () => {
    if (hasContent) text += '\n'
    hasContent = broken = false
  }
  const addText = (node: Text) => {
    const from = range !== null && node === range.startContainer ? range.startOffset : 0
    const to = range !== null && node === range.endContainer ? range.endOffset : node.data.length
    const data = node.data.slice(from, to)
    if (data === '' || fillers.test(data)) return
    const folded = folds.test(data) && !keepsLines(node)
    if (folded && data.trim() === '') return
    for (const run of data.matchAll(visibleRuns)) {
      if (broken) text += '\n'
      broken = false
      hasContent = true
      pieces.push({ node, from: from + run.index, offset: text.length, length: run[0].length })
      // Each character becomes exactly one, so that offsets stay valid.
      text += (folded ? run[0].replaceAll(/[\n\t]/g, ' ') : run[0]).replaceAll('\u00a0', ' ')
    }
  }
  const walk = (parent: Node) => {
    for (let child = parent.firstChild; child !== null; child = child.nextSibling) {
      if (range !== null && !range.intersectsNode(child)) continue
      if (child instanceof Text) addText(child)
      else if (child instanceof HTMLBRElement) {
        if (broken) text += '\n'
        broken = hasContent = true
      } else if (child instanceof HTMLElement) walkInto(child)
    }
  }
  const walkInto = (element: HTMLElement) => {
    const { display, userSelect } = getComputedStyle(element)
    // A placeholder inside the editor is not the person's text.
    if (display === 'none' || (userSelect === 'none' && element.contentEditable === 'false')) return
    const block = !/^(inline|contents|ruby)/.test(display)
    if (block) endLine()
    walk(element)
    if (!block) return
    broken = false
    if (hasContent) endLine()
  }
  walk(root)
  return { text: text.replace(/\n$/, ''), pieces }
}

function keepsLines(node: Text): boolean {
  const { parentElement } = node
  return parentElement !== null && /^(pre|break-spaces)/.test(getComputedStyle(parentElement).whiteSpace)
}

/** The DOM range of the characters from `start` to before `end`; null if there are none. */
export function rangeOf({ pieces }: Lines, start: number, end: number): Range | null {
  const first = pieces.find(({ offset, length }) => start < offset + length)
  const last = pieces.findLast(({ offset }) => offset < end)
  if (first === undefined || last === undefined) return null
  const range = first.node.ownerDocument.createRange()
  range.setStart(first.node, first.from + Math.max(0, start - first.offset))
  range.setEnd(last.node, last.from + Math.min(last.length, end - last.offset))
  return range
}

/**
 * The offset in the text of a DOM position. A position between two pieces, as in an empty line, gets an offset that touches neither if
 * the text has one.
 */
export function offsetIn({ text, pieces }: Lines, container: Node, containerOffset: number): number {
  const [node, offset] = inText(container, containerOffset)
  let before: Piece | null = null
  const after = (limit: number) => {
    const end = before === null ? 0 : before.offset + before.length
    return before?.node === node ? end : Math.min(limit, end + 1)
  }
  for (const piece of pieces) {
    if (node === piece.node && offset <= piece.from + piece.length)
      return piece.offset + Math.max(0, offset - piece.from)
    const range = piece.node.ownerDocument.createRange()
    range.selectNode(piece.node)
    if (node !== piece.node && range.comparePoint(node, offset) <= 0)
      return before === null ? piece.offset : after(piece.offset)
    before = piece
  }
  return after(text.length)
}

/** Moves a position beside a text node into that node: browsers report either one. */
function inText(container: Node, offset: number): [node: Node, offset: number] {
  let before: Node | null | undefined = container.childNodes[offset - 1]
  while (before?.lastChild) before = before.lastChild
  if (before instanceof Text) return [before, before.data.length]
  let after: Node | null | undefined = container.childNodes[offset]
  while (after?.firstChild) after = after.firstChild
  return after instanceof Text ? [after, 0] : [container, offset]
}
