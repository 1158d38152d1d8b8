// Setting a new password by the recovery key, which is then replaced by a new one. If that is left unfinished, the old
// recovery key goes on working and the popup and options say so.

import { useSignal } from '@preact/signals'
import { useMemo } from 'preact/hooks'
import { call } from '../../messages/call.ts'
import { words } from '../../words.ts'
import { useTask } from '../app/task.ts'
import type { Vault } from '../app/vault.ts'
import { Button, Progress } from '../parts/button.tsx'
import { ErrorNotice } from '../parts/notice.tsx'
import { say } from '../parts/say.tsx'
import { useRecovery } from '../recovery/recoveryStatus.ts'
import { TypedKey, TypedKeyField } from '../recovery/typedKey.tsx'
import { NewPasswordFields, useNewPassword } from '../secrets/newPassword.tsx'
import { Heading, Page, useTitle } from '../window/page.tsx'
import { RenewSteps } from './renew.tsx'

export function Recover({ vault, onBegin }: { vault: Vault; onBegin: () => void }) {
  useTitle(words('onboarding.recover.title'))
  const recovered = useSignal(false)
  const typedKey = useMemo(() => new TypedKey(), [])
  const fields = useNewPassword()
  const task = useTask()
  const working = useSignal(false)
  const shares = useRecovery(vault).status.value?.shares ?? null

  const submit = (event: Event) => {
    event.preventDefault()
    void task.run('recover', async () => {
      const recoveryKey = await typedKey.take()
      const chosen = recoveryKey === null ? null : await fields.take()
      if (recoveryKey === null || chosen === null) return
      working.value = true
      try {
        onBegin()
        await call('recover', { recoveryKey, ...chosen })
      } finally {
        working.value = false
      }
      typedKey.wipe()
      fields.wipe()
      recovered.value = true
      await vault.look()
    })
  }

  const seen = vault.seen.value
  if (recovered.value && seen !== null) return <RenewSteps seen={seen} afterRecovery />
  return (
    <Page cue={seen?.cue}>
      <Heading>{words('onboarding.recover.title')}</Heading>
      <p>{words('onboarding.recover.what')}</p>
      <form onSubmit={submit} noValidate>
        <TypedKeyField typedKey={typedKey} busy={task.busy.value} />
        <NewPasswordFields
          fields={fields}
          label={words('onboarding.recover.newPassword')}
          repeatLabel={words('onboarding.recover.repeatNewPassword')}
          busy={task.busy.value}
        />
        <ErrorNotice error={task.error.value} />
        <div class="actions">
          <Button kind="main" submits busy={task.busy.value}>
            {words('onboarding.recover.set')}
          </Button>
          <Progress busy={working.value} label={words('onboarding.recover.setting')} />
        </div>
      </form>
      {shares === null ? null : (
        <p>{say('onboarding.recover.useShares', { shares: (text) => <a href="#shares">{text}</a> })}</p>
      )}
    </Page>
  )
}
