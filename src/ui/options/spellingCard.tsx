// Whether the browser may check the spelling of what is being written in our windows.

import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { call } from '../../messages/call.ts'
import { useDeed } from '../deed.ts'
import { TroubleNotice } from '../parts/notice.tsx'
import { Switch } from '../parts/switch.tsx'

export function SpellingCard() {
  const on = useSignal<boolean | null>(null)
  const said = useSignal('')
  const deed = useDeed()
  useEffect(() => {
    void deed.run('writing', async () => {
      on.value = (await call('writing', {})).spelling
    })
  }, [])
  const flip = () => {
    const spelling = !on.peek()
    said.value = ''
    void deed.run('writing', async () => {
      await call('chooseWriting', { spelling })
      on.value = spelling
      said.value = 'Saved.'
    })
  }
  return (
    <section class="card" aria-labelledby="spelling">
      <h2 id="spelling">Spelling</h2>
      {on.value === null ? null : (
        <Switch
          label="Check spelling while you write"
          on={on.value}
          onFlip={flip}
          hint="Off unless you turn it on, because some browsers send what you type to a server to check it."
        />
      )}
      <output class="told">{said.value}</output>
      <TroubleNotice trouble={deed.trouble.value} />
    </section>
  )
}
