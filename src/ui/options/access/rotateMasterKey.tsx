// Rotates the master key, in three steps: which recovery key will open the vault, which passkeys will, and, after a list of what no
// longer will, the password. Nothing changes before the password.

import { useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useEffect, useMemo } from 'preact/hooks'
import { call } from '../../../messages/call.ts'
import type { Request, Response } from '../../../messages/protocol.ts'
import type { UnlockMethod } from '../../../messages/vault/unlockMethods.ts'
import { counted, words } from '../../../words.ts'
import { useTask } from '../../app/task.ts'
import { Button } from '../../parts/button.tsx'
import { ErrorNotice } from '../../parts/notice.tsx'
import { say } from '../../parts/say.tsx'
import { UntrustedText } from '../../parts/untrustedText.tsx'
import { KeepPasskeys, ProvedPasskeys } from './keepPasskeys.tsx'
import { KeepRecovery } from './keepRecovery.tsx'
import { RotateByPassword } from './rotateByPassword.tsx'

/** What to tell the person afterwards. */
export interface Rotated {
  readonly newRecovery: boolean
  /** Shares were in force, and no longer are. */
  readonly shares: boolean
}

interface Props {
  readonly onCancel: () => void
  readonly onDone: (rotated: Rotated) => void
}

export function RotateMasterKey({ onCancel, onDone }: Props) {
  const listed = useSignal<Response<'listUnlockMethods'> | null>(null)
  const recovery = useSignal<Request<'rotateMasterKey'>['recovery'] | null>(null)
  const proved = useMemo(() => new ProvedPasskeys(), [])
  const passkeysChosen = useSignal(false)
  const loading = useTask()
  const load = () =>
    void loading.run('unlock-methods', async () => {
      listed.value = await call('listUnlockMethods', {})
    })
  useEffect(() => {
    load()
    return () => proved.wipe()
  }, [proved])

  const { methods = [], epoch = null } = listed.value ?? {}
  const passkeys = methods.filter((method) => method.kind === 'passkey')
  const step = findStep()
  function findStep() {
    if (epoch === null) return 'looking'
    if (recovery.value === null) return 'recovery'
    return passkeys.length > 0 && !passkeysChosen.value ? 'passkeys' : 'password'
  }
  return (
    <>
      <ErrorNotice error={loading.error.value}>
        <p class="actions">
          <Button onClick={load}>{words('app.tryAgain')}</Button>
        </p>
      </ErrorNotice>
      {step === 'recovery' ? (
        <KeepRecovery
          onProved={(proof) => {
            recovery.value = proof
          }}
        />
      ) : null}
      {step === 'passkeys' ? (
        <KeepPasskeys
          passkeys={passkeys}
          proved={proved}
          onChosen={() => {
            passkeysChosen.value = true
          }}
        />
      ) : null}
      {step === 'password' && epoch !== null && recovery.value !== null ? (
        <RotateByPassword
          request={{ epoch, recovery: recovery.value }}
          proved={proved}
          losses={describeLosses(methods, recovery.value.kind, proved)}
          onDone={() =>
            onDone({
              newRecovery: recovery.value?.kind === 'new',
              shares: methods.some(({ kind }) => kind === 'shares'),
            })
          }
        />
      ) : null}
      <p class="actions">
        <Button kind="quiet" onClick={onCancel}>
          {words('optionsAccess.rotate.cancel')}
        </Button>
      </p>
    </>
  )
}

/** What will no longer open the vault: a sentence for each. */
function describeLosses(
  methods: readonly UnlockMethod[],
  recovery: 'same' | 'new',
  proved: ProvedPasskeys,
): ComponentChildren[] {
  return methods.flatMap((method): ComponentChildren[] => {
    if (method.kind === 'recovery') return recovery === 'new' ? [words('optionsAccess.rotate.endsRecovery')] : []
    if (method.kind === 'passkey') return proved.has(method.id) ? [] : [passkeySentence(method.name)]
    if (method.kind === 'shares') return [counted('optionsAccess.rotate.endsShares', { n: method.count })]
    if (method.kind === 'other') return [words('optionsAccess.rotate.endsOther')]
    return []
  })
}

function passkeySentence(name: string | null): ComponentChildren {
  if (name === null) return words('optionsAccess.rotate.endsUnnamedPasskey')
  return say('optionsAccess.rotate.endsPasskey', { name: <UntrustedText>{name}</UntrustedText> })
}
