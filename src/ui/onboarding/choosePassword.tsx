// The first step: a password for the vault. A recovery key is proposed at its end; nothing exists yet.

import { call } from '../../messages/call.ts'
import { useDeed } from '../deed.ts'
import { type Chosen, NewPasswordFields, useNewPassword } from '../newPassword.tsx'
import { Button } from '../parts/button.tsx'
import { Notice, TroubleNotice } from '../parts/notice.tsx'
import { Heading, Page } from '../parts/page.tsx'
import { Elsewhere } from './elsewhere.tsx'
import { Steps } from './steps.tsx'

export function ChoosePassword({ onChosen }: { onChosen: (chosen: Chosen, recoveryKey: string) => void }) {
  const fields = useNewPassword()
  const deed = useDeed()
  const submit = (event: Event) => {
    event.preventDefault()
    void deed.run('create', async () => {
      const chosen = await fields.take()
      if (chosen === null) return
      const { recoveryKey } = await call('proposeRecovery', {})
      onChosen(chosen, recoveryKey)
    })
  }
  return (
    <Page>
      <Steps at={0} />
      <Heading>Create your vault</Heading>
      <p>
        The vault holds the keys to everything you seal. It stays on this device and opens with one password, which
        Fieldseal never stores.
      </p>
      <Elsewhere />
      <form onSubmit={submit} noValidate>
        <NewPasswordFields
          fields={fields}
          label="Password"
          repeatLabel="Repeat password"
          busy={deed.busy.value}
          takesFocus
        />
        <Notice kind="warning">
          <p>
            Nobody can reset this password, not even we. In the next step you get a recovery key for the day you forget
            it.
          </p>
        </Notice>
        <TroubleNotice trouble={deed.trouble.value} />
        <div class="actions">
          <Button kind="main" submits busy={deed.busy.value}>
            Create vault
          </Button>
          <a href="#restore">Restore from a backup file</a>
        </div>
      </form>
    </Page>
  )
}
