// New unlock methods, and new devices that have the vault, for the person to confirm: shown from the next unlock until confirmed
// on any device.

import { type Signal, signal, useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useEffect } from 'preact/hooks'
import { call } from '../../messages/call.ts'
import type { AccessNotice } from '../../messages/vault/proof.ts'
import { counted, type PlainKey, words } from '../../words.ts'
import { formatMediumDay } from '../app/format.ts'
import { Task } from '../app/task.ts'
import { Button } from '../parts/button.tsx'
import { ErrorNotice, Notice } from '../parts/notice.tsx'
import { say } from '../parts/say.tsx'
import { UntrustedText } from '../parts/untrustedText.tsx'

const shownAtOnce = 4

export class NewAccess {
  readonly notices: Signal<readonly AccessNotice[]> = signal([])
  readonly task = new Task()

  /** A failure is not shown: the notices come again at the next unlock. */
  async look(): Promise<void> {
    this.notices.value = await call('listAccessNotices', {}).then(
      ({ notices }) => notices,
      () => [],
    )
  }

  /** Confirms the shown notices, and none that arrived meanwhile. */
  async confirm(shown: readonly AccessNotice[]): Promise<boolean> {
    const confirmed = await this.task.run('confirm-access', async () => {
      await call('confirmAccessNotices', { ids: shown.map(({ id }) => id) })
    })
    if (confirmed) await this.look()
    return confirmed
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
  /** The link to the list of unlock methods, where that is on another page. */
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
        {more > 0 ? `${counted('secrets.access.more', { n: more })} ` : null}
        {words('secrets.access.notYou')}
      </p>
      <p class="actions">
        <Button busy={access.task.busy.value} onClick={() => void confirm()}>
          {words('secrets.access.confirm')}
        </Button>
        {children}
      </p>
      <ErrorNotice error={access.task.error.value} />
    </Notice>
  )
}

const sentences = {
  password: 'secrets.access.password',
  recovery: 'secrets.access.recovery',
  passkey: 'secrets.access.passkey',
  shares: 'secrets.access.shares',
  other: 'secrets.access.another',
  paired: 'secrets.access.paired',
  joined: 'secrets.access.joined',
  synced: 'secrets.access.synced',
} as const satisfies Record<AccessNotice['kind'], PlainKey>

const datedSentences = {
  password: 'secrets.access.dated.password',
  recovery: 'secrets.access.dated.recovery',
  passkey: 'secrets.access.dated.passkey',
  shares: 'secrets.access.dated.shares',
  other: 'secrets.access.dated.another',
  paired: 'secrets.access.dated.paired',
  joined: 'secrets.access.dated.joined',
  synced: 'secrets.access.dated.synced',
} as const

/** What happened, and when. The name of a passkey is untrusted: a stranger may have added it. */
function Access({ notice: { kind, at, name } }: { notice: Pick<AccessNotice, 'kind' | 'at' | 'name'> }) {
  const date = at === null ? null : formatMediumDay(new Date(at))
  if (kind === 'passkey' && name !== null) {
    const passkey = <UntrustedText>{name}</UntrustedText>
    return (
      <>
        {date === null
          ? say('secrets.access.namedPasskey', { passkey })
          : say('secrets.access.dated.namedPasskey', { passkey, date })}
      </>
    )
  }
  return <>{date === null ? words(sentences[kind]) : words(datedSentences[kind], { date })}</>
}
