// Setting a new password by the recovery key, which is then replaced by a new one. If that is left unfinished, the old
// recovery key goes on working and the popup and options say so.

import { useSignal } from '@preact/signals'
import { useMemo } from 'preact/hooks'
import { call } from '../../messages/call.ts'
import { useDeed } from '../deed.ts'
import { NewPasswordFields, useNewPassword } from '../newPassword.tsx'
import { Button, Progress } from '../parts/button.tsx'
import { TroubleNotice } from '../parts/notice.tsx'
import { Heading, Page, useTitle } from '../parts/page.tsx'
import { useRecovery } from '../recoveryNews.ts'
import { TypedKey, TypedKeyField } from '../typedKey.tsx'
import type { Vault } from '../vault.ts'
import { RenewSteps } from './renew.tsx'

export function Recover({ vault, onBegin }: { vault: Vault; onBegin: () => void }) {
  useTitle('Recover your vault')
  const recovered = useSignal(false)
  const typedKey = useMemo(() => new TypedKey(), [])
  const fields = useNewPassword()
  const deed = useDeed()
  const working = useSignal(false)
  const shared = useRecovery(vault).news.value?.shares ?? null

  const submit = (event: Event) => {
    event.preventDefault()
    void deed.run('recover', async () => {
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
      <Heading>Recover your vault</Heading>
      <p>With your recovery key you can set a new password. Everything in the vault stays as it is.</p>
      <form onSubmit={submit} noValidate>
        <TypedKeyField typedKey={typedKey} busy={deed.busy.value} />
        <NewPasswordFields
          fields={fields}
          label="New password"
          repeatLabel="Repeat new password"
          busy={deed.busy.value}
        />
        <TroubleNotice trouble={deed.trouble.value} />
        <div class="actions">
          <Button kind="main" submits busy={deed.busy.value}>
            Set new password
          </Button>
          <Progress busy={working.value} label="Setting the new password" />
        </div>
      </form>
      {shared === null ? null : (
        <p>
          No recovery key, but people who keep shares for you? <a href="#shares">Use shares instead</a>
        </p>
      )}
    </Page>
  )
}
