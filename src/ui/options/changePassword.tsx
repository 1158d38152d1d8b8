// Changing the password. Only the password changes: texts, sites and the recovery key stay good.

import { type Signal, useSignal } from '@preact/signals'
import { createRef } from 'preact'
import { useMemo } from 'preact/hooks'
import { call } from '../../messages/call.ts'
import { useDeed } from '../deed.ts'
import { NewPasswordFields, useNewPassword } from '../newPassword.tsx'
import { Button, Progress } from '../parts/button.tsx'
import { PasswordField } from '../parts/field.tsx'
import { Notice, TroubleNotice } from '../parts/notice.tsx'

export function ChangePassword() {
  const current = useMemo(() => createRef<HTMLInputElement>(), [])
  const currentError: Signal<string | null> = useSignal<string | null>(null)
  const fields = useNewPassword()
  const deed = useDeed()
  const working = useSignal(false)
  const done = useSignal(false)

  const submit = (event: Event) => {
    event.preventDefault()
    done.value = false
    void change()
  }
  const change = async () => {
    const changed = await deed.run('change-password', async () => {
      const old = current.current?.value ?? ''
      currentError.value = old === '' ? 'Type the current password.' : null
      if (old === '') {
        current.current?.focus()
        return
      }
      const next = await fields.take()
      if (next === null) return
      working.value = true
      await call('changePassword', { current: old, next: next.password, strong: next.strong })
      if (current.current) current.current.value = ''
      fields.wipe()
      done.value = true
    })
    working.value = false
    if (!changed && deed.trouble.value?.code === 'wrong-secret') {
      current.current?.focus()
      current.current?.select()
    }
  }

  return (
    <section class="card" aria-labelledby="password">
      <h2 id="password">Password</h2>
      <form onSubmit={submit} noValidate>
        <PasswordField
          label="Current password"
          box={current}
          busy={deed.busy.value}
          error={currentError.value}
          onInput={() => {
            currentError.value = null
          }}
        />
        <NewPasswordFields
          fields={fields}
          label="New password"
          repeatLabel="Repeat new password"
          busy={deed.busy.value}
        />
        <TroubleNotice trouble={deed.trouble.value} />
        <div role="status">
          {done.value ? (
            <Notice kind="done">
              <p>The password is changed. Only the password: your texts, your sites and your recovery key stay good.</p>
            </Notice>
          ) : null}
        </div>
        <div class="actions">
          <Button submits busy={deed.busy.value}>
            Change password
          </Button>
          <Progress busy={working.value} label="Changing the password" />
        </div>
      </form>
    </section>
  )
}
