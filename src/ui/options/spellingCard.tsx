// Whether the browser may check the spelling of what the person writes in our windows.

import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { call } from '../../messages/call.ts'
import { words } from '../../words.ts'
import { useTask } from '../app/task.ts'
import { ErrorNotice } from '../parts/notice.tsx'
import { Switch } from '../parts/switch.tsx'

export function SpellingCard() {
  const isOn = useSignal<boolean | null>(null)
  const message = useSignal('')
  const task = useTask()
  useEffect(() => {
    void task.run('writing', async () => {
      isOn.value = (await call('getSpelling', {})).spelling
    })
  }, [])
  const flip = () => {
    const spelling = !isOn.peek()
    message.value = ''
    void task.run('writing', async () => {
      await call('setSpelling', { spelling })
      isOn.value = spelling
      message.value = words('options.saved')
    })
  }
  return (
    <section class="card" aria-labelledby="spelling">
      <h2 id="spelling">{words('options.spelling.heading')}</h2>
      {isOn.value === null ? null : (
        <Switch
          label={words('options.spelling.check')}
          on={isOn.value}
          onFlip={flip}
          hint={words('options.spelling.checkHint')}
        />
      )}
      <output class="told">{message.value}</output>
      <ErrorNotice error={task.error.value} />
    </section>
  )
}
