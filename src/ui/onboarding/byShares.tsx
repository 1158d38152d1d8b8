// Setting a new password by shares: they are collected here, one by one, as their holders read them out or hand them over.
// With fewer than are needed nothing is tried. The shares stay good, and the person is told to replace them if they were seen.

import { useSignal } from '@preact/signals'
import { useMemo } from 'preact/hooks'
import { call } from '../../messages/call.ts'
import { useDeed } from '../deed.ts'
import { NewPasswordFields, useNewPassword } from '../newPassword.tsx'
import { Button, Progress } from '../parts/button.tsx'
import { TroubleNotice } from '../parts/notice.tsx'
import { Heading, Page, useTitle } from '../parts/page.tsx'
import { PlaceLink } from '../parts/placeLink.tsx'
import { useRecovery } from '../recoveryNews.ts'
import type { Vault } from '../vault.ts'
import { TypedShares } from './typedShares.ts'
import { TypedSharesForm } from './typedSharesForm.tsx'

export function ByShares({ vault, onBegin }: { vault: Vault; onBegin: () => void }) {
  useTitle('Recover your vault with shares')
  const recovery = useRecovery(vault)
  const recovered = useSignal(false)
  const cue = vault.seen.value?.cue
  const news = recovery.news.value
  if (recovered.value) return <Recovered cue={cue} />
  if (news !== null && news.shares === null) return <NoShares cue={cue} />
  return (
    <Page cue={cue}>
      <Heading>Recover your vault with shares</Heading>
      <TroubleNotice trouble={recovery.trouble.value}>
        <p class="actions">
          <Button onClick={() => void recovery.look()}>Try again</Button>
        </p>
      </TroubleNotice>
      {news === null || news.shares === null ? null : (
        <>
          <p>
            {news.shares.threshold} of the {news.shares.count} shares are needed. Type them in one after the other.
            Fewer open nothing.
          </p>
          <Collect
            needed={news.shares.threshold}
            onBegin={onBegin}
            onRecovered={() => {
              recovered.value = true
              void vault.look()
            }}
          />
          <p>
            <a href="#recover">Use the recovery key instead</a>
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
  const adding = useDeed()
  const deed = useDeed()
  const working = useSignal(false)

  const submit = async (event: Event) => {
    event.preventDefault()
    let done = false
    await deed.run('recover-by-shares', async () => {
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
      done = true
    })
    if (done) onRecovered()
  }

  return (
    <>
      <TypedSharesForm shares={typed} adding={adding} />
      {typed.verdict.value.kind === 'open' ? (
        <form class="confirm" onSubmit={(event) => void submit(event)} noValidate>
          <h2>Set a new password</h2>
          <NewPasswordFields
            fields={fields}
            label="New password"
            repeatLabel="Repeat new password"
            busy={deed.busy.value}
            takesFocus
          />
          <TroubleNotice trouble={deed.trouble.value} />
          <div class="actions">
            <Button kind="main" submits busy={deed.busy.value}>
              Set new password
            </Button>
            <Progress busy={working.value} label="Setting the new password" />
          </div>
        </form>
      ) : null}
    </>
  )
}

function NoShares({ cue }: Pick<Parameters<typeof Page>[0], 'cue'>) {
  return (
    <Page cue={cue}>
      <Heading>This vault has no shares</Heading>
      <p>
        No shares are in force for the vault on this device. Shares that you have may be of another vault, or were taken
        back.
      </p>
      <p class="actions">
        <a href="#recover">Use the recovery key</a>
      </p>
    </Page>
  )
}

function Recovered({ cue }: Pick<Parameters<typeof Page>[0], 'cue'>) {
  return (
    <Page cue={cue}>
      <Heading takesFocus>Your new password is set</Heading>
      <p>The vault is unlocked, and everything in it is as it was.</p>
      <p>
        The shares you used still work. If anyone may have seen or copied them, make new shares: the old ones then open
        nothing. If your recovery key is lost too, make a new one.
      </p>
      <div class="actions">
        <PlaceLink to="/options.html#shares">Make new shares</PlaceLink>
        <a href="#renew">Make a new recovery key</a>
      </div>
    </Page>
  )
}
