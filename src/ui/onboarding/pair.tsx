// Brings a vault over from another browser to one that has none.

import { useSignal } from '@preact/signals'
import type { VaultState } from '../../messages/vault/vault.ts'
import { words } from '../../words.ts'
import { closeThis, openTab } from '../app/windows.ts'
import { AcceptPairing } from '../pairing/acceptPairing.tsx'
import { Button } from '../parts/button.tsx'
import { Notice } from '../parts/notice.tsx'
import { say } from '../parts/say.tsx'
import { CueChip } from '../window/cue.tsx'
import { Heading, Page, useTitle } from '../window/page.tsx'

export function Pair({ seen, onBegin }: { seen: VaultState; onBegin: () => void }) {
  useTitle(words('onboarding.pair.title'))
  const outcome = useSignal<{ byKey: boolean } | null>(null)
  return (
    <Page cue={seen.cue}>
      <Heading>{words('onboarding.pair.title')}</Heading>
      {outcome.value !== null ? null : <p>{words('onboarding.pair.howTo', { button: words('pairing.show.title') })}</p>}
      <AcceptPairing
        into="nothing"
        onBegin={onBegin}
        onAccepted={(byKey) => {
          outcome.value = { byKey }
        }}
      />
      {outcome.value !== null && seen.cue ? (
        <>
          <p>{words('onboarding.pair.cue')}</p>
          <p class="centre">
            <CueChip cue={seen.cue} large />
          </p>
        </>
      ) : null}
      {outcome.value?.byKey ? (
        <Notice>
          <p>{say('onboarding.pair.byRecoveryKey', { recover: (text) => <a href="#recover">{text}</a> })}</p>
        </Notice>
      ) : null}
      <p class="actions">
        {outcome.value !== null ? (
          <Button kind="main" onClick={() => void openTab('/options.html').then(closeThis)}>
            {words('onboarding.pair.openOptions')}
          </Button>
        ) : (
          <>
            <a href="#create">{words('onboarding.pair.createNew')}</a>
            <a href="#join">{words('onboarding.pair.join')}</a>
          </>
        )}
      </p>
    </Page>
  )
}
