// Sets a new password by shares: collects them one by one, as their holders read them out or hand them over. Tries nothing with
// fewer than are needed. The shares stay valid, so the page tells the person to replace them if anybody saw them.

import { useSignal } from '@preact/signals'
import { useMemo } from 'preact/hooks'
import { call } from '../../messages/call.ts'
import { counted, words } from '../../words.ts'
import { formatNumber } from '../app/format.ts'
import { useTask } from '../app/task.ts'
import type { Vault } from '../app/vault.ts'
import { Button, Progress } from '../parts/button.tsx'
import { ErrorNotice } from '../parts/notice.tsx'
import { useRecovery } from '../recovery/recoveryStatus.ts'
import { TypedShares } from '../recovery/typedShares.ts'
import { TypedSharesForm } from '../recovery/typedSharesForm.tsx'
import { NewPasswordFields, useNewPassword } from '../secrets/newPassword.tsx'
import { Heading, Page, useTitle } from '../window/page.tsx'
import { OwnPageLink } from '../window/placeLink.tsx'

export function ByShares({ vault, onBegin }: { vault: Vault; onBegin: () => void }) {
  useTitle(words('onboarding.shares.title'))
  const recovery = useRecovery(vault)
  const recovered = useSignal(false)
  const cue = vault.seen.value?.cue
  const status = recovery.status.value
  if (recovered.value) return <Recovered cue={cue} />
  if (status !== null && status.shares === null) return <NoShares cue={cue} />
  return (
    <Page cue={cue}>
      <Heading>{words('onboarding.shares.title')}</Heading>
      <ErrorNotice error={recovery.error.value}>
        <p class="actions">
          <Button onClick={() => void recovery.look()}>{words('app.tryAgain')}</Button>
        </p>
      </ErrorNotice>
      {status === null || status.shares === null ? null : (
        <>
          <p>
            {counted('onboarding.shares.needed', {
              n: status.shares.threshold,
              count: formatNumber(status.shares.count),
            })}
          </p>
          <Collect
            needed={status.shares.threshold}
            onBegin={onBegin}
            onRecovered={() => {
              recovered.value = true
              void vault.look()
            }}
          />
          <p>
            <a href="#recover">{words('onboarding.shares.useRecoveryKeyInstead')}</a>
          </p>
        </>
      )}
    </Page>
  )
}

interface CollectProps {
  readonly needed: number
  readonly onBegin: () => void
  readonly onRecovered: () => void
}

function Collect({ needed, onBegin, onRecovered }: CollectProps) {
  // What is there stays there, also when another window of ours changes the set meanwhile.
  const typed = useMemo(() => new TypedShares(needed), [])
  const fields = useNewPassword()
  const adding = useTask()
  const task = useTask()
  const working = useSignal(false)

  const submit = async (event: Event) => {
    event.preventDefault()
    let recovered = false
    await task.run('recover-by-shares', async () => {
      const chosen = await fields.take()
      if (chosen === null) return
      working.value = true
      try {
        onBegin()
        await call('recoverByShares', { shares: typed.letters(), ...chosen })
      } finally {
        working.value = false
      }
      typed.wipe()
      fields.wipe()
      recovered = true
    })
    if (recovered) onRecovered()
  }

  return (
    <>
      <TypedSharesForm shares={typed} adding={adding} />
      {typed.verdict.value.kind === 'open' ? (
        <form class="confirm" onSubmit={(event) => void submit(event)} noValidate>
          <h2>{words('onboarding.shares.setPassword')}</h2>
          <NewPasswordFields
            fields={fields}
            label={words('onboarding.shares.newPassword')}
            repeatLabel={words('onboarding.shares.repeatNewPassword')}
            busy={task.busy.value}
            takesFocus
          />
          <ErrorNotice error={task.error.value} />
          <div class="actions">
            <Button kind="main" submits busy={task.busy.value}>
              {words('onboarding.shares.set')}
            </Button>
            <Progress busy={working.value} label={words('onboarding.shares.setting')} />
          </div>
        </form>
      ) : null}
    </>
  )
}

function NoShares({ cue }: Pick<Parameters<typeof Page>[0], 'cue'>) {
  return (
    <Page cue={cue}>
      <Heading>{words('onboarding.shares.noShares')}</Heading>
      <p>{words('onboarding.shares.noneInForce')}</p>
      <p class="actions">
        <a href="#recover">{words('onboarding.shares.useRecoveryKey')}</a>
      </p>
    </Page>
  )
}

function Recovered({ cue }: Pick<Parameters<typeof Page>[0], 'cue'>) {
  return (
    <Page cue={cue}>
      <Heading takesFocus>{words('onboarding.shares.passwordSet')}</Heading>
      <p>{words('onboarding.shares.unlocked')}</p>
      <p>{words('onboarding.shares.stillWork')}</p>
      <div class="actions">
        <OwnPageLink to="/options.html#shares">{words('onboarding.shares.makeShares')}</OwnPageLink>
        <a href="#renew">{words('onboarding.shares.makeRecoveryKey')}</a>
      </div>
    </Page>
  )
}
