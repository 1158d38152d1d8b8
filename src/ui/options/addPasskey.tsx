// Adding a passkey: its name, then the browser's own dialogs. Nothing is stored unless it gave what a vault is unlocked with.

import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import type { PasskeyWay } from '../../messages/ways.ts'
import { useDeed } from '../deed.ts'
import { Button } from '../parts/button.tsx'
import { TroubleNotice } from '../parts/notice.tsx'
import { makePasskey, passkeysWork } from '../passkey.ts'
import { callProved, proveFirst } from '../proof.tsx'
import { PasskeyName } from './passkeyName.tsx'

const passkeysAtMost = 8

interface Props {
  readonly unlocked: boolean
  /** The passkeys that the vault has. */
  readonly there: readonly PasskeyWay[]
  readonly onAdded: (name: string) => void
}

export function AddPasskey({ unlocked, there, onAdded }: Props) {
  const works = useSignal<boolean | null>(null)
  const naming = useSignal(false)
  const deed = useDeed()
  const opener = useRef<HTMLDivElement>(null)
  useEffect(() => {
    void passkeysWork().then((yes) => {
      works.value = yes
    })
  }, [works])
  const close = () => {
    naming.value = false
    requestAnimationFrame(() => opener.current?.querySelector('button')?.focus())
  }
  const add = async (name: string) => {
    const done = await deed.run('passkey-add', async () => {
      const made = await makePasskey(there)
      try {
        await callProved('addPasskey', { name, ...made })
      } finally {
        made.prf.fill(0)
      }
    })
    if (!done) return
    onAdded(name)
    close()
  }

  // What the browser is asking for meanwhile is seen through: it ends in words.
  if (!unlocked && naming.value && !deed.busy.value) naming.value = false
  if (works.value === null) return null
  if (!works.value) {
    return (
      <p class="hint">
        Passkeys can’t be used here: this browser does not let extensions unlock with them. Chrome, Edge and Brave do.
      </p>
    )
  }
  return (
    <div ref={opener}>
      <TroubleNotice trouble={deed.trouble.value} />
      {naming.value ? (
        <PasskeyName
          label="Name of the passkey"
          hint="So that you know it again, e.g. “Fingerprint of the laptop”. The browser then asks where to keep it, and may ask a second time to try it."
          value={`Passkey ${there.length + 1}`}
          action="Create passkey"
          busy={deed.busy.value}
          waiting="Waiting for your passkey"
          onName={(name) => void add(name)}
          onCancel={close}
        />
      ) : (
        <p class="actions">
          <Button
            disabled={!unlocked || there.length >= passkeysAtMost}
            busy={deed.busy.value}
            onClick={() =>
              void deed.run('passkey-add', async () => {
                await proveFirst()
                naming.value = true
              })
            }
          >
            Add a passkey
          </Button>
          <output>
            {unlocked ? null : 'Unlock the vault to add, rename or remove.'}
            {unlocked && there.length >= passkeysAtMost
              ? 'Eight passkeys are as many as a vault takes. Remove one to add another.'
              : null}
          </output>
        </p>
      )}
    </div>
  )
}
