// What can open the vault since, or where it has gone, for the person to say that it was they: told from the next unlock on,
// until somebody says so on any device.

import { type Signal, signal, useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useEffect } from 'preact/hooks'
import { call } from '../messages/call.ts'
import type { AccessNotice } from '../messages/proving.ts'
import { Deed } from './deed.ts'
import { Button } from './parts/button.tsx'
import { Foreign } from './parts/foreign.tsx'
import { Notice, TroubleNotice } from './parts/notice.tsx'

const shownAtOnce = 4

export class NewAccess {
  readonly notices: Signal<readonly AccessNotice[]> = signal([])
  readonly deed = new Deed()

  /** That nothing can be told is no reason to say anything: it is told the next time. */
  async look(): Promise<void> {
    this.notices.value = await call('newAccess', {}).then(
      ({ notices }) => notices,
      () => [],
    )
  }

  /** Those that are shown, and no other that has come meanwhile. */
  async confirm(shown: readonly AccessNotice[]): Promise<boolean> {
    const done = await this.deed.run('confirm-access', async () => {
      await call('confirmAccess', { ids: shown.map(({ id }) => id) })
    })
    if (done) await this.look()
    return done
  }
}

export function useNewAccess(unlocked: boolean): NewAccess {
  const access = useSignal(new NewAccess()).value
  useEffect(() => {
    void access.look()
  }, [access, unlocked])
  return access
}

interface Props {
  readonly access: NewAccess
  /** The way to the list of ways to unlock, where that is not here. */
  readonly children?: ComponentChildren
  readonly onConfirmed?: () => void
}

export function NewAccessNotice({ access, children, onConfirmed }: Props) {
  const shown = access.notices.value.slice(0, shownAtOnce)
  const more = access.notices.value.length - shown.length
  if (shown.length === 0) return null
  const confirm = async () => {
    if (await access.confirm(shown)) onConfirmed?.()
  }
  return (
    <Notice>
      {shown.length === 1 ? (
        <p>
          {shown.map((notice) => (
            <Access key={notice.id} notice={notice} />
          ))}
        </p>
      ) : (
        <ul class="lines">
          {shown.map((notice) => (
            <li key={notice.id}>
              <Access notice={notice} />
            </li>
          ))}
        </ul>
      )}
      <p class="hint">
        {more > 0 ? `And ${more} more. ` : null}
        If this wasn’t you, remove what you don’t know and change your password.
      </p>
      <p class="actions">
        <Button busy={access.deed.busy.value} onClick={() => void confirm()}>
          That was me
        </Button>
        {children}
      </p>
      <TroubleNotice trouble={access.deed.trouble.value} />
    </Notice>
  )
}

/** What has happened, and when. Whoever added a passkey has named it. */
function Access({ notice: { kind, at, name } }: { notice: Pick<AccessNotice, 'kind' | 'at' | 'name'> }) {
  const on = at === null ? '' : ` on ${new Date(at).toLocaleDateString([], { dateStyle: 'medium' })}`
  switch (kind) {
    case 'password':
      return <>The password was changed{on}.</>
    case 'recovery':
      return <>A new recovery key was made{on}.</>
    case 'passkey':
      return name === null ? (
        <>A passkey was added{on}.</>
      ) : (
        <>
          The passkey “<Foreign>{name}</Foreign>” was added{on}.
        </>
      )
    case 'shares':
      return <>Shares for other people were made{on}.</>
    case 'other':
      return <>Another way to unlock was added{on}.</>
    case 'paired':
      return <>This vault was shown to another browser{on}.</>
    case 'joined':
      return <>This vault was brought to another device{on}.</>
    case 'synced':
      return <>Browser sync was turned on{on}: it carries this vault, sealed.</>
  }
}
