// The text of a part of the page as one string, with the way back: the text node of each character.

import { type Found, findSealed } from '../../crypto/armor.ts'

/** A part of the page that is looked at as one. A shadow root is one where a text stands in it in no element. */
export type Scope = Element | ShadowRoot

/** A piece of one text node. */
export interface Span {
  readonly node: Text
  readonly from: number
  readonly to: number
}

/** A sealed text where it stands in the page. */
export interface Match {
  readonly sealed: string
  readonly fault: Found['fault']
  readonly spans: readonly Span[]
  /** The smallest part of the page that was looked at as one. */
  readonly scope: Scope
  /** Nothing stands in the scope beside it but white space. */
  readonly alone: boolean
  /** It ends where the scope's text ends, so that what it lacks may lie in the next one. */
  readonly atEnd: boolean
}

const skipped = 'script,style,noscript,template,textarea,select,option,svg,iframe,canvas,video,audio,object'
const scopeChars = 8_000_000
/** The beginning of a text at the very end of its element, too little to tell: highlighters put as much in a span of its own. */
const beginning = /sealed[1-9]?[0-9A-Za-z]{0,7}$/
/** How many levels up the rest of it is looked for. A page full of false beginnings must not have all of it read for each. */
const climbAtMost = 3
const climbChars = 100_000
const climbElements = 2_000
const beginningChars = 40

/** Whether nothing in this element is text to be read: code, fields, and what a person is writing in. */
export function isSkipped(element: Element): boolean {
  return element.matches(skipped) || (element instanceof HTMLElement && element.isContentEditable)
}

/** All sealed texts that stand in the text of `scope`, its whole inside taken as one run. */
export function matchesIn(scope: Scope, isOurs: (element: Element) => boolean, climbed = 0): Match[] {
  const nodes: { node: Text; start: number }[] = []
  let text = ''
  const walk = (parent: Node) => {
    for (let child = parent.firstChild; child !== null && text.length < scopeChars; child = child.nextSibling) {
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
  walk(scope)
  const found = findSealed(text)
  const around = scope.parentNode
  if (
    text.length <= beginningChars &&
    beginning.test(text.slice(-16)) &&
    (found.at(-1)?.end ?? 0) < text.length &&
    climbed < climbAtMost &&
    around instanceof Element &&
    around.childElementCount <= climbElements &&
    (around.textContent?.length ?? 0) <= climbChars &&
    !isSkipped(around)
  ) {
    const wider = matchesIn(around, isOurs, climbed + 1)
    const inScope = wider.filter(({ spans }) => spans[0] !== undefined && scope.contains(spans[0].node))
    if (inScope.length > found.length) return inScope
  }
  return found.map(({ start, end, sealed, fault }) => {
    const spans = spansOf(nodes, start, end)
    const atEnd = text.slice(end).trim() === ''
    const alone =
      scope instanceof Element && atEnd && text.slice(0, start).trim() === '' && holdsNothingElse(scope, spans)
    return { sealed, fault, scope, spans, alone, atEnd }
  })
}

/** Whether every element in the scope is there for these spans: a picture, a field or a button beside them is not. */
function holdsNothingElse(scope: Element, spans: readonly Span[]): boolean {
  return [...scope.querySelectorAll('*')].every(
    (inside) => inside.matches('br,wbr') || spans.some(({ node }) => inside.contains(node)),
  )
}

function spansOf(nodes: readonly { node: Text; start: number }[], start: number, end: number): Span[] {
  return nodes.flatMap(({ node, start: offset }) => {
    const [from, to] = [Math.max(start - offset, 0), Math.min(end - offset, node.data.length)]
    return from < to ? [{ node, from, to }] : []
  })
}
