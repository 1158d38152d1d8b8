// Shows the opened text of a sealed text that stands in a field: a reader frame below the field, which itself stays as it is.

import type { Field } from '../fields/field.ts'
import { nameField } from '../fields/names.ts'
import { element, makeShell } from '../shell.ts'
import { onTrusted } from '../trusted.ts'
import { ReaderFrame } from './frame.ts'
import { lookOf } from './look.ts'

const css = `
:host { position: absolute !important; z-index: 2147483645 !important; display: block !important; inset: 0 auto auto 0 !important; }
.box { position: absolute; width: min(640px, calc(100vw - 24px)); }
.sheet { position: relative; padding: 8px 30px 6px 10px; border-radius: 8px; border: 1px solid #8d8a9c; background: var(--backdrop, #fff);
  box-shadow: 0 4px 16px rgb(0 0 0 / 0.2); box-sizing: border-box; }
.close { all: unset; position: absolute; top: 4px; right: 4px; width: 24px; height: 24px; text-align: center; cursor: pointer;
  font: 13px/24px system-ui, sans-serif; color: var(--colour, #333); border-radius: 5px; }
.close:focus-visible { outline: 2px solid currentColor; }
`

export class Opener {
  readonly #ours: WeakSet<Element>
  #shown: AbortController | null = null

  constructor(ours: WeakSet<Element>) {
    this.#ours = ours
  }

  show(field: Field, sealed: string, life: AbortSignal): void {
    this.#shown?.abort()
    const shown = new AbortController()
    this.#shown = shown
    const { signal } = shown
    const close = () => shown.abort()
    const { host, box } = makeShell(css)
    this.#ours.add(host)
    const look = lookOf(field)
    const frame = new ReaderFrame(sealed, nameField(field), look, {
      onCiphertext: () => undefined,
      onStuck: () => undefined,
    })
    const closing = element('button', { type: 'button', class: 'close', 'aria-label': 'Close the opened text' }, '✕')
    onTrusted(closing, 'click', signal, close)
    const sheet = element('div', { class: 'sheet' }, frame.host, closing)
    sheet.style.setProperty('--backdrop', `rgb(${look.backdrop.join(' ')})`)
    sheet.style.setProperty('--colour', `rgb(${look.colour.join(' ')})`)
    box.append(sheet)
    ;(field.closest('dialog') ?? document.documentElement).append(host)
    const follow = () => {
      if (!field.isConnected) return close()
      const at = field.getBoundingClientRect()
      const left = Math.max(8, Math.min(at.left, innerWidth - box.offsetWidth - 8))
      box.style.left = `${Math.round(left + scrollX)}px`
      box.style.top = `${Math.round(at.bottom + 4 + scrollY)}px`
    }
    follow()
    frame.open()
    const resized = new ResizeObserver(follow)
    resized.observe(field)
    window.addEventListener('scroll', follow, { capture: true, passive: true, signal })
    // Sealed anew, or changed by the person: what is shown is no longer what stands in the field.
    field.addEventListener('input', close, { signal })
    life.addEventListener('abort', close, { signal })
    signal.addEventListener('abort', () => {
      resized.disconnect()
      frame.close()
      host.remove()
    })
  }
}
