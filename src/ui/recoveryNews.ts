// How it stands with the ways back into the vault, asked of the background at every lock and unlock and after every change
// that is made here.

import { type Signal, signal, useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { call } from '../messages/call.ts'
import type { RecoveryNews } from '../messages/recovering.ts'
import { type Trouble, troubleOf } from './deed.ts'
import type { Vault } from './vault.ts'

export class Recovery {
  readonly news: Signal<RecoveryNews | null> = signal(null)
  readonly trouble: Signal<Trouble | null> = signal(null)
  #asked = 0

  async look(): Promise<void> {
    const nth = ++this.#asked
    try {
      const news = await call('recoveryNews', {})
      if (nth !== this.#asked) return
      this.news.value = news
      this.trouble.value = null
    } catch (thrown) {
      if (nth === this.#asked) this.trouble.value = troubleOf(thrown, 'look')
    }
  }
}

/** Looks anew whenever what is known of the vault has changed; not before there is one. */
export function useRecovery(vault: Vault): Recovery {
  const recovery = useSignal(new Recovery()).value
  const state = vault.seen.value
  useEffect(() => {
    if (state !== null && state.vault !== 'none') void recovery.look()
  }, [recovery, state])
  return recovery
}
