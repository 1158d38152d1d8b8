// Warns where the browser has not agreed to keep the vault when the disk is full, and asks the browser again on request.

import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { words } from '../../words.ts'
import { Button } from '../parts/button.tsx'
import { Notice } from '../parts/notice.tsx'

/** Chromium never agrees for an extension, but removes nothing of one that has `unlimitedStorage`. */
const dependsOnConsent = import.meta.env.FIREFOX

type Consent = 'unknown' | 'given' | 'missing' | 'declined'

export function Persistence() {
  const consent = useSignal<Consent>('unknown')
  useEffect(() => {
    void navigator.storage.persisted().then(
      (persisted) => {
        consent.value = persisted ? 'given' : 'missing'
      },
      () => undefined,
    )
  }, [consent])
  const requestPersistence = async () => {
    consent.value = (await navigator.storage.persist().catch(() => false)) ? 'given' : 'declined'
  }
  if (!dependsOnConsent || consent.value === 'unknown' || consent.value === 'given') return null
  return (
    <Notice kind="warning">
      <p>{words('backup.persistence.mayBeRemoved')}</p>
      {consent.value === 'declined' ? <p role="alert">{words('backup.persistence.declined')}</p> : null}
      <p class="actions">
        <Button onClick={() => void requestPersistence()}>{words('backup.persistence.ask')}</Button>
      </p>
    </Notice>
  )
}
