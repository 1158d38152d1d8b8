// The first step: a password for the vault. A recovery key is proposed at its end; nothing exists yet.

import { call } from '../../messages/call.ts'
import { words } from '../../words.ts'
import { useTask } from '../app/task.ts'
import { Button } from '../parts/button.tsx'
import { ErrorNotice, Notice } from '../parts/notice.tsx'
import { type ChosenPassword, NewPasswordFields, useNewPassword } from '../secrets/newPassword.tsx'
import { Heading, Page } from '../window/page.tsx'
import { VaultElsewhere } from './elsewhere.tsx'
import { Steps } from './steps.tsx'

export function ChoosePassword({ onChosen }: { onChosen: (chosen: ChosenPassword, recoveryKey: string) => void }) {
  const fields = useNewPassword()
  const task = useTask()
  const submit = (event: Event) => {
    event.preventDefault()
    void task.run('create', async () => {
      const chosen = await fields.take()
      if (chosen === null) return
      const { recoveryKey } = await call('proposeRecoveryKey', {})
      onChosen(chosen, recoveryKey)
    })
  }
  return (
    <Page>
      <Steps current={0} />
      <Heading>{words('onboarding.create.title')}</Heading>
      <p>{words('onboarding.create.what')}</p>
      <VaultElsewhere />
      <form onSubmit={submit} noValidate>
        <NewPasswordFields
          fields={fields}
          label={words('onboarding.create.password')}
          repeatLabel={words('onboarding.create.repeatPassword')}
          busy={task.busy.value}
          takesFocus
        />
        <Notice kind="warning">
          <p>{words('onboarding.create.noReset')}</p>
        </Notice>
        <ErrorNotice error={task.error.value} />
        <div class="actions">
          <Button kind="main" submits busy={task.busy.value}>
            {words('onboarding.create.create')}
          </Button>
          <a href="#restore">{words('onboarding.create.restoreBackup')}</a>
        </div>
      </form>
    </Page>
  )
}
