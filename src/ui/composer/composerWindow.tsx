// The composer's window, whatever it was opened for: writing, reading, copying a sealed text, or putting an opened one back.

import { useEffect } from 'preact/hooks'
import { type PlainKey, words } from '../../words.ts'
import type { UserError } from '../app/task.ts'
import { useVault } from '../app/vault.ts'
import { closeThis } from '../app/windows.ts'
import { Button } from '../parts/button.tsx'
import { ErrorNotice } from '../parts/notice.tsx'
import { Heading, Page, useTitle } from '../window/page.tsx'
import { UnlockFirst } from '../window/unlockFirst.tsx'
import { VaultRemoved } from '../window/vaultRemoved.tsx'
import type { Composer, SealedResult } from './composer.ts'
import { PutBack } from './putBack.tsx'
import { Read } from './read.tsx'
import { Sealed } from './sealed.tsx'
import { Write } from './write.tsx'

export function ComposerWindow({ composer }: { composer: Composer }) {
  useEscape(composer)
  const view = composer.view.value
  switch (view.kind) {
    case 'starting':
      return (
        <Page>
          <h1 class="unseen">{words('extension.name')}</h1>
        </Page>
      )
    case 'locked':
      return <Locked kept={view.kept} />
    case 'failed':
      return <Failed error={view.error} composer={composer} />
    case 'write':
      return <Write composer={composer} opening={view.opening} />
    case 'read':
      return <Read opening={view.opening} />
    case 'copy':
      return <Sealed composer={composer} view={view} />
    case 'put-back':
      return <PutBack composer={composer} view={view} />
    case 'put':
      return (
        <Page>
          <Heading takesFocus>{words('composer.placed.putBack')}</Heading>
          <p>{words('composer.placed.openedInField')}</p>
        </Page>
      )
    case 'sealed':
      return (
        <Page>
          <Heading takesFocus>{words('composer.placed.sealed')}</Heading>
          <p>{words('composer.placed.sealedInField')}</p>
        </Page>
      )
  }
}

const keptKeys = {
  nothing: 'composer.locked.nothing',
  all: 'composer.locked.all',
  most: 'composer.locked.most',
} as const satisfies Record<SealedResult, PlainKey>

/** It could not begin. Where the browser has removed the vault, that is why. */
function Failed({ error, composer }: { error: UserError; composer: Composer }) {
  const seen = useVault().seen.value
  return (
    <Page>
      <Heading>{seen?.removed ? words('app.vaultGone') : words('extension.name')}</Heading>
      {seen?.removed ? (
        <VaultRemoved />
      ) : (
        <ErrorNotice error={error}>
          <p class="actions">
            <Button onClick={() => void composer.begin()}>{words('app.tryAgain')}</Button>
          </p>
        </ErrorNotice>
      )}
    </Page>
  )
}

function Locked({ kept }: { kept: SealedResult }) {
  useTitle(words('composer.locked.heading'))
  return (
    <Page>
      <Heading takesFocus>{words('composer.locked.heading')}</Heading>
      <UnlockFirst>{words(keptKeys[kept])}</UnlockFirst>
      <p class="hint">{words('composer.locked.toolbar')}</p>
    </Page>
  )
}

/** Escape closes the window. An unfinished text is kept first. */
function useEscape(composer: Composer): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.isComposing || event.defaultPrevented) return
      event.preventDefault()
      void (composer.view.peek().kind === 'write' ? composer.leave() : closeThis())
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [composer])
}
