// Whether there is a vault and whether it is unlocked. Asks the background again at every lock and unlock. The screen follows
// this state; no security decision depends on it.

import { type Signal, signal, useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { call } from '../../messages/call.ts'
import { onLockSignal } from '../../messages/lockSignal.ts'
import type { VaultState } from '../../messages/vault/vault.ts'
import { Latest } from './latest.ts'
import { type UserError, userErrorOf } from './task.ts'

export class Vault {
  /** Shows an unlock at once, before the background confirms it: for windows that show only whether the vault is unlocked. */
  readonly #atOnce: boolean
  readonly seen: Signal<VaultState | null> = signal(null)
  readonly error: Signal<UserError | null> = signal(null)
  readonly #looks = new Latest()

  constructor(atOnce = false) {
    this.#atOnce = atOnce
  }

  async look(): Promise<void> {
    const isLatest = this.#looks.begin()
    try {
      const state = await call('getVaultState', {})
      if (!isLatest()) return
      this.seen.value = state
      this.error.value = null
    } catch (thrown) {
      if (isLatest()) this.error.value = userErrorOf(thrown, 'look')
    }
  }

  /** Looks now and at every lock signal, until the returned function is called. Shows a lock at once, before looking. */
  watch(): () => void {
    void this.look()
    return onLockSignal((change) => {
      if (change === 'flush') return
      const seen = this.seen.peek()
      if (change === 'locked' && seen?.vault === 'unlocked') this.seen.value = { ...seen, vault: 'locked' }
      if (this.#atOnce && change === 'unlocked' && seen?.vault === 'locked') {
        this.seen.value = { ...seen, vault: 'unlocked' }
        // The person waits for what the window shows next, so those requests go first.
        setTimeout(() => void this.look())
      } else void this.look()
    })
  }
}

export function useVault(atOnce = false): Vault {
  const vault = useSignal(new Vault(atOnce)).value
  useEffect(() => vault.watch(), [vault])
  return vault
}
