// Confirming that the person at an unlocked vault is its owner, before what could let somebody in for good or takes texts out. The
// window over the page asks for the password or a passkey, once in a few minutes; the request then continues by itself.

import { type Signal, signal, useSignal } from '@preact/signals'
import { createRef } from 'preact'
import { useEffect, useMemo } from 'preact/hooks'
import { codeOf, Failure } from '../../failure.ts'
import { call } from '../../messages/call.ts'
import { onLockSignal } from '../../messages/lockSignal.ts'
import type { Response } from '../../messages/protocol.ts'
import { receive } from '../../messages/transfer.ts'
import { words } from '../../words.ts'
import { useTask } from '../app/task.ts'
import { Button, Progress } from '../parts/button.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { PasswordField } from '../parts/field.tsx'
import { ErrorNotice, errorId } from '../parts/notice.tsx'
import { isStrong } from './estimator.ts'
import { askPasskeys, passkeysWork } from './passkey.ts'

/** `call`, for entries that may need a proof: asks the person for one, then calls again. Failure 'proof-needed': they cancelled. */
export const callWithProof: typeof call = async (name, request) => {
  for (;;) {
    try {
      return await call(name, request)
    } catch (thrown) {
      await confirmIfNeeded(thrown)
    }
  }
}

/** The same for a transfer: `receive` resumes where it stopped once the person has given a proof. */
export const receiveWithProof: typeof receive = (name, request, use, options) =>
  receive(name, request, use, { ...options, mend: confirmIfNeeded })

async function confirmIfNeeded(thrown: unknown): Promise<void> {
  if (codeOf(thrown) !== 'proof-needed') throw thrown
  await confirmPerson()
}

/** Asks before a long piece of work, so that the person is not asked at its end. */
export async function requireProofFirst(): Promise<void> {
  if (!(await call('getProofState', {})).holds) await confirmPerson()
}

/** The proof that the open window waits for. */
interface PendingProof {
  readonly answer: Promise<void>
  end(failure: Failure | null): void
}

const pendingProof: Signal<PendingProof | null> = signal(null)

function confirmPerson(): Promise<void> {
  const pending = pendingProof.peek()
  if (pending !== null) return pending.answer
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const end = (failure: Failure | null) => {
    stop()
    pendingProof.value = null
    if (failure === null) resolve()
    else reject(failure)
  }
  const stop = onLockSignal((change) => {
    if (change === 'locked') end(new Failure('locked'))
  })
  pendingProof.value = { answer: promise, end }
  return promise
}

/** Renders that window: once in every page of ours that asks for proofs. */
export function ProofWindow() {
  const pending = pendingProof.value
  if (pending === null) return null
  return <ConfirmPerson onProved={() => pending.end(null)} onCancel={() => pending.end(new Failure('proof-needed'))} />
}

interface Props {
  readonly onProved: () => void
  readonly onCancel: () => void
}

function ConfirmPerson({ onProved, onCancel }: Props) {
  const box = useMemo(() => createRef<HTMLInputElement>(), [])
  const life = useMemo(() => new AbortController(), [])
  const isEmpty = useSignal(false)
  const passkeys = useSignal<Response<'getProofState'>['passkeys']>([])
  const byPassword = useTask()
  const byPasskey = useTask()
  const busy = byPassword.busy.value || byPasskey.busy.value
  useEffect(() => {
    box.current?.focus()
    void listUsablePasskeys().then((found) => {
      passkeys.value = found
    })
    return () => {
      life.abort()
      if (box.current) box.current.value = ''
    }
  }, [box, life, passkeys])

  const confirm = async (event: Event) => {
    event.preventDefault()
    const password = box.current?.value ?? ''
    isEmpty.value = password === ''
    byPasskey.error.value = null
    const prove = async () => void (await call('proveByPassword', { password, strong: await isStrong(password) }))
    if (password !== '' && !busy && (await byPassword.run('prove-by-password', prove))) {
      if (!life.signal.aborted) onProved()
      return
    }
    box.current?.focus()
    box.current?.select()
  }
  const usePasskey = async () => {
    isEmpty.value = false
    byPassword.error.value = null
    const proved = await byPasskey.run('prove-by-passkey', async () => {
      const { credentialId, prf } = await askPasskeys(passkeys.value, life.signal)
      try {
        await call('proveByPasskey', { credentialId, prf })
      } finally {
        prf.fill(0)
      }
    })
    if (proved && !life.signal.aborted) onProved()
  }
  const error = byPassword.error.value ?? byPasskey.error.value
  return (
    <Dialog title={words('secrets.proof.heading')} onClose={onCancel}>
      <form onSubmit={(event) => void confirm(event)} noValidate>
        <p id="confirm-why">{words('secrets.proof.why')}</p>
        <PasswordField
          label={words('secrets.proof.password')}
          box={box}
          busy={busy}
          error={isEmpty.value ? words('secrets.proof.missing') : null}
          onInput={() => {
            isEmpty.value = false
          }}
          describedBy={errorId(error) ?? 'confirm-why'}
        />
        <ErrorNotice error={error} />
        <Progress
          busy={busy}
          label={byPasskey.busy.value ? words('secrets.proof.waiting') : words('secrets.proof.checking')}
        />
        <p class="actions dialog-end">
          <Button kind="main" submits busy={busy}>
            {words('secrets.proof.continue')}
          </Button>
          {passkeys.value.length === 0 ? null : (
            <Button busy={busy} onClick={() => void usePasskey()}>
              {words('secrets.proof.usePasskey')}
            </Button>
          )}
          <Button kind="quiet" onClick={onCancel}>
            {words('app.cancel')}
          </Button>
        </p>
      </form>
    </Dialog>
  )
}

/** The vault's passkeys, where this browser can ask for them; none after a failure: the password remains. */
async function listUsablePasskeys(): Promise<Response<'getProofState'>['passkeys']> {
  try {
    return (await passkeysWork()) ? (await call('getProofState', {})).passkeys : []
  } catch {
    return []
  }
}
