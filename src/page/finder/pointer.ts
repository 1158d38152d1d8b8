// Shows a person where a text is in a page: scrolls to it, and draws an outline around it for a while. The page may see all of this. It
// learns that the person looked for a text whose ciphertext it has.

import { accent, colourSheet, pageGap, pageGlow } from '../../colours.ts'
import { words } from '../../words.ts'
import type { Notices } from '../script/notice.ts'
import { hostOf } from '../script/scriptApis.ts'
import { makeShell } from '../script/shell.ts'
import { onTrusted } from '../script/trusted.ts'
import type { FoundText } from './seek.ts'

const shownMs = 6_000
/** While the page's layout settles, a text that moves out of view is scrolled back, unless the person has acted. */
const settlesMs = 2_000
const scrollsAtMost = 4
const gap = 5

const css = `${colourSheet({ accent, pageGap, pageGlow })}
:host {
  position: fixed !important; z-index: 2147483646 !important; display: block !important; inset: 0 auto auto 0 !important;
  pointer-events: none !important;
}
.box {
  position: fixed; box-sizing: border-box; border: 3px solid var(--accent); border-radius: 8px; pointer-events: none;
  box-shadow: 0 0 0 2px var(--pageGap), 0 0 0 9px var(--pageGlow);
}
@media (forced-colors: active) { .box { border-color: Highlight; } }
`

export class TextPointer {
  readonly #notices: Notices

  constructor(notices: Notices) {
    this.#notices = notices
  }

  show(found: FoundText, life: AbortSignal): void {
    const over = new AbortController()
    const end = () => over.abort()
    const { host, box } = makeShell(css)
    const startedAt = performance.now()
    let [scrolls, frame] = [0, 0]
    /** The person has scrolled, clicked or typed, so we no longer scroll. */
    let acted = false
    for (const kind of ['wheel', 'touchmove', 'pointerdown', 'keydown'] as const) {
      onTrusted(window, kind, over.signal, () => {
        acted = true
      })
    }
    const follow = () => {
      const rect = boxOf(found)
      host.hidden = rect === null
      if (rect !== null) {
        if (!acted && scrolls < scrollsAtMost && performance.now() - startedAt < settlesMs && isOutOfView(rect)) {
          scrolls++
          scrollTo(found)
        }
        const { left, top, width, height } = boxOf(found) ?? rect
        box.style.left = `${Math.round(left - gap)}px`
        box.style.top = `${Math.round(top - gap)}px`
        box.style.width = `${Math.round(width + 2 * gap)}px`
        box.style.height = `${Math.round(height + 2 * gap)}px`
      }
      frame = requestAnimationFrame(follow)
    }
    const around = elementOf(found)
    ;(around?.closest('dialog') ?? document.documentElement).append(host)
    scrollTo(found)
    follow()
    this.#notices.say(words(boxOf(found) === null ? 'page.finder.unseen' : 'page.finder.here'), around, life)
    const timer = setTimeout(end, shownMs)
    life.addEventListener('abort', end, { signal: over.signal })
    over.signal.addEventListener('abort', () => {
      clearTimeout(timer)
      cancelAnimationFrame(frame)
      host.remove()
    })
  }
}

/** The element for a text: the field that holds it, the host that shows it, or the element that contains it. */
function elementOf(found: FoundText): Element | null {
  if ('field' in found) return found.field
  return hostOf(found.sealed) ?? found.match.spans[0]?.node.parentElement ?? null
}

/** Its box in viewport px; null if it is not drawn. */
function boxOf(found: FoundText): DOMRect | null {
  const host = 'field' in found ? found.field : hostOf(found.sealed)
  const rect =
    host === null && 'match' in found ? rangeOver(found)?.getBoundingClientRect() : host?.getBoundingClientRect()
  return rect === undefined || (rect.width === 0 && rect.height === 0) ? null : rect
}

/** A range over the text as it is now: a cover may have cut its nodes since it was found. */
function rangeOver({ match }: Extract<FoundText, { match: unknown }>): Range | null {
  const [first, last] = [match.spans[0], match.spans.at(-1)]
  if (first === undefined || last === undefined || !first.node.isConnected || !last.node.isConnected) return null
  const range = document.createRange()
  range.setStart(first.node, Math.min(first.from, first.node.data.length))
  range.setEnd(last.node, Math.min(last.to, last.node.data.length))
  return range
}

function scrollTo(found: FoundText): void {
  const element = elementOf(found)
  if (element === null) return
  element.scrollIntoView({ block: element.clientHeight > innerHeight ? 'start' : 'center', inline: 'nearest' })
  // Of an element taller than the window, only the beginning is in view now.
  const rect = boxOf(found)
  if (rect !== null && isOutOfView(rect)) scrollBy({ top: rect.top - innerHeight / 3 })
}

function isOutOfView({ top, bottom }: DOMRect): boolean {
  return bottom < gap || top > innerHeight - gap
}
