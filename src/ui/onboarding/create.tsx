// Making the vault: password, recovery key, cue, practice. Before the recovery key is confirmed nothing exists, and the
// password is kept in this tab's memory only; it is forgotten as soon as the vault is made.

import { useSignal } from '@preact/signals'
import { call } from '../../messages/call.ts'
import type { Cue } from '../../messages/shapes.ts'
import { words } from '../../words.ts'
import { useTask } from '../app/task.ts'
import type { Vault } from '../app/vault.ts'
import { RecoveryKey } from '../recovery/recoveryKey.tsx'
import { vaultNameOf } from '../recovery/recoverySheet.ts'
import type { ChosenPassword } from '../secrets/newPassword.tsx'
import { Heading, Page, useTitle } from '../window/page.tsx'
import { ChoosePassword } from './choosePassword.tsx'
import { MeetCue } from './meetCue.tsx'
import { Practice } from './practice.tsx'
import { Steps } from './steps.tsx'

type Step =
  | { readonly kind: 'password' }
  | { readonly kind: 'key'; readonly chosen: ChosenPassword; readonly recoveryKey: string }
  | { readonly kind: 'cue'; readonly cue: Cue }
  | { readonly kind: 'practice'; readonly cue: Cue }

export function Create({ vault, onBegin }: { vault: Vault; onBegin: () => void }) {
  useTitle(words('onboarding.create.title'))
  const step = useSignal<Step>({ kind: 'password' })
  const task = useTask()

  const create = async (chosen: ChosenPassword, recoveryKey: string) => {
    await task.run('create', async () => {
      step.value = { kind: 'cue', cue: await createOrFind(vault, chosen, recoveryKey) }
    })
  }

  const current = step.value
  switch (current.kind) {
    case 'password':
      return (
        <ChoosePassword
          onChosen={(chosen, recoveryKey) => {
            onBegin()
            step.value = { kind: 'key', chosen, recoveryKey }
          }}
        />
      )
    case 'key':
      return (
        <Page>
          <Steps current={1} />
          <Heading takesFocus>{words('onboarding.recoveryKey.heading')}</Heading>
          <p>{words('onboarding.recoveryKey.onlyOtherWay')}</p>
          <p>{words('onboarding.recoveryKey.saveBackup')}</p>
          <RecoveryKey
            recoveryKey={current.recoveryKey}
            vaultName={vaultNameOf(null)}
            task={task}
            taskLabel={words('onboarding.recoveryKey.creating')}
            onConfirmed={() => void create(current.chosen, current.recoveryKey)}
          />
        </Page>
      )
    case 'cue':
      return (
        <MeetCue
          cue={current.cue}
          onMet={() => {
            step.value = { kind: 'practice', cue: current.cue }
          }}
        />
      )
    case 'practice':
      return <Practice cue={current.cue} />
  }
}

/** Creates the vault. When the answer got lost, the vault may exist all the same. */
async function createOrFind(vault: Vault, chosen: ChosenPassword, recoveryKey: string): Promise<Cue> {
  try {
    return (await call('createVault', { ...chosen, recoveryKey })).cue
  } catch (thrown) {
    await vault.look()
    const seen = vault.seen.peek()
    if (seen?.vault === 'unlocked' && seen.cue !== null) return seen.cue
    throw thrown
  }
}
