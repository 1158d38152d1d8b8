// The popup, unlocked: this page, what can be done on it, and the lock.

import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { call } from '../../messages/call.ts'
import type { Here, State } from '../../messages/shapes.ts'
import { type Deed, useDeed } from '../deed.ts'
import { NewAccessNotice, useNewAccess } from '../newAccess.tsx'
import { Button } from '../parts/button.tsx'
import { Notice, TroubleNotice } from '../parts/notice.tsx'
import { PlaceLink } from '../parts/placeLink.tsx'
import { Shortcuts } from '../parts/shortcuts.tsx'
import { TestReminder } from '../testReminder.tsx'
import { UnkeptNews } from '../unkept.tsx'
import { closeThis, openTab } from '../windows.ts'
import { Countdown } from './countdown.tsx'
import { Site } from './site.tsx'

interface Props {
  readonly seen: State
  /** Looks at the vault again. */
  readonly look: () => Promise<void>
}

export function AtHand({ seen, look: lookAtVault }: Props) {
  const here = useSignal<Here | null>(null)
  const deed = useDeed()
  const looking = useDeed()
  const access = useNewAccess(true)
  const told = useSignal('')
  const look = async () => {
    const found = await call('here', {})
    here.value = found
    return found
  }
  useEffect(() => {
    void looking.run('site', async () => void (await look()))
  }, [])

  const act = (work: Act) => void deed.run(work.doing, work.run)
  const compose: Act = {
    doing: 'compose',
    run: async () => {
      await call('composeHere', {})
      await closeThis()
    },
  }
  const open: Act = {
    doing: 'open-page',
    run: async () => {
      told.value = ''
      const { texts, inWindow } = await call('openPage', {})
      told.value = foundSentence(texts, inWindow)
      await look()
    },
  }
  const print: Act = {
    doing: 'open-page',
    run: async () => {
      await call('printPage', {})
      await closeThis()
    },
  }
  const lock: Act = {
    doing: 'lock',
    run: async () => {
      await call('lock', {})
      await lookAtVault()
    },
  }

  return (
    <>
      <Countdown locking={seen.locking} look={lookAtVault} />
      {here.value === null ? <h1 class="unseen">This page</h1> : <Site here={here.value} look={look} />}
      <div class="stack">
        <Button kind="main" onClick={() => act(compose)}>
          Write a sealed text
        </Button>
        <Button onClick={() => act(open)}>Open texts on this page</Button>
        {(here.value?.texts ?? 0) > 0 ? <Button onClick={() => act(print)}>Print with opened texts</Button> : null}
      </div>
      <output class="told">{told.value}</output>
      <TroubleNotice trouble={deed.trouble.value ?? looking.trouble.value} />
      {access.notices.value.length > 0 ? (
        <NewAccessNotice access={access}>
          <Button kind="quiet" onClick={() => void openTab('/options.html#ways').then(closeThis)}>
            See the ways to unlock
          </Button>
        </NewAccessNotice>
      ) : (
        <>
          {seen.renewRecovery ? <RenewNotice /> : null}
          {seen.backup?.due ? <BackupNotice onLater={lookAtVault} /> : null}
          <Untested />
          <UnkeptNews />
        </>
      )}
      <details>
        <summary>Keyboard shortcuts</summary>
        <Shortcuts />
      </details>
      <div class="actions spread foot">
        <Button onClick={() => act(lock)}>Lock</Button>
        <PlaceLink to="/library.html">Library</PlaceLink>
        <PlaceLink to="/options.html">Options</PlaceLink>
      </div>
    </>
  )
}

interface Act {
  readonly doing: Parameters<Deed['run']>[0]
  readonly run: () => Promise<void>
}

function RenewNotice() {
  return (
    <Notice kind="warning">
      <p>Your recovery key was used. It still works; replace it now, in case someone saw it.</p>
      <p class="actions">
        <Button onClick={() => void openTab('/onboarding.html#renew').then(closeThis)}>Make a new recovery key</Button>
      </p>
    </Notice>
  )
}

/** Asked for apart, so that the popup does not wait for it. */
function Untested() {
  const due = useSignal(false)
  useEffect(() => {
    void call('recoveryNews', {}).then(
      ({ testDue }) => {
        due.value = testDue
      },
      // Whatever is amiss is said where the person acts; a reminder can wait.
      () => undefined,
    )
  }, [due])
  if (!due.value) return null
  return (
    <TestReminder
      onTest={() => void openTab('/options.html#test').then(closeThis)}
      onLater={() => {
        due.value = false
      }}
    />
  )
}

function BackupNotice({ onLater }: { onLater: () => Promise<void> }) {
  const deed = useDeed()
  const later = () =>
    void deed.run('backup', async () => {
      await call('remindOfBackupLater', {})
      await onLater()
    })
  return (
    <Notice kind="warning">
      <p>It is time for a backup. If this device is lost, so is everything you sealed.</p>
      <p class="actions">
        <Button onClick={() => void openTab('/options.html#backup').then(closeThis)}>Make a backup</Button>
        <Button kind="quiet" busy={deed.busy.value} onClick={later}>
          In a month
        </Button>
      </p>
      <TroubleNotice trouble={deed.trouble.value} />
    </Notice>
  )
}

export function foundSentence(texts: number, inWindow: number): string {
  if (texts === 0) return 'This page holds no sealed texts.'
  const found = texts === 1 ? 'One sealed text, opened' : `${texts} sealed texts, opened`
  if (inWindow === 0) return `${found} on the page.`
  if (inWindow >= texts)
    return `${found} in a window of ours, because this page can’t show ${texts === 1 ? 'it' : 'them'}.`
  return `${found}; ${inWindow} of them in a window of ours, because this page can’t show ${inWindow === 1 ? 'it' : 'them'}.`
}
