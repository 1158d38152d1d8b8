// Changes the password, and only the password: texts, sites and the recovery key stay good.

import { type Signal, useSignal } from '@preact/signals'
import { createRef } from 'preact'
import { useMemo } from 'preact/hooks'
import { call } from '../../../messages/call.ts'
import { words } from '../../../words.ts'
import { useTask } from '../../app/task.ts'
import { Button, Progress } from '../../parts/button.tsx'
import { PasswordField } from '../../parts/field.tsx'
import { ErrorNotice, Notice } from '../../parts/notice.tsx'
import { NewPasswordFields, useNewPassword } from '../../secrets/newPassword.tsx'

export function ChangePassword() {
  const current = useMemo(() => createRef<HTMLInputElement>(), [])
  const currentError: Signal<string | null> = useSignal<string | null>(null)
  const fields = useNewPassword()
  const task = useTask()
  const working = useSignal(false)
  const done = useSignal(false)

  const submit = (event: Event) => {
    event.preventDefault()
    done.value = false
    void change()
  }
  const change = async () => {
    const changed = await task.run('change-password', async () => {
      const currentPassword = current.current?.value ?? ''
      currentError.value = currentPassword === '' ? words('optionsAccess.password.emptyCurrent') : null
      if (currentPassword === '') {
        current.current?.focus()
        return
      }
      const chosen = await fields.take()
      if (chosen === null) return
      working.value = true
      await call('changePassword', { current: currentPassword, next: chosen.password, strong: chosen.strong })
      if (current.current) current.current.value = ''
      fields.wipe()
      done.value = true
    })
    working.value = false
    if (!changed && task.error.value?.code === 'wrong-secret') {
      current.current?.focus()
      current.current?.select()
    }
  }

  return (
    <section class="card" aria-labelledby="password">
      <h2 id="password">{words('optionsAccess.password.heading')}</h2>
      <form onSubmit={submit} noValidate>
        <PasswordField
          label={words('optionsAccess.password.current')}
          box={current}
          busy={task.busy.value}
          error={currentError.value}
          onInput={() => {
            currentError.value = null
          }}
        />
        <NewPasswordFields
          fields={fields}
          label={words('optionsAccess.password.next')}
          repeatLabel={words('optionsAccess.password.repeat')}
          busy={task.busy.value}
        />
        <ErrorNotice error={task.error.value} />
        <div role="status">
          {done.value ? (
            <Notice kind="done">
              <p>{words('optionsAccess.password.changed')}</p>
            </Notice>
          ) : null}
        </div>
        <div class="actions">
          <Button submits busy={task.busy.value}>
            {words('optionsAccess.password.change')}
          </Button>
          <Progress busy={working.value} label={words('optionsAccess.password.changing')} />
        </div>
      </form>
    </section>
  )
}
