// Takes the password, or a passkey where the vault has one. After a wrong password the focus stays, and it is selected to be typed over.

import { createRef } from 'preact'
import { useMemo } from 'preact/hooks'
import { call } from '../../messages/call.ts'
import { words } from '../../words.ts'
import { useTask } from '../app/task.ts'
import type { UnlockWindow } from '../app/windows.ts'
import { Button, Progress } from '../parts/button.tsx'
import { PasswordField } from '../parts/field.tsx'
import { ErrorNotice, errorId } from '../parts/notice.tsx'
import { Heading } from '../window/page.tsx'
import { OwnPageLink } from '../window/placeLink.tsx'
import { PasskeyUnlock } from './passkey.tsx'

/** Failures that no other password would avoid. */
const unreadableCodes: ReadonlySet<string> = new Set(['damaged', 'rollback', 'weakened'])

interface Props {
  readonly inWindow: UnlockWindow | null
  readonly onUnlocked: () => Promise<void>
}

export function Unlock({ inWindow, onUnlocked }: Props) {
  const task = useTask()
  const box = useMemo(() => createRef<HTMLInputElement>(), [])

  const unlock = async (event: Event) => {
    event.preventDefault()
    const password = box.current?.value ?? ''
    if (password === '' || task.busy.value) {
      box.current?.focus()
      return
    }
    const done = await task.run('unlock', async () => {
      await call('unlock', { password })
    })
    if (done) {
      if (box.current) box.current.value = ''
      await onUnlocked()
    } else {
      box.current?.focus()
      box.current?.select()
    }
  }

  return (
    <>
      <form onSubmit={(event) => void unlock(event)} noValidate>
        <Heading>{words('popup.unlock.heading')}</Heading>
        <PasswordField
          label={words('popup.unlock.password')}
          box={box}
          busy={task.busy.value}
          takesFocus
          describedBy={errorId(task.error.value)}
        />
        <div class="under-field">
          <ErrorNotice error={task.error.value}>
            {task.error.value?.code === 'memory' ? (
              <p class="actions">
                <OwnPageLink to="/onboarding.html#recover">{words('popup.unlock.useRecoveryKey')}</OwnPageLink>
              </p>
            ) : null}
            {unreadableCodes.has(task.error.value?.code ?? '') ? (
              <p class="actions">
                <OwnPageLink to="/onboarding.html#restore">{words('popup.unlock.restoreBackup')}</OwnPageLink>
              </p>
            ) : null}
          </ErrorNotice>
          {task.busy.value ? <Progress busy label={words('popup.unlock.unlocking')} /> : null}
        </div>
        <div class="actions spread">
          <Button kind="main" submits busy={task.busy.value}>
            {words('popup.unlock.unlock')}
          </Button>
          <OwnPageLink to="/onboarding.html#recover">{words('popup.unlock.forgot')}</OwnPageLink>
        </div>
      </form>
      <PasskeyUnlock inWindow={inWindow} onUnlocked={onUnlocked} />
    </>
  )
}
