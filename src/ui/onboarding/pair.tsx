// Bringing a vault over from another browser, to one that has none.

import { useSignal } from '@preact/signals'
import type { State } from '../../messages/shapes.ts'
import { Take } from '../pairing/take.tsx'
import { Button } from '../parts/button.tsx'
import { Heading, Page, useTitle } from '../parts/page.tsx'
import { closeThis, openTab } from '../windows.ts'

export function Pair({ seen, onBegin }: { seen: State; onBegin: () => void }) {
  useTitle('Pair with another browser')
  const done = useSignal(false)
  return (
    <Page cue={seen.cue}>
      <Heading>Pair with another browser</Heading>
      {done.value ? null : (
        <p>
          In the browser that has your vault, open Fieldseal’s options. Under “Other devices”, choose “Show this vault
          to another browser”. Then bring over what it shows, in whatever way suits you.
        </p>
      )}
      <Take
        into="nothing"
        onBegin={onBegin}
        onTaken={() => {
          done.value = true
        }}
      />
      <p class="actions">
        {done.value ? (
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
