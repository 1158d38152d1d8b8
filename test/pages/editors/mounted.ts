// What a page with a mounted editor tells a test of itself. Each of these pages mounts one editor or framework from its real
// package, as its own manual says, and answers from the model that a site would save.

export interface Mounted {
  /** What a person clicks to write in it. */
  readonly field: Element
  /** What the model holds as text, a line for a paragraph. */
  text(): string
  /** Draws the field anew, from the model alone. */
  redraw(): void
  /** Sets what the model holds, as a site does with what it loads. */
  load(text: string): void
}

/** The element to mount in. */
export const place = (): HTMLElement => {
  const found = document.getElementById('place')
  if (found === null) throw new Error('The page has no place')
  return found
}

/** Tells the test that the editor is there. */
export function isMounted(editor: Mounted): void {
  Object.assign(globalThis, { mounted: editor })
}

/** A text as lines, the way most editors take it. */
export const linesOf = (text: string): string[] => text.split('\n')

/** What is drawn in the place, after whichever redraw. */
export const drawn = (selector: string): Element => {
  const found = place().querySelector(selector)
  if (found === null) throw new Error(`The page has drawn no ${selector}`)
  return found
}
