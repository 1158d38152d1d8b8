// Bringing a vault back from a backup, on a device that has none, or one that cannot be read.

import { useSignal } from '@preact/signals'
import type { State } from '../../messages/shapes.ts'
import { Restore } from '../backup/restore.tsx'
import { Button } from '../parts/button.tsx'
import { Notice } from '../parts/notice.tsx'
import { Heading, Page, useTitle } from '../parts/page.tsx'
import { closeThis } from '../windows.ts'

export function RestoreVault({ seen, onBegin }: { seen: State; onBegin: () => void }) {
  useTitle('Restore from a backup')
  const done = useSignal(false)
  return (
    <Page cue={seen.cue}>
      <Heading>Restore from a backup</Heading>
      <p>
        Choose the file that you saved. It is opened by the password or the recovery key that the vault had when the
        file was made.
      </p>
      {seen.unreadable ? (
        <Notice kind="warning">
          <p>
            The vault on this device can’t be read. The backup takes its place; what was sealed after the backup was
            made may not open any more. The unreadable vault is kept aside in this browser profile.
          </p>
        </Notice>
      ) : null}
      <Restore
        label="Choose a backup file"
        onBegin={onBegin}
        onRestored={() => {
          done.value = true
        }}
      />
      <p class="actions">
        {done.value ? (
          <Button kind="main" onClick={() => void closeThis()}>
            Done
          </Button>
        ) : seen.unreadable ? null : (
          <a href="#create">Create a new vault instead</a>
        )}
      </p>
    </Page>
  )
}
