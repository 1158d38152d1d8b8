// The popup: no vault, locked, or unlocked. The same page, opened as the unlock window, only unlocks and closes itself.

import { useSignalEffect } from '@preact/signals'
import { useLayoutEffect } from 'preact/hooks'
import { words } from '../../words.ts'
import { useFoundVault } from '../app/foundVault.ts'
import { useVault } from '../app/vault.ts'
import { closeThis, type OwnPage, openTab, type UnlockWindow } from '../app/windows.ts'
import { Button } from '../parts/button.tsx'
import { ErrorNotice, Notice } from '../parts/notice.tsx'
import { Heading, Page } from '../window/page.tsx'
import { OwnPageLink } from '../window/placeLink.tsx'
import { VaultRemoved } from '../window/vaultRemoved.tsx'
import { Unlock } from './unlock.tsx'
import { UnlockedView } from './unlockedView.tsx'

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
      {seen === null ? <h1 class="unseen">{words('extension.name')}</h1> : null}
      <ErrorNotice error={vault.error.value}>
        <p class="actions">
          <Button onClick={() => void vault.look()}>{words('app.tryAgain')}</Button>
        </p>
      </ErrorNotice>
      {seen?.vault === 'none' && !seen.removed ? <NoVault /> : null}
      {seen?.removed ? (
        <>
          <Heading>{words('app.vaultGone')}</Heading>
          <VaultRemoved />
        </>
      ) : null}
      {seen?.vault === 'locked' ? <Unlock inWindow={inWindow} onUnlocked={() => vault.look()} /> : null}
      {seen?.vault === 'unlocked' && !forUnlock ? <UnlockedView seen={seen} look={() => vault.look()} /> : null}
      {seen?.vault === 'unlocked' && forUnlock ? <Unlocked /> : null}
    </Page>
  )
}

function NoVault() {
  const found = useFoundVault()
  const openAndClose = async (page: OwnPage) => {
    await openTab(page)
    await closeThis()
  }
  return (
    <>
      <Heading>{words('popup.noVault.heading')}</Heading>
      <p>{words('popup.noVault.what')}</p>
      {found === 'vault' || found === 'arriving' ? (
        <>
          <div class="found">
            <Notice>
              <p>{words('popup.noVault.found')}</p>
            </Notice>
          </div>
          <div class="actions">
            <Button kind="main" onClick={() => void openAndClose('/onboarding.html#join')}>
              {words('popup.noVault.join')}
            </Button>
            <OwnPageLink to="/onboarding.html">{words('popup.noVault.createNew')}</OwnPageLink>
          </div>
        </>
      ) : (
        <div class="actions">
          <Button kind="main" onClick={() => void openAndClose('/onboarding.html')}>
            {words('popup.noVault.create')}
          </Button>
          <OwnPageLink to="/onboarding.html#join">{words('popup.noVault.joinOther')}</OwnPageLink>
        </div>
      )}
    </>
  )
}

/** Seen only where the browser does not let the window close itself. */
function Unlocked() {
  return (
    <>
      <Heading>{words('popup.unlocked.heading')}</Heading>
      <p>{words('popup.unlocked.closeWindow')}</p>
    </>
  )
}
