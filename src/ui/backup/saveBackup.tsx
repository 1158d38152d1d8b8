// Saving everything into one file, sealed as it is.

import { useSignal } from '@preact/signals'
import type { State } from '../../messages/shapes.ts'
import { useDeed } from '../deed.ts'
import { Button } from '../parts/button.tsx'
import { Notice, TroubleNotice } from '../parts/notice.tsx'
import { dayOf, saveFile } from '../saveFile.ts'
import { WeakPassword } from '../weakPassword.tsx'
import { makeBackup } from './file.ts'
import { Persistence } from './persistence.tsx'

interface Props {
  readonly seen: State
  readonly onSaved: () => void
}

export function SaveBackup({ seen, onSaved }: Props) {
  const { backup } = seen
  const unlocked = seen.vault === 'unlocked'
  const deed = useDeed()
  const documents = useSignal(0)
  const saved = useSignal(false)
  const save = async () => {
    saved.value = false
    documents.value = 0
    const done = await deed.run('backup', async () => {
      const parts = await makeBackup((count) => {
        documents.value = count
      })
      saveFile(`fieldseal-backup-${dayOf(new Date())}.fieldseal`, parts, 'application/octet-stream')
    })
    saved.value = done
    if (done) onSaved()
  }
  return (
    <>
      <p>
        One file with everything: the vault, the library with its earlier versions, and your unfinished texts, sealed as
        they are here. Whoever finds it can’t read it; your password or your recovery key opens it.
      </p>
      <WeakPassword seen={seen} who="Whoever finds the file">
        <a href="#password">Choose a stronger one</a> first.
      </WeakPassword>
      <p>If you remove Fieldseal from the browser, the vault on this device is deleted. Save a backup file first.</p>
      <Persistence />
      {backup?.due ? (
        <Notice kind="warning">
          <p>
            {backup.at === null
              ? 'Fieldseal knows of no backup yet.'
              : `The last backup is of ${dayInWords(backup.at)}.`}{' '}
            If this device is lost, so is everything you sealed.
          </p>
        </Notice>
      ) : null}
      <p class="actions">
        <Button disabled={!unlocked} busy={deed.busy.value} onClick={() => void save()}>
          Save a backup file
        </Button>
        <output>
          {saved.value ? 'Saved. Keep it somewhere that is not this device.' : null}
          {unlocked ? null : 'Unlock the vault to save a backup.'}
        </output>
      </p>
      {deed.busy.value ? (
        <div class="progress">
          <progress aria-label="Saving a backup" />
          <span aria-hidden="true">{documents.value === 0 ? 'Saving…' : `${documents.value} texts…`}</span>
        </div>
      ) : null}
      <TroubleNotice trouble={deed.trouble.value} />
      {unlocked && !backup?.due && backup?.at ? <p class="hint">The last one is of {dayInWords(backup.at)}.</p> : null}
    </>
  )
}

function dayInWords(at: number): string {
  return new Date(at).toLocaleDateString([], { dateStyle: 'medium' })
}
