// Restores a vault from a backup, on a device that has none or whose vault cannot be read.

import { useSignal } from '@preact/signals'
import type { VaultState } from '../../messages/vault/vault.ts'
import { words } from '../../words.ts'
import { closeThis } from '../app/windows.ts'
import { Restore } from '../backup/restore.tsx'
import { Button } from '../parts/button.tsx'
import { Notice } from '../parts/notice.tsx'
import { Heading, Page, useTitle } from '../window/page.tsx'

export function RestoreVault({ seen, onBegin }: { seen: VaultState; onBegin: () => void }) {
  useTitle(words('onboarding.restore.title'))
  const done = useSignal(false)
  return (
    <Page cue={seen.cue}>
      <Heading>{words('onboarding.restore.title')}</Heading>
      <p>{words('onboarding.restore.what')}</p>
      {seen.unreadable ? (
        <Notice kind="warning">
          <p>{words('onboarding.restore.unreadable')}</p>
        </Notice>
      ) : null}
      <Restore
        label={words('onboarding.restore.choose')}
        onBegin={onBegin}
        onRestored={() => {
          done.value = true
        }}
      />
      <p class="actions">
        {done.value ? (
          <Button kind="main" onClick={() => void closeThis()}>
            {words('onboarding.restore.done')}
          </Button>
        ) : seen.unreadable ? null : (
          <a href="#create">{words('onboarding.restore.createNew')}</a>
        )}
      </p>
    </Page>
  )
}
