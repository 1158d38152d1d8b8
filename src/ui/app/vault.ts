// Whether there is a vault and whether it is unlocked, as the background says, asked anew at every lock and unlock.
// What is on screen follows it; nothing is decided by it.

import { type Signal, signal, useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { call } from '../../messages/call.ts'
import { onLockSignal } from '../../messages/lockSignal.ts'
import type { VaultState } from '../../messages/vault/vault.ts'
import { Latest } from './latest.ts'
import { type UserError, userErrorOf } from './task.ts'

export class Vault {
  /** An unlocking shows at once, too, before it is looked up: for windows that show nothing but whether it is unlocked. */
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

  /** Looks now and at every mark, until the returned function is called. A lock shows at once, before it is looked up. */
  watch(): () => void {
    void this.look()
    return onLockSignal((change) => {
      if (change === 'flush') return
      const seen = this.seen.peek()
      if (change === 'locked' && seen?.vault === 'unlocked') this.seen.value = { ...seen, vault: 'locked' }
      if (this.#atOnce && change === 'unlocked' && seen?.vault === 'locked') {
        this.seen.value = { ...seen, vault: 'unlocked' }
        // What the window then shows is waited for: it asks for that first.
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
