// Taking the password, or a passkey where the vault has one. A wrong one is said without moving the focus, and stays selected to be typed over.

import { createRef } from 'preact'
import { useMemo } from 'preact/hooks'
import { call } from '../../messages/call.ts'
import { useDeed } from '../deed.ts'
import { Button, Progress } from '../parts/button.tsx'
import { PasswordField } from '../parts/field.tsx'
import { TroubleNotice, troubleId } from '../parts/notice.tsx'
import { Heading } from '../parts/page.tsx'
import { PlaceLink } from '../parts/placeLink.tsx'
import type { UnlockWindow } from '../windows.ts'
import { PasskeyUnlock } from './passkey.tsx'

/** No other password opens what fails so. */
const unreadable: ReadonlySet<string> = new Set(['damaged', 'rollback', 'weakened'])

interface Props {
  readonly inWindow: UnlockWindow | null
  readonly onUnlocked: () => Promise<void>
}

export function Unlock({ inWindow, onUnlocked }: Props) {
  const deed = useDeed()
  const box = useMemo(() => createRef<HTMLInputElement>(), [])

  const unlock = async (event: Event) => {
    event.preventDefault()
    const password = box.current?.value ?? ''
    if (password === '' || deed.busy.value) {
      box.current?.focus()
      return
    }
    const done = await deed.run('unlock', async () => {
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
        <Heading>Unlock your vault</Heading>
        <PasswordField
          label="Password"
          box={box}
          busy={deed.busy.value}
          takesFocus
          describedBy={troubleId(deed.trouble.value)}
        />
        <div class="under-field">
          <TroubleNotice trouble={deed.trouble.value}>
            {deed.trouble.value?.code === 'memory' ? (
              <p class="actions">
                <PlaceLink to="/onboarding.html#recover">Use your recovery key</PlaceLink>
              </p>
            ) : null}
            {unreadable.has(deed.trouble.value?.code ?? '') ? (
              <p class="actions">
                <PlaceLink to="/onboarding.html#restore">Restore from a backup file</PlaceLink>
              </p>
            ) : null}
          </TroubleNotice>
          {deed.busy.value ? <Progress busy label="Unlocking" /> : null}
        </div>
        <div class="actions spread">
          <Button kind="main" submits busy={deed.busy.value}>
            Unlock
          </Button>
          <PlaceLink to="/onboarding.html#recover">Forgot your password?</PlaceLink>
        </div>
      </form>
      <PasskeyUnlock inWindow={inWindow} onUnlocked={onUnlocked} />
    </>
  )
}
