// The small button at the edge of the focused field, and its menu. It only seals its own field or opens our windows, and only when a person
// presses it. A page that tricks someone into a click gains nothing.

import {
  accent,
  accentWash,
  colourSheet,
  onAccent,
  pageBad,
  pageEdge,
  pageGround,
  pageInk,
  pageLine,
} from '../../../colours.ts'
import { drawLogo } from '../../../logo.ts'
import { words } from '../../../words.ts'
import { type Field, isReadOnly } from '../../script/fieldOf.ts'
import { element, makeShell } from '../../script/shell.ts'
import { onTrusted } from '../../script/trusted.ts'
import { isButtonless, traitsOf } from './buttonless.ts'
import { tightFit } from './limits.ts'
import { sealLabel } from './sealLabel.ts'

const css = `${colourSheet({ accent, accentWash, onAccent, pageBad, pageEdge, pageGround, pageInk, pageLine })}
:host { position: fixed !important; z-index: 2147483646 !important; display: block !important; inset: 0 auto auto 0 !important; }
.box { position: fixed; }
.bar { display: flex; border-radius: 7px; overflow: hidden; background: var(--pageGround); border: 1px solid var(--pageEdge);
  box-shadow: 0 1px 5px rgb(0 0 0 / 0.2); width: max-content; }
button { all: unset; box-sizing: border-box; display: grid; place-items: center; height: 24px; cursor: pointer; color: var(--accent);
  font: 13px/1.4 system-ui, sans-serif; }
button:hover { background: var(--accentWash); } .seal[aria-pressed=true] { background: var(--accent); color: var(--onAccent); }
.seal { display: flex; gap: 5px; min-width: 27px; padding: 0 5px; } .fit { font-size: 12px; white-space: nowrap; }
.over { color: var(--pageBad); font-weight: 600; } .more { width: 17px; border-inline-start: 1px solid var(--pageLine); }
button:focus-visible { outline: 2px solid var(--accent); outline-offset: -2px; }
svg { width: 16px; height: 16px; display: block; }
.menu { position: absolute; inset-inline-end: 0; top: 28px; min-width: 210px; padding: 4px; border-radius: 8px; background: var(--pageGround);
  border: 1px solid var(--pageEdge); box-shadow: 0 4px 16px rgb(0 0 0 / 0.2); }
.menu.up { top: auto; bottom: 28px; }
.menu button { display: block; width: 100%; height: auto; padding: 6px 10px; border-radius: 5px; color: var(--pageInk); }
@media (forced-colors: active) { .bar, .menu { border: 1px solid CanvasText; } }
`

const barHeight = 26
const gap = 4
/** Room in px below the button for its menu. With less, the menu opens upwards. */
const menuRoom = 150

export interface ButtonHandlers {
  readonly menuOpens: () => void
  readonly seal: (field: Field) => void
  readonly compose: (field: Field) => void
  readonly read: (field: Field) => void
  readonly holdsSealed: (field: Field) => boolean
  readonly isAllSealed: (field: Field) => boolean
  readonly isAlwaysSealed: (field: Field) => boolean
  readonly toggleAlwaysSealed: (field: Field) => void
}

export class FieldButton {
  readonly #handlers: ButtonHandlers
  #field: Field | null = null
  #shown: AbortController | null = null

  constructor(handlers: ButtonHandlers) {
    this.#handlers = handlers
  }

