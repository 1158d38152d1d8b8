// Warns that the vault will soon lock by itself, and lets the person stay. The time ticks silently; three sentences at most are
// read out.

import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { call } from '../../messages/call.ts'
import type { LockTime } from '../../messages/vault/autoLock.ts'
import { msPerMinute } from '../../time.ts'
import { words } from '../../words.ts'
import { formatCountdown } from '../app/format.ts'
import { useTask } from '../app/task.ts'
import { Button } from '../parts/button.tsx'
import { ErrorNotice, Notice } from '../parts/notice.tsx'

const tickMs = 250
/** How often to ask whether the lock was postponed meanwhile, as when the person moves the mouse. */
const checkEveryMs = 3_000
/** The longest wait that a timer can be set to. */
const maxTimerMs = 2 ** 31 - 1

interface Props {
  readonly locking: LockTime | null
  readonly look: () => Promise<void>
}

export function Countdown({ locking, look }: Props) {
  const leftMs = useTimeLeft(locking, look)
  const task = useTask()
  const hasStayed = useSignal(false)
  const stay = () =>
    void task.run('stay-unlocked', async () => {
      await call('stayUnlocked', {})
      hasStayed.value = true
      await look()
      // The button that was pressed is gone.
      document.querySelector<HTMLElement>('main h1')?.focus()
    })
  const spoken = leftMs !== null ? spokenWords(leftMs) : hasStayed.value ? words('popup.countdown.stays') : ''
  return (
    <div class="countdown">
      {leftMs === null ? null : (
        <Notice kind="lock">
          <p role="timer">{countdownWords(leftMs)}</p>
          <p class="actions">
            <Button onClick={stay} busy={task.busy.value}>
              {words('popup.countdown.stay')}
            </Button>
          </p>
        </Notice>
      )}
      <p class="unseen" role="status">
        {spoken}
      </p>
      <ErrorNotice error={task.error.value} />
    </div>
  )
}

/** Milliseconds until the lock, from `sayFrom` on; null before. */
function useTimeLeft(locking: LockTime | null, look: () => Promise<void>): number | null {
  const now = useSignal(Date.now())
  const locksAt = locking?.at ?? null
  const sayFrom = locking?.sayFrom ?? null
  useEffect(() => {
    if (locksAt === null || sayFrom === null) return
    let ticking: ReturnType<typeof setInterval> | undefined
    let checkedAt = Date.now()
    const tick = () => {
      now.value = Date.now()
      const due = now.peek() >= locksAt || now.peek() < sayFrom
      if (now.peek() - checkedAt < (due ? tickMs : checkEveryMs)) return
      checkedAt = now.peek()
      void look()
    }
    const waiting = setTimeout(
      () => {
        now.value = Date.now()
        ticking = setInterval(tick, tickMs)
        void look()
      },
      Math.min(Math.max(sayFrom - Date.now(), 0), maxTimerMs),
    )
    return () => {
      clearTimeout(waiting)
      clearInterval(ticking)
    }
  }, [locksAt, sayFrom])
  if (locksAt === null || sayFrom === null || now.value < sayFrom) return null
  return Math.max(locksAt - now.value, 0)
}

export const countdownWords = (leftMs: number): string =>
  words('popup.countdown.locksIn', { clock: formatCountdown(leftMs) })

/** Changes seldom, so that it is read out seldom. */
export function spokenWords(leftMs: number): string {
  if (leftMs > msPerMinute) return words('popup.countdown.underTwoMinutes')
  if (leftMs > 15_000) return words('popup.countdown.underOneMinute')
  return words('popup.countdown.fewSeconds')
}
