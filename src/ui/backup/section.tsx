// The options' section on backups.

import { useEffect, useRef } from 'preact/hooks'
import type { State } from '../../messages/shapes.ts'
import { Restore } from './restore.tsx'
import { SaveBackup } from './saveBackup.tsx'

export function Backup({ seen, look }: { seen: State; look: () => void }) {
  const unlocked = seen.vault === 'unlocked'
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    // The popup's reminder leads here.
    if (location.hash === '#backup') heading.current?.focus()
  }, [])
  return (
    <section class="card" aria-labelledby="backup">
      <h2 id="backup" ref={heading} tabIndex={-1}>
        Backup
      </h2>
      <SaveBackup seen={seen} onSaved={look} />
      {unlocked ? <Restore label="Restore from a backup file" onRestored={look} /> : null}
    </section>
  )
}
