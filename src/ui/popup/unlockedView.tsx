// The popup, unlocked: this page, what can be done on it, and the lock.

import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { call } from '../../messages/call.ts'
import type { CurrentSite } from '../../messages/tabs/sites.ts'
import type { VaultState } from '../../messages/vault/vault.ts'
import { counted, words } from '../../words.ts'
import { type Task, useTask } from '../app/task.ts'
import { closeThis, openTab } from '../app/windows.ts'
import { AutoSaveFailedNotice } from '../library/autoSaveFailed.tsx'
import { Button } from '../parts/button.tsx'
import { ErrorNotice, Notice } from '../parts/notice.tsx'
import { TestReminder } from '../recovery/testReminder.tsx'
import { NewAccessNotice, useNewAccess } from '../secrets/newAccess.tsx'
import { OwnPageLink } from '../window/placeLink.tsx'
import { Shortcuts } from '../window/shortcuts.tsx'
import { Countdown } from './countdown.tsx'
import { Site } from './site.tsx'

interface Props {
  readonly seen: VaultState
  /** Looks at the vault again. */
  readonly look: () => Promise<void>
}

export function UnlockedView({ seen, look: lookAtVault }: Props) {
  const site = useSignal<CurrentSite | null>(null)
  const task = useTask()
  const looking = useTask()
  const access = useNewAccess(true)
  const status = useSignal('')
  const look = async () => {
    const current = await call('getCurrentSite', {})
    site.value = current
    return current
  }
  useEffect(() => {
    void looking.run('site', async () => void (await look()))
  }, [])

  const act = (action: Action) => void task.run(action.context, action.run)
  const compose: Action = {
    context: 'compose',
    run: async () => {
      await call('composeHere', {})
      await closeThis()
    },
  }
  const open: Action = {
    context: 'open-page',
    run: async () => {
      status.value = ''
      const { texts, inWindow } = await call('openPageTexts', {})
      status.value = foundSentence(texts, inWindow)
      await look()
    },
  }
  const print: Action = {
    context: 'open-page',
    run: async () => {
      await call('printPage', {})
      await closeThis()
    },
  }
  const lock: Action = {
    context: 'lock',
    run: async () => {
      await call('lock', {})
      await lookAtVault()
    },
  }

  return (
    <>
      <Countdown locking={seen.locking} look={lookAtVault} />
      {site.value === null ? (
        <h1 class="unseen">{words('popup.page.heading')}</h1>
      ) : (
        <Site site={site.value} look={look} />
      )}
      <div class="stack">
        <Button kind="main" onClick={() => act(compose)}>
          {words('popup.page.compose')}
        </Button>
        <Button onClick={() => act(open)}>{words('popup.page.openTexts')}</Button>
        {(site.value?.texts ?? 0) > 0 ? <Button onClick={() => act(print)}>{words('popup.page.print')}</Button> : null}
      </div>
      <output class="told">{status.value}</output>
      <ErrorNotice error={task.error.value ?? looking.error.value} />
      {access.notices.value.length > 0 ? (
        <NewAccessNotice access={access}>
          <Button kind="quiet" onClick={() => void openTab('/options.html#ways').then(closeThis)}>
            {words('popup.page.seeUnlockMethods')}
          </Button>
        </NewAccessNotice>
      ) : (
        <>
          {seen.renewRecovery ? <RenewNotice /> : null}
          {seen.backup?.due ? <BackupNotice onLater={lookAtVault} /> : null}
          <Untested />
          <AutoSaveFailedNotice />
        </>
      )}
      <details>
        <summary>{words('popup.page.shortcuts')}</summary>
        <Shortcuts />
      </details>
      <div class="actions spread foot">
        <Button onClick={() => act(lock)}>{words('popup.page.lock')}</Button>
        <OwnPageLink to="/library.html">{words('popup.page.library')}</OwnPageLink>
        <OwnPageLink to="/options.html">{words('popup.page.options')}</OwnPageLink>
      </div>
    </>
  )
}

interface Action {
  readonly context: Parameters<Task['run']>[0]
  readonly run: () => Promise<void>
}

function RenewNotice() {
  return (
    <Notice kind="warning">
      <p>{words('popup.renewRecovery.used')}</p>
      <p class="actions">
        <Button onClick={() => void openTab('/onboarding.html#renew').then(closeThis)}>
          {words('popup.renewRecovery.make')}
        </Button>
      </p>
    </Notice>
  )
}

/** A request of its own, so that the popup does not wait for it. */
function Untested() {
  const due = useSignal(false)
  useEffect(() => {
    void call('getRecoveryStatus', {}).then(
      ({ testDue }) => {
        due.value = testDue
      },
      // An error shows where the person acts; a reminder can wait.
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
  const task = useTask()
  const snooze = () =>
    void task.run('backup', async () => {
      await call('snoozeBackupReminder', {})
      await onLater()
    })
  return (
    <Notice kind="warning">
      <p>{words('popup.backup.due')}</p>
      <p class="actions">
        <Button onClick={() => void openTab('/options.html#backup').then(closeThis)}>
          {words('popup.backup.make')}
        </Button>
        <Button kind="quiet" busy={task.busy.value} onClick={snooze}>
          {words('popup.backup.later')}
        </Button>
      </p>
      <ErrorNotice error={task.error.value} />
    </Notice>
  )
}

export function foundSentence(texts: number, inWindow: number): string {
  if (texts === 0) return words('popup.opened.none')
  if (inWindow === 0) return counted('popup.opened.inPlace', { n: texts })
  if (inWindow >= texts) return counted('popup.opened.inWindow', { n: texts })
  return counted('popup.opened.someInWindow', { n: inWindow, texts })
}
