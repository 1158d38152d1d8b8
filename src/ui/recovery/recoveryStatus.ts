// The status of the recovery key and the shares. Asks the background at every lock and unlock, and after every change
// made here.

import { type Signal, signal, useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { call } from '../../messages/call.ts'
import type { RecoveryStatus } from '../../messages/vault/recovery.ts'
import { Latest } from '../app/latest.ts'
import { type UserError, userErrorOf } from '../app/task.ts'
import type { Vault } from '../app/vault.ts'

export class Recovery {
  readonly status: Signal<RecoveryStatus | null> = signal(null)
  readonly error: Signal<UserError | null> = signal(null)
  readonly #looks = new Latest()

  async look(): Promise<void> {
    const isLatest = this.#looks.begin()
    try {
      const status = await call('getRecoveryStatus', {})
      if (!isLatest()) return
      this.status.value = status
      this.error.value = null
    } catch (thrown) {
      if (isLatest()) this.error.value = userErrorOf(thrown, 'look')
    }
  }
}

/** Asks again whenever the state of the vault changes; not before there is a vault. */
export function useRecovery(vault: Vault): Recovery {
  const recovery = useSignal(new Recovery()).value
  const state = vault.seen.value
  useEffect(() => {
    if (state !== null && state.vault !== 'none') void recovery.look()
  }, [recovery, state])
  return recovery
}
