// The parts of a pairing as QR codes, one after the other, for the camera of another device. They move by themselves, or
// one by one where the person wants no motion.

import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { msPerMinute } from '../../../time.ts'
import { counted, words } from '../../../words.ts'
import { formatNumber } from '../../app/format.ts'
import { Button } from '../../parts/button.tsx'
import { QrCode } from '../../parts/qr.tsx'

/** Four changes a second are two flashes of any point at most: fewer than the three that may harm. */
const frameMs = 250
/** With more pictures than these a round takes a minute. */
const maxFramesPerRound = 240

export function QrSequence({ parts }: { parts: readonly string[] }) {
  const index = useSignal(0)
  const plays = useSignal(!matchMedia('(prefers-reduced-motion: reduce)').matches)
  const count = parts.length
  const move = (steps: number) => {
    index.value = (index.peek() + steps + count) % count
  }
  const step = (steps: number) => {
    plays.value = false
    move(steps)
  }
  const isPlaying = plays.value && count > 1
  useEffect(() => {
    if (!isPlaying) return
    const timer = setInterval(() => move(1), frameMs)
    return () => clearInterval(timer)
  }, [isPlaying, count])
  const label = words('pairing.pictures.name', {
    number: formatNumber(index.value + 1),
    count: formatNumber(count),
  })
  return (
    <div class="moving" onFocusIn={keepInView}>
      <QrCode text={parts[index.value] ?? ''} label={label} spare="low" />
      <p class="hint" aria-hidden="true">
        {label}
      </p>
      <p class="unseen" role="status">
        {isPlaying ? counted('pairing.pictures.moving', { n: count }) : label}
      </p>
      {count > maxFramesPerRound ? (
        <p class="hint">{counted('pairing.pictures.many', { n: Math.ceil((count * frameMs) / msPerMinute) })}</p>
      ) : null}
      {count === 1 ? null : (
        <p class="actions">
          <Button
            onClick={() => {
              plays.value = !plays.peek()
            }}
          >
            {isPlaying ? words('pairing.pictures.pause') : words('pairing.pictures.move')}
          </Button>
          <Button onClick={() => step(-1)}>{words('pairing.pictures.previous')}</Button>
          <Button onClick={() => step(1)}>{words('pairing.pictures.next')}</Button>
        </p>
      )}
    </div>
  )
}

/**
 * A browser that scrolls to a button for the keyboard may scroll the picture away from the camera in front of it. Not for
 * the mouse: what is scrolled under it while it is pressed is not clicked.
 */
function keepInView({ target, currentTarget }: { target: EventTarget | null; currentTarget: HTMLElement }): void {
  if (target instanceof HTMLElement && target.matches(':focus-visible'))
    currentTarget.scrollIntoView({ block: 'nearest' })
}
