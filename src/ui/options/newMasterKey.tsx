// A new master key, in three steps: the recovery key that will open the vault from then on, the passkeys that will, and, once
// it is said what will not, the password by which it is done. Until then nothing is changed.

import { useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useEffect, useMemo } from 'preact/hooks'
import { call } from '../../messages/call.ts'
import type { Answer, Ask } from '../../messages/protocol.ts'
import type { Way } from '../../messages/ways.ts'
import { useDeed } from '../deed.ts'
import { Button } from '../parts/button.tsx'
import { Foreign } from '../parts/foreign.tsx'
import { TroubleNotice } from '../parts/notice.tsx'
import { KeepPasskeys, ProvedPasskeys } from './keepPasskeys.tsx'
import { KeepRecovery } from './keepRecovery.tsx'
import { RenewByPassword } from './renewByPassword.tsx'

/** What there is to be said afterwards. */
export interface Renewed {
  readonly newRecovery: boolean
  /** Shares were in force, and are not any more. */
  readonly shares: boolean
}

interface Props {
  readonly onCancel: () => void
  readonly onDone: (renewed: Renewed) => void
}

export function NewMasterKey({ onCancel, onDone }: Props) {
  const found = useSignal<Answer<'waysIn'> | null>(null)
  const recovery = useSignal<Ask<'renewMasterKey'>['recovery'] | null>(null)
  const proved = useMemo(() => new ProvedPasskeys(), [])
  const chosen = useSignal(false)
  const looking = useDeed()
  const look = () =>
    void looking.run('ways', async () => {
      found.value = await call('waysIn', {})
    })
  useEffect(() => {
    look()
    return () => proved.wipe()
  }, [proved])

  const { ways = [], epoch = null } = found.value ?? {}
  const passkeys = ways.filter((way) => way.kind === 'passkey')
  const step = stepOf()
  function stepOf() {
    if (epoch === null) return 'looking'
    if (recovery.value === null) return 'recovery'
    return passkeys.length > 0 && !chosen.value ? 'passkeys' : 'password'
  }
  return (
    <>
      <TroubleNotice trouble={looking.trouble.value}>
        <p class="actions">
          <Button onClick={look}>Try again</Button>
        </p>
      </TroubleNotice>
      {step === 'recovery' ? (
        <KeepRecovery
          onProved={(one) => {
            recovery.value = one
          }}
        />
      ) : null}
      {step === 'passkeys' ? (
        <KeepPasskeys
          passkeys={passkeys}
          proved={proved}
          onChosen={() => {
            chosen.value = true
          }}
        />
      ) : null}
      {step === 'password' && epoch !== null && recovery.value !== null ? (
        <RenewByPassword
          asked={{ epoch, recovery: recovery.value }}
          proved={proved}
          ends={ends(ways, recovery.value.kind, proved)}
          onDone={() =>
            onDone({
              newRecovery: recovery.value?.kind === 'new',
              shares: ways.some(({ kind }) => kind === 'shares'),
            })
          }
        />
      ) : null}
      <p class="actions">
        <Button kind="quiet" onClick={onCancel}>
          Cancel, and change nothing
        </Button>
      </p>
    </>
  )
}

/** What will not open the vault any more, each as it is said in a list. */
function ends(ways: readonly Way[], recovery: 'same' | 'new', proved: ProvedPasskeys): ComponentChildren[] {
  return ways.flatMap((way): ComponentChildren[] => {
    if (way.kind === 'recovery') return recovery === 'new' ? ['The recovery key of until now'] : []
    if (way.kind === 'passkey') return proved.has(way.id) ? [] : [<Passkey key={way.id} name={way.name} />]
    if (way.kind === 'shares') return [`All ${way.count} shares. You can make new ones afterwards`]
    if (way.kind === 'other') return ['A way to unlock that a newer version of Fieldseal made']
    return []
  })
}

function Passkey({ name }: { name: string | null }) {
  if (name === null) return 'The passkey without a name'
  return (
    <>
      The passkey “<Foreign>{name}</Foreign>”
    </>
  )
}
