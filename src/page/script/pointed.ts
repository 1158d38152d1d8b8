// Finds sealed texts where no frame fits: in attributes, options, non-editable controls, the document's title, or the person's selection.
// They open in our own window, at the person's command. Only ciphertext leaves the page.

import { findSealed } from '../../crypto/armor.ts'
import { onTrusted } from './trusted.ts'

const attributes = [
  'title',
  'alt',
  'aria-label',
  'aria-description',
  'placeholder',
  'label',
  'value',
  'content',
] as const
const selector = `${attributes.map((name) => `[${name}*=sealed]`).join()},option,input,textarea`
const climbAtMost = 5
const elementsAtMost = 2_000
const textsAtMost = 100

export class PointedTexts {
  #element: WeakRef<Element> | null = null

  constructor(life: AbortSignal) {
    onTrusted(window, 'contextmenu', life, (event) => {
      const [target] = event.composedPath()
      this.#element = target instanceof Element ? new WeakRef(target) : null
    })
  }

  /** The texts in the selection, or else where the context menu last opened; in the whole frame if `everywhere` or neither is known. */
  texts(everywhere: boolean): string[] {
    const selected = everywhere ? [] : sealedIn(String(document.getSelection() ?? ''))
    if (selected.length > 0) return selected
    const element = this.#element?.deref()
    const near = everywhere || element === undefined ? [] : nearest(element)
    if (near.length > 0) return near
    // If the menu opened before this script started, the element is unknown, and the whole frame is searched.
    if (!everywhere && element !== undefined) return []
    const all = [...document.querySelectorAll(selector)].slice(0, elementsAtMost).flatMap(sealedOn)
    return [...new Set([...sealedIn(document.title), ...all])].slice(0, textsAtMost)
  }
}

/** The texts on the element or in it, or else on its nearest ancestor that has any. */
function nearest(pointed: Element): string[] {
  let element: Element | null = pointed
  for (let climbed = 0; element !== null && climbed <= climbAtMost; climbed++) {
    const found = [element, ...(climbed === 0 ? element.querySelectorAll(selector) : [])].flatMap(sealedOn)
    if (found.length > 0) return [...new Set(found)].slice(0, textsAtMost)
    element = element.parentElement
  }
  const text = sealedIn(pointed.textContent ?? '')
  return text.length > 0 ? text.slice(0, textsAtMost) : sealedIn(document.title)
}

function sealedOn(element: Element): string[] {
  const { value } = element as Partial<HTMLInputElement>
  const own = element instanceof HTMLSelectElement ? [...element.selectedOptions].map(({ text }) => text) : []
  const texts = [...attributes.map((name) => element.getAttribute(name)), value, ...own]
  const inside = element instanceof HTMLOptionElement || element instanceof SVGElement ? element.textContent : null
  return [...texts, inside].flatMap((text) => (typeof text === 'string' ? sealedIn(text) : []))
}

function sealedIn(text: string): string[] {
  return text.includes('sealed') ? findSealed(text).flatMap(({ sealed }) => sealed) : []
}
