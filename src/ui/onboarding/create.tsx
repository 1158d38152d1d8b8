// Making the vault: password, recovery key, cue, practice. Before the recovery key is confirmed nothing exists, and the
// password is kept in this tab's memory only; it is forgotten as soon as the vault is made.

import { useSignal } from '@preact/signals'
import { call } from '../../messages/call.ts'
import type { Cue } from '../../messages/shapes.ts'
import { useDeed } from '../deed.ts'
import type { Chosen } from '../newPassword.tsx'
import { Heading, Page, useTitle } from '../parts/page.tsx'
import { RecoveryKey } from '../recoveryKey.tsx'
import { defaultVaultName } from '../recoverySheet.ts'
import type { Vault } from '../vault.ts'
import { ChoosePassword } from './choosePassword.tsx'
import { MeetCue } from './meetCue.tsx'
import { Practice } from './practice.tsx'
import { Steps } from './steps.tsx'

type Step =
  | { readonly at: 'password' }
  | { readonly at: 'key'; readonly chosen: Chosen; readonly recoveryKey: string }
  | { readonly at: 'cue'; readonly cue: Cue }
  | { readonly at: 'practice'; readonly cue: Cue }

export function Create({ vault, onBegin }: { vault: Vault; onBegin: () => void }) {
  useTitle('Create your vault')
  const step = useSignal<Step>({ at: 'password' })
  const deed = useDeed()

  const create = async (chosen: Chosen, recoveryKey: string) => {
    await deed.run('create', async () => {
      step.value = { at: 'cue', cue: await made(vault, chosen, recoveryKey) }
    })
  }

  const now = step.value
  switch (now.at) {
    case 'password':
      return (
        <ChoosePassword
          onChosen={(chosen, recoveryKey) => {
            onBegin()
            step.value = { at: 'key', chosen, recoveryKey }
          }}
        />
      )
    case 'key':
      return (
        <Page>
          <Steps at={1} />
          <Heading takesFocus>Write down your recovery key</Heading>
          <p>
            It is the only other way into your vault. Nobody can reset a password for you: with both the password and
            this key lost, what you sealed stays sealed for ever.
          </p>
          <p>
            Your vault is kept in this browser. If you ever remove Fieldseal from it, the vault is deleted too: save a
            backup file first, in the options.
          </p>
          <RecoveryKey
            recoveryKey={now.recoveryKey}
            vaultName={defaultVaultName}
            deed={deed}
            doing="Creating your vault"
            onConfirmed={() => void create(now.chosen, now.recoveryKey)}
          />
        </Page>
      )
    case 'cue':
      return (
        <MeetCue
          cue={now.cue}
          onMet={() => {
            step.value = { at: 'practice', cue: now.cue }
          }}
        />
      )
    case 'practice':
      return <Practice cue={now.cue} />
  }
}

/** Makes the vault. When the answer was lost on the way, the vault may be there all the same. */
async function made(vault: Vault, chosen: Chosen, recoveryKey: string): Promise<Cue> {
  try {
    return (await call('createVault', { ...chosen, recoveryKey })).cue
  } catch (thrown) {
    await vault.look()
    const seen = vault.seen.peek()
    if (seen?.vault === 'unlocked' && seen.cue !== null) return seen.cue
    throw thrown
  }
}
