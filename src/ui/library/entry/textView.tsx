// Shows a text, however long: its beginning at once, the rest on request, in pieces that the browser lays out only when they
// become visible.

import { useSignal } from '@preact/signals'
import { useMemo } from 'preact/hooks'
import { counted, words } from '../../../words.ts'
import { formatNumber } from '../../app/format.ts'
import { Button } from '../../parts/button.tsx'
import { maxShownChars, removeLastBreak, splitText, takeBeginning } from './textPieces.ts'

export function TextView({ text, label }: { text: string; label: string }) {
  const showsAll = useSignal(false)
  const isLong = text.length > maxShownChars
  const shownText = isLong && !showsAll.value ? takeBeginning(text) : text
  const pieces = useMemo(() => (shownText.length > maxShownChars ? splitText(shownText) : [shownText]), [shownText])
  return (
    <>
      <section class="text" aria-label={label}>
        {pieces.map((piece, index) => (
          <div class="text-piece" dir="auto" key={index}>
            {index < pieces.length - 1 ? removeLastBreak(piece) : piece}
          </div>
        ))}
      </section>
      {isLong && !showsAll.value ? (
        <p class="actions more">
          <Button
            onClick={() => {
              showsAll.value = true
            }}
          >
            {words('libraryEntry.showAll')}
          </Button>
          <span class="hint">
            {counted('libraryEntry.shown', { shown: formatNumber(shownText.length), n: text.length })}
          </span>
        </p>
      ) : null}
    </>
  )
}
