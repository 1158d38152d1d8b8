// A text to be read, however long: its beginning at once, the rest when it is asked for, in pieces that the browser lays out
// only when they come to be seen.

import { useSignal } from '@preact/signals'
import { useMemo } from 'preact/hooks'
import { Button } from '../parts/button.tsx'
import { beginningOf, piecesOf, shownAtOnce, withoutLastBreak } from './pieces.ts'

export function TextView({ text, label }: { text: string; label: string }) {
  const all = useSignal(false)
  const long = text.length > shownAtOnce
  const shown = long && !all.value ? beginningOf(text) : text
  const pieces = useMemo(() => (shown.length > shownAtOnce ? piecesOf(shown) : [shown]), [shown])
  return (
    <>
      <section class="text" aria-label={label}>
        {pieces.map((piece, nth) => (
          <div class="text-piece" dir="auto" key={nth}>
            {nth < pieces.length - 1 ? withoutLastBreak(piece) : piece}
          </div>
        ))}
      </section>
      {long && !all.value ? (
        <p class="actions more">
          <Button
            onClick={() => {
              all.value = true
            }}
          >
            Show all
          </Button>
          <span class="hint">
            {shown.length.toLocaleString('en')} of {text.length.toLocaleString('en')} letters are shown.
          </span>
        </p>
      ) : null}
    </>
  )
}
