// Hides elements of the page by inline style, so that they take no room, and restores their style. The page's own code can still find, copy
// and read the hidden text.

type Declarations = Readonly<Record<string, string>>

const small: Declarations = {
  'font-size': '0',
  'line-height': '0',
  'letter-spacing': '0',
  'word-spacing': '0',
  'text-indent': '0',
  'text-shadow': 'none',
}
/** Between other words, a line break in the hidden text would otherwise add a line of full height. */
const onOneLine: Declarations = { ...small, 'white-space': 'normal' }
const gone: Declarations = { display: 'none' }

export interface Hider {
  on(): void
  off(): void
}

/** Hides the text of an element and of what inherits from it. */
export const shrink = (element: HTMLElement): Hider => hider(element, small)
/** Hides an element of ours around text between other words. */
export const shrinkToLine = (element: HTMLElement): Hider => hider(element, onOneLine)
/** Hides a line break. */
export const hide = (element: HTMLElement): Hider => hider(element, gone)

/** Whether a style sheet of the page keeps this text visible although its ancestor is shrunk. */
export function isStillSeen(element: HTMLElement): boolean {
  const { fontSize, lineHeight } = getComputedStyle(element)
  return fontSize !== '0px' || lineHeight !== '0px'
}

/** Whether an element has our hiding style. If the page copied it while it was hidden, nothing else restores it. */
export function isHiddenCopy(element: Element): element is HTMLElement {
  return element instanceof HTMLElement && Object.entries(small).every(([name, value]) => holds(element, name, value))
}

/** Removes a copied hiding style. */
export function showCopy(element: HTMLElement): void {
  for (const name of Object.keys(onOneLine)) element.style.removeProperty(name)
  if (element.getAttribute('style') === '') element.removeAttribute('style')
}

/** Whether the inline style has this declaration. The browser may write a zero length with its unit. */
function holds({ style }: HTMLElement, name: string, value: string): boolean {
  const current = style.getPropertyValue(name)
  return style.getPropertyPriority(name) === 'important' && (current === value || current === `${value}px`)
}

function hider(element: HTMLElement, declarations: Declarations): Hider {
  let before: { style: string | null; hidden: string | null; own: readonly [string, string, string][] } | null = null
  return {
    on() {
      if (before !== null) return
      const { style } = element
      const names = Object.keys(declarations)
      const own = names.map((name): [string, string, string] => [
        name,
        style.getPropertyValue(name),
        style.getPropertyPriority(name),
      ])
      const attribute = element.getAttribute('style')
      for (const [name, value] of Object.entries(declarations)) style.setProperty(name, value, 'important')
      before = { style: attribute, hidden: element.getAttribute('style'), own }
    },
    off() {
      if (before === null) return
      if (element.getAttribute('style') === before.hidden && before.style !== null) {
        element.setAttribute('style', before.style)
      } else {
        // Keep what the page has set since.
        for (const [name, value, priority] of before.own) {
          if (!holds(element, name, declarations[name] ?? '')) continue
          if (value === '') element.style.removeProperty(name)
          else element.style.setProperty(name, value, priority)
        }
      }
      if (element.getAttribute('style') === '' && before.style === null) element.removeAttribute('style')
      before = null
    },
  }
}
