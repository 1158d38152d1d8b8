// Saves everything into one file, sealed as it is stored.

import { useSignal } from '@preact/signals'
import type { VaultState } from '../../messages/vault/vault.ts'
import { counted, words } from '../../words.ts'
import { formatMediumDay } from '../app/format.ts'
import { dayOf, saveFile } from '../app/saveFile.ts'
import { useTask } from '../app/task.ts'
import { Button } from '../parts/button.tsx'
import { ErrorNotice, Notice } from '../parts/notice.tsx'
import { WeakPassword } from '../secrets/weakPassword.tsx'
import { makeBackup } from './file.ts'
import { Persistence } from './persistence.tsx'

interface Props {
  readonly seen: VaultState
  readonly onSaved: () => void
}

export function SaveBackup({ seen, onSaved }: Props) {
  const { backup } = seen
  const unlocked = seen.vault === 'unlocked'
  const task = useTask()
  const documents = useSignal(0)
  const saved = useSignal(false)
  const save = async () => {
    saved.value = false
    documents.value = 0
    const done = await task.run('backup', async () => {
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
      <p>{words('backup.save.what')}</p>
      <WeakPassword seen={seen} to="file" link={(text) => <a href="#password">{text}</a>} />
      <p>{words('backup.save.removed')}</p>
      <Persistence />
      {backup?.due ? (
        <Notice kind="warning">
          <p>
            {backup.at === null
              ? words('backup.save.dueNone')
              : words('backup.save.due', { date: formatMediumDay(backup.at) })}
          </p>
        </Notice>
      ) : null}
      <p class="actions">
        <Button disabled={!unlocked} busy={task.busy.value} onClick={() => void save()}>
          {words('backup.save.save')}
        </Button>
        <output>
          {saved.value ? words('backup.save.saved') : null}
          {unlocked ? null : words('backup.save.unlock')}
        </output>
      </p>
      {task.busy.value ? (
        <div class="progress">
          <progress aria-label={words('backup.save.label')} />
          <span aria-hidden="true">
            {documents.value === 0 ? words('backup.save.saving') : counted('backup.save.texts', { n: documents.value })}
          </span>
        </div>
      ) : null}
      <ErrorNotice error={task.error.value} />
      {unlocked && !backup?.due && backup?.at ? (
        <p class="hint">{words('backup.save.last', { date: formatMediumDay(backup.at) })}</p>
      ) : null}
    </>
  )
}
