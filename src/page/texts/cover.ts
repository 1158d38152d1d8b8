// Puts a host in the place of a sealed text and hides the ciphertext, so that a page keeps working with what it made:
// no node of the page is moved or removed, and the ciphertext stays in the page's text. All of it can be undone.

import type { Sighting } from './run.ts'

/** Hidden like this, text still counts as the page's: it is found, copied and read out by the page's own code. */
const hiding = {
  'font-size': '0',
  'line-height': '0',
  'letter-spacing': '0',
  'word-spacing': '0',
  'text-indent': '0',
  'text-shadow': 'none',
} as const

/** Makes a text stand behind `host`. */
export interface Cover {
  /** The text nodes that the ciphertext stands in while it is covered. */
  readonly nodes: readonly Text[]
  hide(): void
  show(): void
  /** Whether the page has not changed what was covered since. */
  intact(): boolean
  /** Takes everything of ours away; what the page has changed meanwhile is left as the page made it. */
  undo(): void
}

export function cover(sighting: Sighting, host: HTMLElement): Cover {
  return sighting.alone ? coverUnit(sighting, host) : coverPieces(sighting, host)
}

/** The text is all that its element holds: the element's own text is made to take no room. */
function coverUnit({ unit, pieces }: Sighting, host: HTMLElement): Cover {
  const text = unit.textContent
  const elements = [unit, ...unit.querySelectorAll('*')].filter(
    (element): element is HTMLElement => element instanceof HTMLElement,
  )
  const styles = elements.map((element) => hider(element))
  unit.append(host)
  return {
    nodes: pieces.map(({ node }) => node),
    hide: () => all(styles, 'on'),
    show: () => all(styles, 'off'),
    // Whatever else comes to stand in the unit must not be hidden with it.
    intact: () => host.isConnected && host.parentNode === unit && unit.textContent === text,
    undo() {
      all(styles, 'off')
      host.remove()
    },
  }
}

/** What a text node of the page holds since we last cut something out of it. */
const kept = new WeakMap<Text, string>()

const isKept = (node: Text): boolean => node.isConnected && kept.get(node) === node.data

/** Other text stands beside it: the page's nodes keep what is before it, and nodes of ours after them take the rest. */
function coverPieces({ pieces }: Sighting, host: HTMLElement): Cover {
  const cuts = pieces.map(({ node, from, to }) => {
    const span = document.createElement('span')
    const text = document.createTextNode(node.data.slice(from, to))
    const rest = document.createTextNode(node.data.slice(to))
    span.append(text)
    node.data = node.data.slice(0, from)
    kept.set(node, node.data)
    node.after(span, rest)
    return { node, span, text, rest, style: hider(span) }
  })
  cuts[0]?.span.before(host)
  return {
    nodes: cuts.map(({ text }) => text),
    hide: () =>
      all(
        cuts.map(({ style }) => style),
        'on',
      ),
    show: () =>
      all(
        cuts.map(({ style }) => style),
        'off',
      ),
    intact: () =>
      host.isConnected && cuts.every(({ node, span, rest }) => isKept(node) && span.isConnected && rest.isConnected),
    undo() {
      host.remove()
      for (const { node, span, text, rest } of cuts) {
        const before = span.previousSibling
        if (isKept(node) && before instanceof Text) {
          before.data += text.data + rest.data
          if (before === node) kept.set(node, node.data)
        }
        span.remove()
        rest.remove()
      }
    },
  }
}

function all(styles: readonly Hider[], which: keyof Hider): void {
  for (const style of styles) style[which]()
}

interface Hider {
  on(): void
  off(): void
}

function hider(element: HTMLElement): Hider {
  const before = element.getAttribute('style')
  let hidden: string | null = null
  return {
    on() {
      if (hidden !== null) return
      for (const [name, value] of Object.entries(hiding)) element.style.setProperty(name, value, 'important')
      hidden = element.getAttribute('style')
    },
    off() {
      if (hidden === null) return
      if (element.getAttribute('style') === hidden && before !== null) element.setAttribute('style', before)
      else for (const name of Object.keys(hiding)) element.style.removeProperty(name)
      if (element.getAttribute('style') === '') element.removeAttribute('style')
      hidden = null
    },
  }
}
