// Unlocks with a passkey. The toolbar's popup loses the focus to the browser's own dialog, and closes before it can show anything.
// So the popup opens the unlock window, which asks for the passkey as soon as it has the focus.

import { useSignal } from '@preact/signals'
import { useEffect, useMemo } from 'preact/hooks'
import { call } from '../../messages/call.ts'
import type { PasskeyMethod } from '../../messages/vault/unlockMethods.ts'
import { words } from '../../words.ts'
import { useTask } from '../app/task.ts'
import { closeThis, openUnlock, type UnlockWindow } from '../app/windows.ts'
import { Button, Progress } from '../parts/button.tsx'
import { ErrorNotice } from '../parts/notice.tsx'
import { askPasskeys, passkeysWork } from '../secrets/passkey.ts'

interface Props {
  /** The unlock window that this is; null in the toolbar's popup. */
  readonly inWindow: UnlockWindow | null
  readonly onUnlocked: () => Promise<void>
}

export function PasskeyUnlock({ inWindow, onUnlocked }: Props) {
  const passkeys = useSignal<readonly PasskeyMethod[]>([])
  const task = useTask()
  const life = useMemo(() => new AbortController(), [])

  const unlock = async () => {
    const done = await task.run('passkey-unlock', async () => {
      const { credentialId, prf } = await askPasskeys(passkeys.value, life.signal)
      try {
        await call('unlockByPasskey', { credentialId, prf })
      } finally {
        prf.fill(0)
      }
    })
    if (done && !life.signal.aborted) await onUnlocked()
  }
  const openWindow = async () => {
    await openUnlock('passkey')
    await closeThis()
  }
  const start = async () => {
    passkeys.value = await listUsablePasskeys()
    if (inWindow !== 'passkey' || passkeys.value.length === 0) return
    await waitForFocus(life.signal)
    if (!life.signal.aborted) await unlock()
  }
  useEffect(() => {
    void start()
    return () => life.abort()
  }, [])

  if (passkeys.value.length === 0) return null
  return (
    <div class="foot">
      <ErrorNotice error={task.error.value} />
      <div class="actions">
        <Button busy={task.busy.value} onClick={() => void (inWindow === null ? openWindow() : unlock())}>
          {words('popup.passkey.unlock')}
        </Button>
      </div>
      {task.busy.value ? <Progress busy label={words('popup.passkey.waiting')} /> : null}
    </div>
  )
}

/** The vault's passkeys, where this browser can ask for them; none after a failure. */
async function listUsablePasskeys(): Promise<PasskeyMethod[]> {
  try {
    if (!(await passkeysWork())) return []
    return (await call('listUnlockMethods', {})).methods.filter((method) => method.kind === 'passkey')
  } catch {
    return []
  }
}

/** A browser lets only the page with the focus ask for a passkey. */
async function waitForFocus(signal: AbortSignal): Promise<void> {
  if (document.hasFocus()) return
  await new Promise<void>((resolve) => {
    addEventListener('focus', () => resolve(), { once: true, signal })
    signal.addEventListener('abort', () => resolve())
  })
}
