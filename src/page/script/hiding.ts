// Hides elements of the page so that they take no room, by their inline style, and restores their style. Text hidden like this still counts
// as the page's: the page's own code finds, copies and reads it.

type Declarations = Readonly<Record<string, string>>

const small: Declarations = {
  'font-size': '0',
  'line-height': '0',
  'letter-spacing': '0',
  'word-spacing': '0',
  'text-indent': '0',
  'text-shadow': 'none',
}
/** Between other words a line break of its own would still make a line as high as those of the words. */
const onOneLine: Declarations = { ...small, 'white-space': 'normal' }
const gone: Declarations = { display: 'none' }

export interface Hider {
  on(): void
  off(): void
}

/** For an element and what inherits from it. */
export const shrink = (element: HTMLElement): Hider => hider(element, small)
/** For an element of ours around text that stands between other words. */
export const shrinkToLine = (element: HTMLElement): Hider => hider(element, onOneLine)
/** For a line break. */
export const hide = (element: HTMLElement): Hider => hider(element, gone)

/** Whether text in here is seen although what is around it was shrunk, because a style sheet of the page says so. */
export function isStillSeen(element: HTMLElement): boolean {
  const { fontSize, lineHeight } = getComputedStyle(element)
  return fontSize !== '0px' || lineHeight !== '0px'
}

/** Whether a page has copied this element while it was hidden: then nobody would ever show it again. */
export function isHiddenCopy(element: Element): element is HTMLElement {
  return element instanceof HTMLElement && Object.entries(small).every(([name, value]) => holds(element, name, value))
}

/** Takes a hiding away that was copied. */
export function showCopy(element: HTMLElement): void {
  for (const name of Object.keys(onOneLine)) element.style.removeProperty(name)
  if (element.getAttribute('style') === '') element.removeAttribute('style')
}

/** Values as the browser writes them: a length of zero may have got its unit. */
function holds({ style }: HTMLElement, name: string, value: string): boolean {
  const now = style.getPropertyValue(name)
  return style.getPropertyPriority(name) === 'important' && (now === value || now === `${value}px`)
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
        // What the page has set since is the page's.
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
