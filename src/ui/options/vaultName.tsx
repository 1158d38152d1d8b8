// The vault's name. It stands on printed sheets, so that a sheet found years later says what it is for.

import { useSignal } from '@preact/signals'
import { createRef } from 'preact'
import { useLayoutEffect, useMemo } from 'preact/hooks'
import { call } from '../../messages/call.ts'
import { maxNameChars } from '../../messages/vault/recovery.ts'
import { words } from '../../words.ts'
import { useTask } from '../app/task.ts'
import { Button } from '../parts/button.tsx'
import { TextField } from '../parts/field.tsx'
import { ErrorNotice } from '../parts/notice.tsx'
import { vaultNameOf } from '../recovery/recoverySheet.ts'
import type { Recovery } from '../recovery/recoveryStatus.ts'

export function VaultName({ recovery }: { recovery: Recovery }) {
  const box = useMemo(() => createRef<HTMLInputElement>(), [])
  const task = useTask()
  const message = useSignal('')
  const status = recovery.status.value
  const name = status && vaultNameOf(status.name)
  useLayoutEffect(() => {
    // Does not overwrite what the person is typing.
    if (box.current && name !== null && document.activeElement !== box.current) box.current.value = name
  }, [box, name])

  const save = (event: Event) => {
    event.preventDefault()
    message.value = ''
    void task.run('name-vault', async () => {
      const typed = box.current?.value.trim() ?? ''
      // As it is without a name of its own, in whatever language.
      await call('nameVault', { vaultName: typed === vaultNameOf(null) ? '' : typed })
      await recovery.look()
      const stored = recovery.status.peek()
      if (box.current && stored) box.current.value = vaultNameOf(stored.name)
      message.value = words('options.saved')
    })
  }
  return (
    <section class="card" aria-labelledby="vault-name">
      <h2 id="vault-name">{words('options.vaultName.heading')}</h2>
      <form onSubmit={save} noValidate>
        <TextField
          label={words('options.vaultName.label')}
          prose
          box={box}
          busy={task.busy.value}
          maxChars={maxNameChars}
          hint={words('options.vaultName.hint')}
          onInput={() => {
            message.value = ''
          }}
        />
        <ErrorNotice error={task.error.value} />
        <div class="actions">
          <Button submits busy={task.busy.value}>
            {words('options.vaultName.rename')}
          </Button>
          <output>{message.value}</output>
        </div>
      </form>
    </section>
  )
}
