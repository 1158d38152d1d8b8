// Adds a passkey: asks for its name, then opens the browser's own dialogs. Stores nothing unless the passkey gives what unlocks a vault.

import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import type { PasskeyMethod } from '../../../messages/vault/unlockMethods.ts'
import { maxPasskeys } from '../../../policy.ts'
import { words } from '../../../words.ts'
import { useTask } from '../../app/task.ts'
import { Button } from '../../parts/button.tsx'
import { ErrorNotice } from '../../parts/notice.tsx'
import { makePasskey, passkeysWork } from '../../secrets/passkey.ts'
import { callWithProof, requireProofFirst } from '../../secrets/proof.tsx'
import { PasskeyName } from './passkeyName.tsx'

interface Props {
  readonly unlocked: boolean
  /** The passkeys that the vault has already. */
  readonly existing: readonly PasskeyMethod[]
  readonly onAdded: (name: string) => void
}

export function AddPasskey({ unlocked, existing, onAdded }: Props) {
  const supported = useSignal<boolean | null>(null)
  const naming = useSignal(false)
  const task = useTask()
  const opener = useRef<HTMLDivElement>(null)
  useEffect(() => {
    void passkeysWork().then((isSupported) => {
      supported.value = isSupported
    })
  }, [supported])
  const close = () => {
    naming.value = false
    requestAnimationFrame(() => opener.current?.querySelector('button')?.focus())
  }
  const add = async (name: string) => {
    const done = await task.run('passkey-add', async () => {
      const made = await makePasskey(existing)
      try {
        await callWithProof('addPasskey', { name, ...made })
      } finally {
        made.prf.fill(0)
      }
    })
    if (!done) return
    onAdded(name)
    close()
  }

  // While the browser asks for the passkey the form stays: the outcome is shown in it.
  if (!unlocked && naming.value && !task.busy.value) naming.value = false
  if (supported.value === null) return null
  if (!supported.value) {
    return <p class="hint">{words('optionsAccess.passkey.unsupported')}</p>
  }
  return (
    <div ref={opener}>
      <ErrorNotice error={task.error.value} />
      {naming.value ? (
        <PasskeyName
          label={words('optionsAccess.passkey.name')}
          hint={words('optionsAccess.passkey.nameHint')}
          value={words('optionsAccess.passkey.defaultName', { number: existing.length + 1 })}
          action={words('optionsAccess.passkey.create')}
          busy={task.busy.value}
          waiting={words('optionsAccess.passkey.waiting')}
          onName={(name) => void add(name)}
          onCancel={close}
        />
      ) : (
        <p class="actions">
          <Button
            disabled={!unlocked || existing.length >= maxPasskeys}
            busy={task.busy.value}
            onClick={() =>
              void task.run('passkey-add', async () => {
                await requireProofFirst()
                naming.value = true
              })
            }
          >
            {words('optionsAccess.passkey.add')}
          </Button>
          <output>
            {unlocked ? null : words('optionsAccess.passkey.unlockFirst')}
            {unlocked && existing.length >= maxPasskeys ? words('optionsAccess.passkey.full') : null}
          </output>
        </p>
      )}
    </div>
  )
}
