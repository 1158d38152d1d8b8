// Reads the text of a part of the page as one string, and maps each character back to its text node.

import { type Found, findSealed } from '../../crypto/armor.ts'

/** A part of the page whose text is searched as one string. A shadow root is a scope if a text is directly in it. */
export type Scope = Element | ShadowRoot

/** Part of one text node. Offsets in UTF-16 units; `to` is after the last character. */
export interface Span {
  readonly node: Text
  readonly from: number
  readonly to: number
}

/** A sealed text and its place in the page. */
export interface Match {
  readonly sealed: string
  readonly fault: Found['fault']
  readonly spans: readonly Span[]
  /** The smallest scope in which the search found it. */
  readonly scope: Scope
  /** The scope contains only this text and white space. */
  readonly alone: boolean
  /** It ends where the scope's text ends, so the next scope may contain its rest. */
  readonly atEnd: boolean
}

const skipped = 'script,style,noscript,template,textarea,select,option,svg,iframe,canvas,video,audio,object'
const scopeChars = 8_000_000
/** The beginning of a text at the end of its element, too short to recognise: highlighters wrap such a prefix in its own span. */
const beginning = /sealed[1-9]?[0-9A-Za-z]{0,7}$/
/** How many levels up to look for the rest. A page full of false beginnings must not cause a read of the whole page for each. */
const climbAtMost = 3
const climbChars = 100_000
const climbElements = 2_000
const beginningChars = 40

/** Whether the search skips this element: code, fields and editors. */
export function isSkipped(element: Element): boolean {
  return element.matches(skipped) || (element instanceof HTMLElement && element.isContentEditable)
}

/** All sealed texts in `scope`, whose text nodes count as one string. */
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

/** Whether every element in the scope contains one of these spans. False for a picture, a field or a button beside them. */
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
