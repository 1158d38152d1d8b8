// Shows the opened texts of the sealed texts in a field, in reader frames below it. The field itself does not change. For a person who uses the
// keyboard, the focus moves there, and Escape moves it back to the field.

import { accent, pageEdge } from '../../colours.ts'
import { words } from '../../words.ts'
import type { FieldTextsRequest } from '../script/scriptApis.ts'
import { element, makeShell } from '../script/shell.ts'
import { onTrusted } from '../script/trusted.ts'
import { ReaderFrame } from './frame.ts'
import { appearanceOf } from './look.ts'

// The light colours in any scheme, since the sheet has the background of the field.
const [[outline], [edge]] = [accent, pageEdge]

const css = `
:host { position: absolute !important; z-index: 2147483645 !important; display: block !important; inset: 0 auto auto 0 !important; }
.box { position: absolute; width: min(640px, calc(100vw - 24px)); }
.sheet { position: relative; padding-block: 8px 6px; padding-inline: 10px 30px; border-radius: 8px; border: 1px solid ${edge}; background: var(--backdrop);
  box-shadow: 0 4px 16px rgb(0 0 0 / 0.2); box-sizing: border-box;
  display: grid; gap: 8px; max-height: 60vh; overflow: auto; }
.sheet:focus-visible { outline: 2px solid ${outline}; outline-offset: 2px; }
.close { all: unset; position: absolute; top: 4px; inset-inline-end: 4px; width: 24px; height: 24px; text-align: center; cursor: pointer;
  font: 13px/24px system-ui, sans-serif; color: var(--colour); border-radius: 5px; }
.close:focus-visible { outline: 2px solid currentColor; }
`

/** Most frames at once, to limit what the page has to carry. */
const mostShown = 20

export class FieldTexts {
  #shown: AbortController | null = null

  show({ field, name, sealed, life, byKeys }: FieldTextsRequest): void {
    this.#shown?.abort()
    const shown = new AbortController()
    this.#shown = shown
    const { signal } = shown
    const close = () => shown.abort()
    const { host, box } = makeShell(css)
    const look = appearanceOf(field)
    const frames = sealed.slice(0, mostShown).map((item) => new ReaderFrame(item, name, look, false))
    const closing = element(
      'button',
      { type: 'button', class: 'close', 'aria-label': words('page.text.closeOpened') },
      '✕',
    )
    onTrusted(closing, 'click', signal, close)
    const attributes = { class: 'sheet', role: 'group', 'aria-label': words('page.text.ofField'), tabindex: '-1' }
    const sheet = element('div', attributes, closing, ...frames.map(({ host }) => host))
    onTrusted(sheet, 'keydown', signal, ({ key }) => {
      if (key !== 'Escape') return
      close()
      field.focus({ preventScroll: true })
    })
    sheet.style.setProperty('--backdrop', `rgb(${look.backdrop.join(' ')})`)
    sheet.style.setProperty('--colour', `rgb(${look.colour.join(' ')})`)
    box.append(sheet)
    ;(field.closest('dialog') ?? document.documentElement).append(host)
    const follow = () => {
      if (!field.isConnected) return close()
      const around = field.getBoundingClientRect()
      const left = Math.max(8, Math.min(around.left, innerWidth - box.offsetWidth - 8))
      box.style.left = `${Math.round(left + scrollX)}px`
      box.style.top = `${Math.round(around.bottom + 4 + scrollY)}px`
    }
    follow()
    for (const frame of frames) frame.open()
    if (byKeys) sheet.focus({ preventScroll: true })
    const resized = new ResizeObserver(follow)
    resized.observe(field)
    window.addEventListener('scroll', follow, { capture: true, passive: true, signal })
    // After any input, the sheet may no longer match the field.
    field.addEventListener('input', close, { signal })
    life.addEventListener('abort', close, { signal })
    signal.addEventListener('abort', () => {
      resized.disconnect()
      for (const frame of frames) frame.close()
      host.remove()
    })
  }
}
