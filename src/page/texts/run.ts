// The text of a part of the page as one string, with the way back: which text node each character is from.

import { type Found, findSealed } from '../../crypto/armor.ts'

/** A part of the page that is looked at as one. A shadow root is one where a text stands in it in no element. */
export type Unit = Element | ShadowRoot

/** A piece of one text node. */
export interface Piece {
  readonly node: Text
  readonly from: number
  readonly to: number
}

/** A sealed text where it stands in the page. */
export interface Sighting {
  readonly sealed: string
  readonly fault: Found['fault']
  readonly pieces: readonly Piece[]
  /** The smallest part of the page that was looked at as one. */
  readonly unit: Unit
  /** Nothing stands in the unit beside it but white space. */
  readonly alone: boolean
  /** It ends where the unit's text ends, so that what it lacks may lie in the next one. */
  readonly atEnd: boolean
}

const skipped = 'script,style,noscript,template,textarea,select,option,svg,iframe,canvas,video,audio,object'
const unitChars = 8_000_000
/** The beginning of a text at the very end of its element, too little to tell: highlighters put as much in a span of its own. */
const begun = /sealed[1-9]?[0-9A-Za-z]{0,7}$/
/** How many levels up the rest of it is looked for. A page full of false beginnings must not have all of it read for each. */
const climbAtMost = 3
const climbChars = 100_000
const climbElements = 2_000
const begunChars = 40

/** Whether nothing in this element is text to be read: code, fields, and what a person is writing in. */
export function isSkipped(element: Element): boolean {
  return element.matches(skipped) || (element instanceof HTMLElement && element.isContentEditable)
}

/** All sealed texts that stand in the text of `unit`, its whole inside taken as one run. */
export function sightingsIn(unit: Unit, isOurs: (element: Element) => boolean, climbed = 0): Sighting[] {
  const nodes: { node: Text; start: number }[] = []
  let text = ''
  const walk = (parent: Node) => {
    for (let child = parent.firstChild; child !== null && text.length < unitChars; child = child.nextSibling) {
      if (child instanceof Text) {
        nodes.push({ node: child, start: text.length })
        text += child.data
      } else if (child instanceof HTMLBRElement) {
        text += '\n'
      } else if (child instanceof Element && !isOurs(child) && !isSkipped(child)) {
        walk(child)
      }
    }
  }
  walk(unit)
  const found = findSealed(text)
  const around = unit.parentNode
  if (
    text.length <= begunChars &&
    begun.test(text.slice(-16)) &&
    (found.at(-1)?.end ?? 0) < text.length &&
    climbed < climbAtMost &&
    around instanceof Element &&
    around.childElementCount <= climbElements &&
    (around.textContent?.length ?? 0) <= climbChars &&
    !isSkipped(around)
  ) {
    const wider = sightingsIn(around, isOurs, climbed + 1)
    const here = wider.filter(({ pieces }) => pieces[0] !== undefined && unit.contains(pieces[0].node))
    if (here.length > found.length) return here
  }
  return found.map(({ start, end, sealed, fault }) => {
    const pieces = piecesOf(nodes, start, end)
    const atEnd = text.slice(end).trim() === ''
    const alone =
      unit instanceof Element && atEnd && text.slice(0, start).trim() === '' && holdsNothingElse(unit, pieces)
    return { sealed, fault, unit, pieces, alone, atEnd }
  })
}

/** Whether every element in the unit is there for these pieces: a picture, a field or a button beside them is not. */
function holdsNothingElse(unit: Element, pieces: readonly Piece[]): boolean {
  return [...unit.querySelectorAll('*')].every(
    (inside) => inside.matches('br,wbr') || pieces.some(({ node }) => inside.contains(node)),
  )
}

function piecesOf(nodes: readonly { node: Text; start: number }[], start: number, end: number): Piece[] {
  return nodes.flatMap(({ node, start: at }) => {
    const [from, to] = [Math.max(start - at, 0), Math.min(end - at, node.data.length)]
    return from < to ? [{ node, from, to }] : []
  })
}
