// A new recovery key, after the old one was used or whenever a person wants one.

import { useSignal } from '@preact/signals'
import type { VaultState } from '../../messages/vault/vault.ts'
import { words } from '../../words.ts'
import { closeThis } from '../app/windows.ts'
import { Button } from '../parts/button.tsx'
import { Notice } from '../parts/notice.tsx'
import { ReplaceRecovery } from '../recovery/replaceRecovery.tsx'
import { Heading, Page, useTitle } from '../window/page.tsx'
import { UnlockFirst } from '../window/unlockFirst.tsx'

export function Renew({ seen, onBegin }: { seen: VaultState; onBegin: () => void }) {
  useTitle(words('onboarding.renew.title'))
  return <RenewSteps seen={seen} onDone={onBegin} />
}

interface Props {
  readonly seen: VaultState
  readonly afterRecovery?: boolean
  readonly onDone?: () => void
}

export function RenewSteps({ seen, afterRecovery = false, onDone }: Props) {
  const done = useSignal(false)
  if (done.value) return <Done seen={seen} afterRecovery={afterRecovery} />
  return (
    <Page cue={seen.cue}>
      <Heading takesFocus={afterRecovery}>
        {afterRecovery ? words('onboarding.renew.headingAfterRecovery') : words('onboarding.renew.heading')}
      </Heading>
      {afterRecovery ? (
        <Notice kind="done">
          <p>{words('onboarding.renew.passwordSet')}</p>
        </Notice>
      ) : null}
      <p>{afterRecovery ? words('onboarding.renew.whatAfterRecovery') : words('onboarding.renew.what')}</p>
      {seen.vault === 'unlocked' ? (
        <ReplaceRecovery
          onDone={() => {
            done.value = true
            onDone?.()
          }}
        />
      ) : (
        <UnlockFirst>{words('onboarding.renew.locked')}</UnlockFirst>
      )}
    </Page>
  )
}

function Done({ seen, afterRecovery }: { seen: VaultState; afterRecovery: boolean }) {
  return (
    <Page cue={seen.cue}>
      <Heading takesFocus>{words('onboarding.renew.replaced')}</Heading>
      <p>{afterRecovery ? words('onboarding.renew.destroyOldAfterRecovery') : words('onboarding.renew.destroyOld')}</p>
      <div class="actions">
        <Button kind="main" onClick={() => void closeThis()}>
          {words('onboarding.renew.done')}
        </Button>
      </div>
    </Page>
  )
}
