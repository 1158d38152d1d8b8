// A new recovery key, after the old one was used or whenever a person wants one.

import { useSignal } from '@preact/signals'
import type { State } from '../../messages/shapes.ts'
import { Button } from '../parts/button.tsx'
import { Notice } from '../parts/notice.tsx'
import { Heading, Page, useTitle } from '../parts/page.tsx'
import { UnlockFirst } from '../parts/unlockFirst.tsx'
import { ReplaceRecovery } from '../replaceRecovery.tsx'
import { closeThis } from '../windows.ts'

export function Renew({ seen, onBegin }: { seen: State; onBegin: () => void }) {
  useTitle('New recovery key')
  return <RenewSteps seen={seen} onDone={onBegin} />
}

interface Props {
  readonly seen: State
  readonly afterRecovery?: boolean
  readonly onDone?: () => void
}

export function RenewSteps({ seen, afterRecovery = false, onDone }: Props) {
  const done = useSignal(false)
  if (done.value) return <Done seen={seen} afterRecovery={afterRecovery} />
  return (
    <Page cue={seen.cue}>
      <Heading takesFocus={afterRecovery}>
        {afterRecovery ? 'Now a new recovery key' : 'Make a new recovery key'}
      </Heading>
      {afterRecovery ? (
        <Notice kind="done">
          <p>Your new password is set, and the vault is unlocked.</p>
        </Notice>
      ) : null}
      <p>
        {afterRecovery ? 'The key you just used may have been seen. ' : null}
        This one takes the place of the old key, which works until you have confirmed the new one.
      </p>
      {seen.vault === 'unlocked' ? (
        <ReplaceRecovery
          onDone={() => {
            done.value = true
            onDone?.()
          }}
        />
      ) : (
        <UnlockFirst>The vault is locked. Unlock it to make a new recovery key; the old one still works.</UnlockFirst>
      )}
    </Page>
  )
}

function Done({ seen, afterRecovery }: { seen: State; afterRecovery: boolean }) {
  return (
    <Page cue={seen.cue}>
      <Heading takesFocus>The recovery key is replaced</Heading>
      <p>
        {afterRecovery ? 'Your new password and your new recovery key both open the vault. ' : null}
        The old recovery key no longer opens anything: destroy it.
      </p>
      <div class="actions">
        <Button kind="main" onClick={() => void closeThis()}>
          Done
        </Button>
      </div>
    </Page>
  )
}
