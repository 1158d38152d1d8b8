// A short message beside a field: what happened, and at most one thing to do about it. Never a plaintext.

import { accent, colourSheet, pageGround, pageInk, pageQuiet, pageRim } from '../../colours.ts'
import { words } from '../../words.ts'
import { element, makeShell } from './shell.ts'
import { onTrusted } from './trusted.ts'

const css = `${colourSheet({ accent, pageGround, pageInk, pageQuiet, pageRim })}
:host {
  position: fixed !important; z-index: 2147483647 !important; display: block !important; inset: 0 auto auto 0 !important;
}
.box { position: fixed; width: max-content; max-width: min(360px, calc(100vw - 16px)); }
.notice {
  box-sizing: border-box; display: flex; gap: 10px; align-items: flex-start; padding: 9px 12px; border-radius: 8px;
  font: 13px/1.45 system-ui, sans-serif; color: var(--pageInk); background: var(--pageGround);
  border: 1px solid var(--pageRim);
  box-shadow: 0 4px 16px rgb(0 0 0 / 0.18);
}
/* A passing notice must not catch a click that was meant for the page's own button below it. */
.box:has(> .passing), .passing { pointer-events: none; } .passing button { pointer-events: auto; }
.words { flex: 1; min-width: 0; overflow-wrap: anywhere; }
button {
  font: inherit; font-weight: 600; color: var(--accent); background: none; border: 0; padding: 0 2px; margin: 0; cursor: pointer;
  border-radius: 4px; text-align: start;
}
button:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.close { color: var(--pageQuiet); font-weight: 400; }
@media (forced-colors: active) { .notice { border: 1px solid CanvasText; } }
`

const shownMs = 7_000
const gap = 6

export interface NoticeAction {
  readonly label: string
  readonly act: () => void
}

export interface NoticeManner {
  readonly action?: NoticeAction
  readonly stays?: boolean
  /** Called when the person closes it. */
  readonly closed?: () => void
}

/** Shows one notice at a time. */
export class Notices {
  #shown: AbortController | null = null

  /** Removes the notice, when the person has moved on to something else. */
  clear(): void {
    this.#shown?.abort()
    this.#shown = null
  }

  /** Shows `sentence` beside `field`, or in a corner. A notice that `stays` remains until closed; others close after 7 s. */
  say(
    sentence: string,
    field: Element | null,
    life: AbortSignal,
    { action, stays = action !== undefined, closed }: NoticeManner = {},
  ): void {
    this.clear()
    if (life.aborted) return
    const shown = new AbortController()
    this.#shown = shown
    const { host, box } = makeShell(css)
    const close = () => shown.abort()
    const text = element('span', { class: 'words' }, sentence)
    const body = element('div', { class: stays ? 'notice' : 'notice passing', role: stays ? 'alert' : 'status' }, text)
    if (action !== undefined) {
      const button = element('button', { type: 'button' }, action.label)
      onTrusted(button, 'click', shown.signal, () => {
        close()
        action.act()
      })
      text.append(' ', button)
    }
    const closing = element('button', { type: 'button', class: 'close', 'aria-label': words('page.close') }, '✕')
    const closeIt = () => {
      close()
      closed?.()
    }
    onTrusted(closing, 'click', shown.signal, closeIt)
    onTrusted(host, 'keydown', shown.signal, ({ key }) => {
      if (key === 'Escape') closeIt()
    })
    body.append(closing)
    box.append(body)
    ;(field?.closest('dialog') ?? document.documentElement).append(host)
    place(box, field, stays)
    const timer = stays ? undefined : setTimeout(close, shownMs)
    life.addEventListener('abort', close, { signal: shown.signal })
    shown.signal.addEventListener('abort', () => {
      clearTimeout(timer)
      host.remove()
    })
  }
}

/** Puts a passing notice at the field's far end, where pages seldom have buttons. */
function place(box: HTMLElement, field: Element | null, stays: boolean): void {
  const { width, height } = box.getBoundingClientRect()
  const around = field?.getBoundingClientRect()
  if (around === undefined || around.width === 0) {
    Object.assign(box.style, { insetInlineEnd: '16px', bottom: '16px' })
    return
  }
  const below = around.bottom + gap
  const top = below + height <= innerHeight ? below : Math.max(gap, around.top - height - gap)
  const left = stays ? around.left : around.right - width
  box.style.left = `${Math.round(Math.max(gap, Math.min(left, innerWidth - width - gap)))}px`
  box.style.top = `${Math.round(Math.min(top, innerHeight - height - gap))}px`
}
