// The vault's name. It stands on what is printed, so that a sheet found years later says what it is for.

import { useSignal } from '@preact/signals'
import { createRef } from 'preact'
import { useLayoutEffect, useMemo } from 'preact/hooks'
import { call } from '../../messages/call.ts'
import { nameCharsAtMost } from '../../messages/recovering.ts'
import { useDeed } from '../deed.ts'
import { Button } from '../parts/button.tsx'
import { TextField } from '../parts/field.tsx'
import { TroubleNotice } from '../parts/notice.tsx'
import type { Recovery } from '../recoveryNews.ts'

export function VaultName({ recovery }: { recovery: Recovery }) {
  const box = useMemo(() => createRef<HTMLInputElement>(), [])
  const deed = useDeed()
  const told = useSignal('')
  const name = recovery.news.value?.name ?? null
  useLayoutEffect(() => {
    // What is being typed is not written over.
    if (box.current && name !== null && document.activeElement !== box.current) box.current.value = name
  }, [box, name])

  const save = (event: Event) => {
    event.preventDefault()
    told.value = ''
    void deed.run('name-vault', async () => {
      await call('nameVault', { vaultName: box.current?.value ?? '' })
      await recovery.look()
      const now = recovery.news.peek()?.name
      if (box.current && now) box.current.value = now
      told.value = 'Saved.'
    })
  }
  return (
    <section class="card" aria-labelledby="vault-name">
      <h2 id="vault-name">Vault</h2>
      <form onSubmit={save} noValidate>
        <TextField
          label="Name of the vault"
          words
          box={box}
          busy={deed.busy.value}
          charsAtMost={nameCharsAtMost}
          hint="It stands on the sheets you print. It is sealed like everything else in the vault."
          onInput={() => {
            told.value = ''
          }}
        />
        <TroubleNotice trouble={deed.trouble.value} />
        <div class="actions">
          <Button submits busy={deed.busy.value}>
            Rename the vault
          </Button>
          <output>{told.value}</output>
        </div>
      </form>
    </section>
  )
}
