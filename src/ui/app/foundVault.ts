// Whether there is a vault to join in the browser's sync, for a device that has none.

import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { call } from '../../messages/call.ts'
import type { Found } from '../../messages/vault/sync.ts'

/** Null until the answer comes. A failure counts as 'nothing': the person can still create a vault, or join one by a file. */
export function useFoundVault(): Found | null {
  const found = useSignal<Found | null>(null)
  useEffect(() => {
    call('findVaultToJoin', {}).then(
      (answer) => {
        found.value = answer.found
      },
      () => {
        found.value = 'nothing'
      },
    )
  }, [found])
  return found.value
}
