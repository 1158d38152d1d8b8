// When the vault locks by itself, and what each choice means. The vault stores the choice inside, so it can be seen and changed only
// while the vault is unlocked.

import { type Signal, useSignal } from '@preact/signals'
import { useEffect, useId } from 'preact/hooks'
import { call } from '../../messages/call.ts'
import type { AutoLock } from '../../messages/vault/autoLock.ts'
import { autoLockMinutes } from '../../policy.ts'
import { words } from '../../words.ts'
import { formatMinutes } from '../app/format.ts'
import { type Task, useTask } from '../app/task.ts'
import { ErrorNotice } from '../parts/notice.tsx'
import { Switch } from '../parts/switch.tsx'
import { callWithProof } from '../secrets/proof.tsx'

export function AutoLockCard({ unlocked }: { unlocked: boolean }) {
  return (
    <section class="card" aria-labelledby="locking">
      <h2 id="locking">{words('options.autoLock.heading')}</h2>
      {unlocked ? <Choices /> : <p>{words('options.autoLock.unlockFirst')}</p>}
    </section>
  )
}

function Choices() {
  const id = useId()
  const task = useTask()
  const choice = useSignal<AutoLock | null>(null)
  const message = useSignal('')
  useEffect(() => {
    void task.run('auto-lock', async () => {
      choice.value = await call('getAutoLock', {})
    })
  }, [])
  const current = choice.value
  if (current === null) return <ErrorNotice error={task.error.value} />
  const choose = (change: Partial<AutoLock>) => void store(choice, { ...current, ...change }, task, message)
  return (
    <>
      <fieldset class="choices" aria-describedby={`${id}-meaning`}>
        <legend>{words('options.autoLock.idle')}</legend>
        {[...autoLockMinutes, null].map((minutes) => (
          <label key={minutes}>
            <input type="radio" name={id} checked={current.minutes === minutes} onChange={() => choose({ minutes })} />
            {minutesWords(minutes)}
          </label>
        ))}
      </fieldset>
      <p class="hint" id={`${id}-meaning`}>
        {meaningSentence(current.minutes)}
      </p>
      <Switch
        label={words('options.autoLock.onScreenLock')}
        on={current.onScreenLock}
        onFlip={() => choose({ onScreenLock: !current.onScreenLock })}
        hint={words('options.autoLock.onScreenLockHint')}
      />
      <Switch
        label={words('options.autoLock.onLastWindow')}
        on={current.onLastWindow}
        onFlip={() => choose({ onLastWindow: !current.onLastWindow })}
        hint={words('options.autoLock.onLastWindowHint')}
      />
      <output class="message">{message.value}</output>
      <ErrorNotice error={task.error.value} />
    </>
  )
}

/** Shows a choice at once and stores it; a choice made meanwhile is stored after it. */
async function store(
  choice: Signal<AutoLock | null>,
  chosen: AutoLock,
  task: Task,
  message: Signal<string>,
): Promise<void> {
  choice.value = chosen
  message.value = ''
  await task.run('auto-lock', async () => {
    try {
      for (let stored: AutoLock | null = null; choice.peek() !== stored; ) {
        stored = choice.peek()
        if (stored !== null) await callWithProof('setAutoLock', { choice: stored })
      }
      message.value = words('options.saved')
    } catch (thrown) {
      choice.value = await call('getAutoLock', {}).catch(() => choice.peek())
      throw thrown
    }
  })
}

export function minutesWords(minutes: AutoLock['minutes']): string {
  return minutes === null ? words('options.autoLock.never') : formatMinutes(minutes)
}

export function meaningSentence(minutes: AutoLock['minutes']): string {
  if (minutes === null) return words('options.autoLock.neverMeans')
  return words('options.autoLock.idleMeans', { time: formatMinutes(minutes) })
}
