// Says that the vault will lock by itself before long, and takes back that nothing is being done. The time ticks silently; what is
// read out is said three times at most.

import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { call } from '../../messages/call.ts'
import type { Locking } from '../../messages/locking.ts'
import { useDeed } from '../deed.ts'
import { Button } from '../parts/button.tsx'
import { Notice, TroubleNotice } from '../parts/notice.tsx'

const tickMs = 250
/** How often it is asked whether the time was put off meanwhile, as when the person moves the mouse. */
const askEveryMs = 3_000
/** The longest wait that a timer can be set to. */
const farMs = 2 ** 31 - 1

interface Props {
  readonly locking: Locking | null
  readonly look: () => Promise<void>
}

export function Countdown({ locking, look }: Props) {
  const leftMs = useLeft(locking, look)
  const deed = useDeed()
  const stayed = useSignal(false)
  const stay = () =>
    void deed.run('stay', async () => {
      await call('stayUnlocked', {})
      stayed.value = true
      await look()
      // The button that was pressed is gone.
      document.querySelector<HTMLElement>('main h1')?.focus()
    })
  const spoken = leftMs !== null ? spokenWords(leftMs) : stayed.value ? 'The vault stays unlocked.' : ''
  return (
    <div class="countdown">
      {leftMs === null ? null : (
        <Notice kind="lock">
          <p role="timer">{countdownWords(leftMs)}</p>
          <p class="actions">
            <Button onClick={stay} busy={deed.busy.value}>
              Stay unlocked
            </Button>
          </p>
        </Notice>
      )}
      <p class="unseen" role="status">
        {spoken}
      </p>
      <TroubleNotice trouble={deed.trouble.value} />
    </div>
  )
}

/** What is left of the time, once it is little; else null. */
function useLeft(locking: Locking | null, look: () => Promise<void>): number | null {
  const now = useSignal(Date.now())
  const at = locking?.at ?? null
  const sayFrom = locking?.sayFrom ?? null
  useEffect(() => {
    if (at === null || sayFrom === null) return
    let ticking: ReturnType<typeof setInterval> | undefined
    let askedAt = Date.now()
    const tick = () => {
      now.value = Date.now()
      const due = now.peek() >= at || now.peek() < sayFrom
      if (now.peek() - askedAt < (due ? tickMs : askEveryMs)) return
      askedAt = now.peek()
      void look()
    }
    const waiting = setTimeout(
      () => {
        now.value = Date.now()
        ticking = setInterval(tick, tickMs)
        void look()
      },
      Math.min(Math.max(sayFrom - Date.now(), 0), farMs),
    )
    return () => {
      clearTimeout(waiting)
      clearInterval(ticking)
    }
  }, [at, sayFrom])
  if (at === null || sayFrom === null || now.value < sayFrom) return null
  return Math.max(at - now.value, 0)
}

/** As on a clock: minutes and seconds, those begun counted whole. */
export function countdownWords(leftMs: number): string {
  const seconds = Math.ceil(leftMs / 1000)
  const clock = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
  return `Locks in ${clock} because nothing was done`
}

/** Changes seldom, so that it is read out seldom. */
export function spokenWords(leftMs: number): string {
  if (leftMs > 60_000) return 'The vault locks in less than two minutes because nothing was done.'
  if (leftMs > 15_000) return 'The vault locks in less than a minute.'
  return 'The vault locks in a few seconds.'
}