  /** Shows the button at this field until focus leaves it, or `life` ends. */
  show(field: Field, life: AbortSignal): void {
    if (field === this.#field) return
    this.hide()
    if (life.aborted || isButtonless(traitsOf(field)) || (isReadOnly(field) && !this.#handlers.holdsSealed(field)))
      return
    const shown = new AbortController()
    const { signal } = shown
    this.#shown = shown
    this.#field = field
    const { host, box } = makeShell(css)
    let menu: HTMLElement | null = null
    const closeMenu = () => {
      menu?.remove()
      menu = null
      more.setAttribute('aria-expanded', 'false')
    }
    const fit = element('span', { class: 'fit' })
    const sealing = element('button', { type: 'button', class: 'seal', tabindex: '-1' }, drawLogo(), fit)
    const name = () => {
      const holds = this.#handlers.holdsSealed(field)
      const marked = this.#handlers.isAlwaysSealed(field)
      const tight = holds || marked ? null : tightFit(field)
      const label = sealLabel(this.#does(field, holds, marked), tight)
      sealing.setAttribute('aria-pressed', String(marked))
      if (sealing.title === label) return
      sealing.setAttribute('aria-label', label)
      sealing.title = label
      fit.textContent = tight === null ? '' : `${tight.needs} / ${tight.takes}`
      fit.classList.toggle('over', tight !== null && tight.needs > tight.takes)
      follow()
    }
    // At most once per animation frame, however fast a text comes in.
    let due = 0
    const nameSoon = () => {
      cancelAnimationFrame(due)
      due = requestAnimationFrame(name)
    }
    const more = element(
      'button',
      {
        type: 'button',
        class: 'more',
        tabindex: '-1',
        'aria-haspopup': 'menu',
        'aria-label': words('page.button.more'),
        title: words('page.button.more'),
      },
      arrow(),
    )
    onTrusted(sealing, 'click', signal, () => {
      const does = this.#does(field, this.#handlers.holdsSealed(field), this.#handlers.isAlwaysSealed(field))
      this.#handlers[does === 'read' ? 'read' : does === 'marked' ? 'compose' : 'seal'](field)
    })
    onTrusted(more, 'click', signal, () => {
      if (menu !== null) {
        closeMenu()
        return
      }
      this.#handlers.menuOpens()
      menu = this.#menu(field, signal, closeMenu)
      menu.classList.toggle('up', box.getBoundingClientRect().bottom + menuRoom > innerHeight)
      more.setAttribute('aria-expanded', 'true')
      box.append(menu)
    })
    onTrusted(field, 'keydown', signal, closeMenu)
    // A press on the button must not take the focus from the field, and with it the selection.
    onTrusted(host, 'mousedown', signal, (event) => event.preventDefault())
    // Untrusted events count too: a framework may set the field's text.
    field.addEventListener('input', nameSoon, { signal })
    box.append(element('div', { class: 'bar', role: 'toolbar', 'aria-label': words('extension.name') }, sealing, more))
    ;(field.closest('dialog') ?? document.documentElement).append(host)
    const follow = () => place(host, box, field, () => this.hide())
    name()
    follow()
    for (const target of [window, document]) {
      target.addEventListener('scroll', follow, { capture: true, passive: true, signal })
    }
    window.addEventListener('resize', follow, { signal })
    const resized = new ResizeObserver(follow)
    resized.observe(field)
    signal.addEventListener('abort', () => {
      cancelAnimationFrame(due)
      resized.disconnect()
      host.remove()
    })
    life.addEventListener('abort', () => this.hide(), { signal })
  }

  /** What a press on the button does. For `edit`, too, the handler seals, which opens our window for a sealed text. */
  #does(field: Field, holds: boolean, marked: boolean): 'seal' | 'rest' | 'edit' | 'read' | 'marked' {
    if (isReadOnly(field)) return 'read'
    if (holds) return this.#handlers.isAllSealed(field) ? 'edit' : 'rest'
    return marked ? 'marked' : 'seal'
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
    const holds = this.#handlers.holdsSealed(field)
    const readOnly = isReadOnly(field)
    if (!readOnly && !holds) add(words('page.menu.seal'), () => this.#handlers.seal(field))
    if (!readOnly) add(words('page.menu.compose'), () => this.#handlers.compose(field))
    if (holds) add(words('page.menu.read'), () => this.#handlers.read(field))
    if (!readOnly) {
      add(words(this.#handlers.isAlwaysSealed(field) ? 'page.menu.unmark' : 'page.menu.mark'), () =>
        this.#handlers.toggleAlwaysSealed(field),
      )
    }
    return menu
  }
}

/** Puts the button beside the field if there is room, else above or below it, but never over its text. */
function place(host: HTMLElement, bar: HTMLElement, field: Field, gone: () => void): void {
  if (!field.isConnected) {
    gone()
    return
  }
  const box = field.getBoundingClientRect()
  host.hidden = box.width < 20 || box.height < 10 || box.bottom < 0 || box.top > innerHeight
  const barWidth = bar.offsetWidth
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
