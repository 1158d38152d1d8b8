// The popup: no vault, locked, or unlocked. The same page, opened as the unlock window, only unlocks and closes itself.

import { useSignalEffect } from '@preact/signals'
import { useLayoutEffect } from 'preact/hooks'
import { useFound } from '../found.ts'
import { Button } from '../parts/button.tsx'
import { Notice, TroubleNotice } from '../parts/notice.tsx'
import { Heading, Page } from '../parts/page.tsx'
import { PlaceLink } from '../parts/placeLink.tsx'
import { VaultRemoved } from '../parts/vaultRemoved.tsx'
import { useVault } from '../vault.ts'
import { closeThis, openTab, type Place, type UnlockWindow } from '../windows.ts'
import { AtHand } from './atHand.tsx'
import { Unlock } from './unlock.tsx'

export function Popup({ inWindow }: { inWindow: UnlockWindow | null }) {
  const forUnlock = inWindow !== null
  const vault = useVault()
  useLayoutEffect(() => {
    document.body.classList.toggle('in-window', forUnlock)
  }, [forUnlock])
  useSignalEffect(() => {
    if (forUnlock && vault.seen.value?.vault === 'unlocked') void closeThis()
  })
  const seen = vault.seen.value
  return (
    <Page cue={seen?.cue}>
      {seen === null ? <h1 class="unseen">Fieldseal</h1> : null}
      <TroubleNotice trouble={vault.trouble.value}>
        <p class="actions">
          <Button onClick={() => void vault.look()}>Try again</Button>
        </p>
      </TroubleNotice>
      {seen?.vault === 'none' && !seen.removed ? <NoVault /> : null}
      {seen?.removed ? (
        <>
          <Heading>Your vault is gone</Heading>
          <VaultRemoved />
        </>
      ) : null}
      {seen?.vault === 'locked' ? <Unlock inWindow={inWindow} onUnlocked={() => vault.look()} /> : null}
      {seen?.vault === 'unlocked' && !forUnlock ? <AtHand seen={seen} look={() => vault.look()} /> : null}
      {seen?.vault === 'unlocked' && forUnlock ? <Unlocked /> : null}
    </Page>
  )
}

function NoVault() {
  const found = useFound()
  const go = async (place: Place) => {
    await openTab(place)
    await closeThis()
  }
  return (
    <>
      <Heading>Write so that only you can read it</Heading>
      <p>
        Fieldseal encrypts what you write before a website has it, and shows it to you again in place. Everything stays
        on this device.
      </p>
      {found === 'vault' || found === 'arriving' ? (
        <>
          <div class="found">
            <Notice>
              <p>A vault of yours was found in the browser’s sync.</p>
            </Notice>
          </div>
          <div class="actions">
            <Button kind="main" onClick={() => void go('/onboarding.html#join')}>
              Join your vault
            </Button>
            <PlaceLink to="/onboarding.html">Create a new one</PlaceLink>
          </div>
        </>
      ) : (
        <div class="actions">
          <Button kind="main" onClick={() => void go('/onboarding.html')}>
            Create your vault
          </Button>
          <PlaceLink to="/onboarding.html#join">You have one on another device?</PlaceLink>
        </div>
      )}
    </>
  )
}

/** Seen only where the browser does not let the window close itself. */
function Unlocked() {
  return (
    <>
      <Heading>Unlocked</Heading>
      <p>You can close this window.</p>
    </>
  )
}
