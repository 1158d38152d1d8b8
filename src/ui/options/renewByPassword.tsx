// The last step to a new master key: what will not open the vault any more, and the password by which it is replaced.

import { type Signal, useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { createRef } from 'preact'
import { useEffect, useMemo } from 'preact/hooks'
import { call } from '../../messages/call.ts'
import type { Ask } from '../../messages/protocol.ts'
import { useDeed } from '../deed.ts'
import { Button, Progress } from '../parts/button.tsx'
import { PasswordField } from '../parts/field.tsx'
import { Notice, TroubleNotice, troubleId } from '../parts/notice.tsx'
import type { ProvedPasskeys } from './keepPasskeys.tsx'

interface Props {
  readonly asked: Pick<Ask<'renewMasterKey'>, 'epoch' | 'recovery'>
  readonly proved: ProvedPasskeys
  /** What will not open the vault any more. */
  readonly ends: readonly ComponentChildren[]
  readonly onDone: () => void
}

export function RenewByPassword({ asked, proved, ends, onDone }: Props) {
  const box = useMemo(() => createRef<HTMLInputElement>(), [])
  const empty: Signal<string | null> = useSignal<string | null>(null)
  const deed = useDeed()
  useEffect(
    () => () => {
      if (box.current) box.current.value = ''
    },
    [box],
  )
  const replace = async (event: Event) => {
    event.preventDefault()
    const password = box.current?.value ?? ''
    empty.value = password === '' ? 'Type your password.' : null
    const renew = async () => void (await call('renewMasterKey', { password, ...asked, passkeys: proved.proofs() }))
    if (password !== '' && (await deed.run('new-master-key', renew))) {
      if (box.current) box.current.value = ''
      onDone()
    } else {
      box.current?.focus()
      box.current?.select()
    }
  }
  return (
    <form onSubmit={(event) => void replace(event)} noValidate>
      {ends.length === 0 ? null : (
        <Notice kind="warning">
          <p>These will no longer open the vault:</p>
          <ul class="lines">
            {ends.map((words, at) => (
              <li key={at}>{words}.</li>
            ))}
          </ul>
        </Notice>
      )}
      <PasswordField
        label="Your password"
        box={box}
        busy={deed.busy.value}
        takesFocus
        error={empty.value}
        describedBy={troubleId(deed.trouble.value)}
        onInput={() => {
          empty.value = null
        }}
      />
      <TroubleNotice trouble={deed.trouble.value} />
      <div class="actions">
        <Button kind="main" submits busy={deed.busy.value}>
          Replace the master key
        </Button>
        <Progress busy={deed.busy.value} label="Replacing the master key" />
      </div>
    </form>
  )
}
