// The composer's window, whatever it was opened for: writing, reading, copying a sealed text, or putting an opened one back.

import { useEffect } from 'preact/hooks'
import type { Trouble } from '../deed.ts'
import { Button } from '../parts/button.tsx'
import { TroubleNotice } from '../parts/notice.tsx'
import { Heading, Page, useTitle } from '../parts/page.tsx'
import { UnlockFirst } from '../parts/unlockFirst.tsx'
import { VaultRemoved } from '../parts/vaultRemoved.tsx'
import { useVault } from '../vault.ts'
import { closeThis } from '../windows.ts'
import type { Desk, Kept } from './desk.ts'
import { PutBack } from './putBack.tsx'
import { Read } from './read.tsx'
import { Sealed } from './sealed.tsx'
import { Write } from './write.tsx'

export function Composer({ desk }: { desk: Desk }) {
  useEscape(desk)
  const scene = desk.scene.value
  switch (scene.at) {
    case 'starting':
      return (
        <Page>
          <h1 class="unseen">Fieldseal</h1>
        </Page>
      )
    case 'locked':
      return <Locked kept={scene.kept} />
    case 'trouble':
      return <Troubled trouble={scene.trouble} desk={desk} />
    case 'write':
      return <Write desk={desk} opening={scene.opening} />
    case 'read':
      return <Read opening={scene.opening} />
    case 'copy':
      return <Sealed desk={desk} scene={scene} />
    case 'put-back':
      return <PutBack desk={desk} scene={scene} />
    case 'put':
      return (
        <Page>
          <Heading takesFocus>Put back</Heading>
          <p>The opened text is in the field. You can close this window.</p>
        </Page>
      )
    case 'sealed':
      return (
        <Page>
          <Heading takesFocus>Sealed</Heading>
          <p>The sealed text is in the field. You can close this window.</p>
        </Page>
      )
  }
}

const keptSentences: Readonly<Record<Kept, string>> = {
  nothing: 'The vault is locked. Unlock it to go on here.',
  all: 'The vault is locked. Your text was kept, sealed; unlock the vault and it comes back here.',
  most: 'The vault is locked. Your text was kept, sealed, but perhaps not its last few letters. Unlock the vault and it comes back here.',
}

/** It could not begin. Where the browser has removed the vault, that is why. */
function Troubled({ trouble, desk }: { trouble: Trouble; desk: Desk }) {
  const seen = useVault().seen.value
  return (
    <Page>
      <Heading>{seen?.removed ? 'Your vault is gone' : 'Fieldseal'}</Heading>
      {seen?.removed ? (
        <VaultRemoved />
      ) : (
        <TroubleNotice trouble={trouble}>
          <p class="actions">
            <Button onClick={() => void desk.begin()}>Try again</Button>
          </p>
        </TroubleNotice>
      )}
    </Page>
  )
}

function Locked({ kept }: { kept: Kept }) {
  useTitle('Locked')
  return (
    <Page>
      <Heading takesFocus>Locked</Heading>
      <UnlockFirst>{keptSentences[kept]}</UnlockFirst>
      <p class="hint">You can also unlock it in the toolbar. This window goes on by itself.</p>
    </Page>
  )
}

/** Escape closes the window. A text under way is kept first. */
function useEscape(desk: Desk): void {
  useEffect(() => {
    const heard = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.isComposing || event.defaultPrevented) return
      event.preventDefault()
      void (desk.scene.peek().at === 'write' ? desk.leave() : closeThis())
    }
    addEventListener('keydown', heard)
    return () => removeEventListener('keydown', heard)
  }, [desk])
}
