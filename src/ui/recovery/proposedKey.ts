// Proposes a recovery key, with the name of the vault it would be for. The vault must be unlocked.

import { type Signal, useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { call } from '../../messages/call.ts'
import type { ErrorContext } from '../app/errors.ts'
import { type Task, useTask } from '../app/task.ts'
import { vaultNameOf } from './recoverySheet.ts'

interface ProposedKey {
  readonly recoveryKey: string
  readonly vaultName: string
}

async function proposeKey(): Promise<ProposedKey> {
  const [{ recoveryKey }, { name }] = await Promise.all([call('proposeRecoveryKey', {}), call('getRecoveryStatus', {})])
  return { recoveryKey, vaultName: vaultNameOf(name) }
}

/**
 * Runs `first`, then proposes a key; null until there is one. `propose` starts over, as when that failed or the person cancelled
 * it, which calls `onCancel`.
 */
export function useProposedKey(
  context: ErrorContext,
  prepare: () => Promise<void> = async () => undefined,
  onCancel?: () => void,
): {
  proposed: Signal<ProposedKey | null>
  task: Task
  propose: () => void
  cancelled: Signal<boolean>
} {
  const proposed = useSignal<ProposedKey | null>(null)
  const task = useTask()
  const cancelled = useSignal(false)
  const start = async () => {
    cancelled.value = false
    const done = await task.run(context, async () => {
      await prepare()
      proposed.value = await proposeKey()
    })
    cancelled.value = !done && task.error.peek() === null
    if (cancelled.peek()) onCancel?.()
  }
  const propose = () => void start()
  useEffect(propose, [])
  return { proposed, task, propose, cancelled }
}
