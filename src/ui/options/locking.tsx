// When the vault locks by itself, and what each choice means. The choice lies inside the vault, so it is seen and changed while
// that is unlocked.

import { type Signal, useSignal } from '@preact/signals'
import { useEffect, useId } from 'preact/hooks'
import { call } from '../../messages/call.ts'
import { type AutoLock, minutesOffered } from '../../messages/locking.ts'
import { type Deed, useDeed } from '../deed.ts'
import { TroubleNotice } from '../parts/notice.tsx'
import { Switch } from '../parts/switch.tsx'
import { callProved } from '../proof.tsx'

export function Locking({ unlocked }: { unlocked: boolean }) {
  return (
    <section class="card" aria-labelledby="locking">
      <h2 id="locking">Locking</h2>
      {unlocked ? <Choices /> : <p>Unlock the vault first, to see and change when it locks by itself.</p>}
    </section>
  )
}

function Choices() {
  const id = useId()
  const deed = useDeed()
  const choice = useSignal<AutoLock | null>(null)
  const told = useSignal('')
  useEffect(() => {
    void deed.run('locking', async () => {
      choice.value = await call('autoLock', {})
    })
  }, [])
  const now = choice.value
  if (now === null) return <TroubleNotice trouble={deed.trouble.value} />
  const choose = (change: Partial<AutoLock>) => void store(choice, { ...now, ...change }, deed, told)
  return (
    <>
      <fieldset class="choices" aria-describedby={`${id}-meaning`}>
        <legend>Lock when nothing was done for</legend>
        {[...minutesOffered, null].map((minutes) => (
          <label key={minutes}>
            <input type="radio" name={id} checked={now.minutes === minutes} onChange={() => choose({ minutes })} />
            {minutesWords(minutes)}
          </label>
        ))}
      </fieldset>
      <p class="hint" id={`${id}-meaning`}>
        {meaning(now.minutes)}
      </p>
      <Switch
        label="Lock when the screen is locked"
        on={now.onScreenLock}
        onFlip={() => choose({ onScreenLock: !now.onScreenLock })}
        hint="At once, in Chrome and its kin on most systems. Firefox does not tell extensions of a locked screen; there the time above counts."
      />
      <Switch
        label="Lock when the last window is closed"
        on={now.onLastWindow}
        onFlip={() => choose({ onLastWindow: !now.onLastWindow })}
        hint="On some systems the browser lives on without a window. When the browser itself is closed, the vault is locked in any case."
      />
      <output class="told">{told.value}</output>
      <TroubleNotice trouble={deed.trouble.value} />
    </>
  )
}

/** Shows a choice at once and stores it; whatever is chosen while that takes is stored after it. */
async function store(
  choice: Signal<AutoLock | null>,
  wanted: AutoLock,
  deed: Deed,
  told: Signal<string>,
): Promise<void> {
  choice.value = wanted
  told.value = ''
  await deed.run('locking', async () => {
    try {
      for (let sent: AutoLock | null = null; choice.peek() !== sent; ) {
        sent = choice.peek()
        if (sent !== null) await callProved('setAutoLock', { choice: sent })
      }
      told.value = 'Saved.'
    } catch (thrown) {
      choice.value = await call('autoLock', {}).catch(() => choice.peek())
      throw thrown
    }
  })
}

export function minutesWords(minutes: AutoLock['minutes']): string {
  if (minutes === null) return 'Never'
  if (minutes >= 60) return minutes === 60 ? '1 hour' : `${minutes / 60} hours`
  return minutes === 1 ? '1 minute' : `${minutes} minutes`
}

export function meaning(minutes: AutoLock['minutes']): string {
  if (minutes === null)
    return 'The vault stays unlocked until you lock it or close the browser, unless something below locks it first. Whoever comes to the device meanwhile can read what you can.'
  return `After ${minutesWords(minutes)} without a key or a move of the mouse anywhere on the device, and after a sleep as long as that, everything that is open goes blank. An unfinished text is kept, sealed.`
}
