// Shows a person where a text is in a page: scrolls to it, and draws an outline around it for a while. The page may see all of this; it
// learns that somebody looked for a text of which it has the ciphertext.

import { accent, colourSheet, pageGap, pageGlow } from '../../colours.ts'
import { words } from '../../words.ts'
import type { Notices } from '../script/notice.ts'
import { hostOf } from '../script/scriptApis.ts'
import { makeShell } from '../script/shell.ts'
import { onTrusted } from '../script/trusted.ts'
import type { FoundText } from './seek.ts'

const shownMs = 6_000
/** While a page comes to rest around it, a text that has slid out of view is brought back; not once the person has acted. */
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
    /** A person who scrolls, clicks or types is not scrolled against. */
    let acted = false
    for (const kind of ['wheel', 'touchmove', 'pointerdown', 'keydown'] as const) {
      onTrusted(window, kind, over.signal, () => {
        acted = true
      })
    }
    const follow = () => {
      const at = boxOf(found)
      host.hidden = at === null
      if (at !== null) {
        if (!acted && scrolls < scrollsAtMost && performance.now() - startedAt < settlesMs && isOutOfView(at)) {
          scrolls++
          scrollTo(found)
        }
        const { left, top, width, height } = boxOf(found) ?? at
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

/** What stands for a text in the page: the field that holds it, what it is shown by, or the element that it is in. */
function elementOf(found: FoundText): Element | null {
  if ('field' in found) return found.field
  return hostOf(found.sealed) ?? found.match.spans[0]?.node.parentElement ?? null
}

/** Where it lies in the window; null where it is not drawn. */
function boxOf(found: FoundText): DOMRect | null {
  const host = 'field' in found ? found.field : hostOf(found.sealed)
  const at =
    host === null && 'match' in found ? rangeOver(found)?.getBoundingClientRect() : host?.getBoundingClientRect()
  return at === undefined || (at.width === 0 && at.height === 0) ? null : at
}

/** The text as it stands now: what covers texts may have cut its nodes shorter since it was found. */
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
  // An element that is longer than the window has come into view with its beginning.
  const at = boxOf(found)
  if (at !== null && isOutOfView(at)) scrollBy({ top: at.top - innerHeight / 3 })
}

function isOutOfView({ top, bottom }: DOMRect): boolean {
  return bottom < gap || top > innerHeight - gap
}
