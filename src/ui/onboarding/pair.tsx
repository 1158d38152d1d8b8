// Bringing a vault over from another browser, to one that has none.

import { useSignal } from '@preact/signals'
import type { State } from '../../messages/shapes.ts'
import { Take } from '../pairing/take.tsx'
import { Button } from '../parts/button.tsx'
import { CueChip } from '../parts/cue.tsx'
import { Notice } from '../parts/notice.tsx'
import { Heading, Page, useTitle } from '../parts/page.tsx'
import { closeThis, openTab } from '../windows.ts'

export function Pair({ seen, onBegin }: { seen: State; onBegin: () => void }) {
  useTitle('Pair with another browser')
  const done = useSignal<{ byKey: boolean } | null>(null)
  return (
    <Page cue={seen.cue}>
      <Heading>Pair with another browser</Heading>
      {done.value !== null ? null : (
        <p>
          In the browser that has your vault, open Fieldseal’s options. Under “Other devices”, choose “Show this vault
          to another browser”. Then bring over what it shows, in whatever way suits you.
        </p>
      )}
      <Take
        into="nothing"
        onBegin={onBegin}
        onTaken={(byKey) => {
          done.value = { byKey }
        }}
      />
      {done.value !== null && seen.cue ? (
        <>
          <p>This is its cue; it is the one you know from the other browser:</p>
          <p class="centre">
            <CueChip cue={seen.cue} large />
          </p>
        </>
      ) : null}
      {done.value?.byKey ? (
        <Notice>
          <p>
            It was opened by the recovery key. If you don’t know the password, <a href="#recover">set a new one</a>.
          </p>
        </Notice>
      ) : null}
      <p class="actions">
        {done.value !== null ? (
          <Button kind="main" onClick={() => void openTab('/options.html').then(closeThis)}>
            Open the options
          </Button>
        ) : (
          <>
            <a href="#create">Create a new vault instead</a>
            <a href="#join">Join one from the browser’s sync or a file</a>
          </>
        )}
      </p>
    </Page>
  )
}
