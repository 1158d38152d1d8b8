// The options' section on backups.

import { useEffect, useRef } from 'preact/hooks'
import type { VaultState } from '../../messages/vault/vault.ts'
import { words } from '../../words.ts'
import { Restore } from './restore.tsx'
import { SaveBackup } from './saveBackup.tsx'

export function Backup({ seen, look }: { seen: VaultState; look: () => void }) {
  const unlocked = seen.vault === 'unlocked'
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    // The popup's reminder leads here.
    if (location.hash === '#backup') heading.current?.focus()
  }, [])
  return (
    <section class="card" aria-labelledby="backup">
      <h2 id="backup" ref={heading} tabIndex={-1}>
        {words('backup.heading')}
      </h2>
      <SaveBackup seen={seen} onSaved={look} />
      {unlocked ? <Restore label={words('backup.restore.fromFile')} onRestored={look} /> : null}
    </section>
  )
}
