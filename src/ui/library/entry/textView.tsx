// Shows a text, however long: its beginning at once, the rest on request, in pieces that the browser lays out only when they
// become visible.

import { useSignal } from '@preact/signals'
import { useMemo } from 'preact/hooks'
import { counted, words } from '../../../words.ts'
import { formatNumber } from '../../app/format.ts'
import { Button } from '../../parts/button.tsx'
import { beginningOf, maxShownChars, splitText, withoutLastBreak } from './textPieces.ts'

export function TextView({ text, label }: { text: string; label: string }) {
  const all = useSignal(false)
  const long = text.length > maxShownChars
  const shown = long && !all.value ? beginningOf(text) : text
  const pieces = useMemo(() => (shown.length > maxShownChars ? splitText(shown) : [shown]), [shown])
  return (
    <>
      <section class="text" aria-label={label}>
        {pieces.map((piece, index) => (
          <div class="text-piece" dir="auto" key={index}>
            {index < pieces.length - 1 ? withoutLastBreak(piece) : piece}
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
            {words('libraryEntry.showAll')}
          </Button>
          <span class="hint">
            {counted('libraryEntry.shown', { shown: formatNumber(shown.length), n: text.length })}
          </span>
        </p>
      ) : null}
    </>
  )
}
