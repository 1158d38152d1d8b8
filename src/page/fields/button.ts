// The small button at the edge of the field in focus, and its menu. It does no more than seal its own field or open one
// of our windows, and only when a person pressed it: a page that tricks someone into a click gains nothing.

import { drawSealMark } from '../../sealMark.ts'
import { element, makeShell } from '../shell.ts'
import { onTrusted } from '../trusted.ts'
import type { Field } from './field.ts'

const css = `
:host { position: fixed !important; z-index: 2147483646 !important; display: block !important; inset: 0 auto auto 0 !important; }
.box { position: fixed; }
.bar { display: flex; border-radius: 7px; overflow: hidden; background: #fff; border: 1px solid #8d8a9c;
  box-shadow: 0 1px 5px rgb(0 0 0 / 0.2); width: max-content; }
button { all: unset; box-sizing: border-box; display: grid; place-items: center; height: 24px; cursor: pointer; color: #0b5f56;
  font: 13px/1.4 system-ui, sans-serif; }
.seal { width: 27px; } .more { width: 17px; border-inline-start: 1px solid #d5d3de; }
button:hover { background: #e2f1ee; }
button:focus-visible { outline: 2px solid #0b5f56; outline-offset: -2px; }
svg { width: 16px; height: 16px; display: block; }
.menu { position: absolute; inset-inline-end: 0; top: 28px; min-width: 210px; padding: 4px; border-radius: 8px; background: #fff;
  border: 1px solid #8d8a9c; box-shadow: 0 4px 16px rgb(0 0 0 / 0.2); }
.menu.up { top: auto; bottom: 28px; }
.menu button { display: block; width: 100%; height: auto; padding: 6px 10px; border-radius: 5px; color: #1c1b22; }
@media (prefers-color-scheme: dark) {
  .bar, .menu { background: #26252f; border-color: #6d6a80; } button { color: #6ed3c2; } .more { border-color: #454353; }
  button:hover { background: #17312d; } .menu button { color: #f1f0f7; } button:focus-visible { outline-color: #6ed3c2; }
}
@media (forced-colors: active) { .bar, .menu { border: 1px solid CanvasText; } }
`

const barWidth = 46
const barHeight = 26
const gap = 4
/** Below the button, for its menu; with less the menu opens upwards. */
const menuRoom = 120

export interface ButtonActs {
  readonly seal: (field: Field) => void
  readonly compose: (field: Field) => void
  readonly read: (field: Field) => void
  readonly holdsSealed: (field: Field) => boolean
}

export class FieldButton {
  readonly #acts: ButtonActs
  readonly #ours: WeakSet<Element>
  #field: Field | null = null
  #shown: AbortController | null = null

  constructor(acts: ButtonActs, ours: WeakSet<Element>) {
    this.#acts = acts
    this.#ours = ours
  }

  /** Shows the button at this field until focus leaves it, or `life` ends. */
  show(field: Field, life: AbortSignal): void {
    if (field === this.#field) return
    this.hide()
    if (life.aborted) return
    const shown = new AbortController()
    const { signal } = shown
    this.#shown = shown
    this.#field = field
    const { host, box } = makeShell(css)
    this.#ours.add(host)
    let menu: HTMLElement | null = null
    const closeMenu = () => {
      menu?.remove()
      menu = null
      more.setAttribute('aria-expanded', 'false')
    }
    const sealing = element('button', { type: 'button', class: 'seal', tabindex: '-1' }, drawSealMark())
    const name = () => {
      const label = this.#acts.holdsSealed(field)
        ? 'Edit this sealed text in Fieldseal’s own window'
        : 'Seal this field (until then the page can read what stands in it)'
      sealing.setAttribute('aria-label', label)
      sealing.title = label
    }
    name()
    const more = element(
      'button',
      { type: 'button', class: 'more', tabindex: '-1', 'aria-haspopup': 'menu', 'aria-label': 'More', title: 'More' },
      arrow(),
    )
    onTrusted(sealing, 'click', signal, () => this.#acts[this.#acts.holdsSealed(field) ? 'compose' : 'seal'](field))
    onTrusted(more, 'click', signal, () => {
      if (menu !== null) {
        closeMenu()
        return
      }
      menu = this.#menu(field, signal, closeMenu)
      menu.classList.toggle('up', box.getBoundingClientRect().bottom + menuRoom > innerHeight)
      more.setAttribute('aria-expanded', 'true')
      box.append(menu)
    })
    onTrusted(field, 'keydown', signal, closeMenu)
    // Pressing the button must not take the focus, and with it the selection, from the field.
    onTrusted(host, 'mousedown', signal, (event) => event.preventDefault())
    onTrusted(field, 'input', signal, name)
    box.append(element('div', { class: 'bar', role: 'toolbar', 'aria-label': 'Fieldseal' }, sealing, more))
    ;(field.closest('dialog') ?? document.documentElement).append(host)
    const follow = () => place(host, box, field, () => this.hide())
    follow()
    for (const target of [window, document]) {
      target.addEventListener('scroll', follow, { capture: true, passive: true, signal })
    }
    window.addEventListener('resize', follow, { signal })
    const resized = new ResizeObserver(follow)
    resized.observe(field)
    signal.addEventListener('abort', () => {
      resized.disconnect()
      host.remove()
    })
    life.addEventListener('abort', () => this.hide(), { signal })
  }

  hide(): void {
    this.#shown?.abort()
    this.#shown = null
    this.#field = null
  }

  #menu(field: Field, signal: AbortSignal, close: () => void): HTMLElement {
    const menu = element('div', { class: 'menu', role: 'menu' })
    const add = (label: string, act: () => void) => {
      const item = element('button', { type: 'button', role: 'menuitem', tabindex: '-1' }, label)
      onTrusted(item, 'click', signal, () => {
        close()
        act()
      })
      menu.append(item)
    }
    if (!this.#acts.holdsSealed(field)) add('Seal this field', () => this.#acts.seal(field))
    add('Write a sealed text…', () => this.#acts.compose(field))
    if (this.#acts.holdsSealed(field)) add('Show the opened text', () => this.#acts.read(field))
    return menu
  }
}

/** Beside the field where there is room, else above or below it: never over its text. */
function place(host: HTMLElement, bar: HTMLElement, field: Field, gone: () => void): void {
  if (!field.isConnected) {
    gone()
    return
  }
  const box = field.getBoundingClientRect()
  host.hidden = box.width < 20 || box.height < 10 || box.bottom < 0 || box.top > innerHeight
  const beside = box.right + gap + barWidth <= document.documentElement.clientWidth
  const above = box.top >= barHeight + gap
  const left = beside ? box.right + gap : Math.max(0, box.right - barWidth)
  const top = beside ? Math.max(0, box.top) : above ? box.top - barHeight - gap : box.bottom + gap
  bar.style.left = `${Math.round(left)}px`
  bar.style.top = `${Math.round(top)}px`
}

function arrow(): SVGSVGElement {
  return drawn('M4.5 6.5 8 10l3.5-3.5')
}

function drawn(d: string): SVGSVGElement {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
  svg.setAttribute('viewBox', '0 0 16 16')
  svg.setAttribute('aria-hidden', 'true')
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path')
  for (const [name, value] of Object.entries({
    d,
    fill: 'none',
    stroke: 'currentColor',
    'stroke-width': '1.5',
    'stroke-linecap': 'round',
    'stroke-linejoin': 'round',
  })) {
    path.setAttribute(name, value)
  }
  svg.append(path)
  return svg
}
