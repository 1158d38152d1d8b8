// Exports texts of the library: sealed, as a backup, or as plaintext, for which the person proves that it is they.

import { useSignal } from '@preact/signals'
import { useEffect, useMemo } from 'preact/hooks'
import { call } from '../../../messages/call.ts'
import type { VaultState } from '../../../messages/vault/vault.ts'
import { counted, type WordsKey, words } from '../../../words.ts'
import { formatNumber } from '../../app/format.ts'
import { dayOf, saveFile } from '../../app/saveFile.ts'
import { useTask } from '../../app/task.ts'
import { useVault } from '../../app/vault.ts'
import { openTab } from '../../app/windows.ts'
import { makeBackup } from '../../backup/file.ts'
import { Button, Progress } from '../../parts/button.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { ErrorNotice, Notice } from '../../parts/notice.tsx'
import { ProgressBar } from '../../parts/progressBar.tsx'
import { say } from '../../parts/say.tsx'
import { WeakPassword } from '../../secrets/weakPassword.tsx'
import { OwnPageLink } from '../../window/placeLink.tsx'
import type { LibraryModel } from '../model/libraryModel.ts'
import { type Exported, PlainExport, type PlainKind } from './plainExport.ts'

const kinds = [
  ['sealed', 'libraryFiles.export.kinds.sealed', 'libraryFiles.export.kinds.sealedHint'],
  ['json', 'libraryFiles.export.kinds.json', 'libraryFiles.export.kinds.jsonHint'],
  ['markdown', 'libraryFiles.export.kinds.markdown', 'libraryFiles.export.kinds.markdownHint'],
] as const satisfies (readonly ['sealed' | PlainKind, WordsKey, WordsKey])[]

export function ExportDialog({ library }: { library: LibraryModel }) {
  const vault = useVault()
  const exporting = useSignal(new PlainExport()).value
  const kind = useSignal<'sealed' | PlainKind>('sealed')
  const ids = useMemo(() => [...library.selection.ids.peek()], [library])
  useEffect(() => () => exporting.cancel(), [exporting])
  const close = () => {
    library.dialog.value = null
  }
  const busy = exporting.task.busy.value
  const exported = exporting.exported.value
  const title =
    ids.length === 0 ? words('libraryFiles.export.all') : counted('libraryFiles.export.some', { n: ids.length })
  return (
    <Dialog title={title} onClose={close}>
      {exported === null ? (
        <fieldset class="kinds" disabled={busy}>
          <legend class="unseen">{words('libraryFiles.export.as')}</legend>
          {kinds.map(([name, label, hint]) => (
            <label key={name}>
              <input
                type="radio"
                name="export-kind"
                aria-labelledby={`kind-${name}`}
                aria-describedby={`kind-${name}-hint`}
                checked={kind.value === name}
                onChange={() => {
                  kind.value = name
                }}
              />
              <span>
                <span id={`kind-${name}`}>{words(label)}</span>
                <span class="hint" id={`kind-${name}-hint`}>
                  {words(hint)}
                </span>
              </span>
            </label>
          ))}
        </fieldset>
      ) : null}
      {exported !== null ? <Done exported={exported} /> : null}
      {exported === null && kind.value === 'sealed' ? (
        <Sealed seen={vault.seen.value} ids={ids} onClose={close} />
      ) : null}
      {exported === null && kind.value !== 'sealed' ? (
        <Plain library={library} exporting={exporting} kind={kind.value} ids={ids} onClose={close} />
      ) : null}
      {exported === null ? null : (
        <p class="actions dialog-end">
          <Button onClick={close}>{words('libraryFiles.close')}</Button>
        </p>
      )}
    </Dialog>
  )
}

function Done({ exported: { texts, damaged } }: { exported: Exported }) {
  return (
    <output>
      <Notice kind="done">
        <p>{counted('libraryFiles.export.done', { n: texts })}</p>
        {damaged > 0 ? <p>{counted('libraryFiles.export.damaged', { n: damaged })}</p> : null}
      </Notice>
    </output>
  )
}

interface SealedProps {
  readonly seen: VaultState | null
  readonly ids: readonly string[]
  readonly onClose: () => void
}

function Sealed({ seen, ids, onClose }: SealedProps) {
  const task = useTask()
  const documents = useSignal(0)
  const saved = useSignal(false)
  const save = async () => {
    saved.value = await task.run('backup', async () => {
      documents.value = 0
      const parts = await makeBackup((count) => {
        documents.value = count
      }, ids)
      saveFile(`fieldseal-texts-${dayOf(new Date())}.fieldseal`, parts, 'application/octet-stream')
    })
  }
  if (ids.length === 0)
    return (
      <>
        <p>{words('libraryFiles.export.backupAll')}</p>
        <p class="actions dialog-end">
          <Button kind="main" onClick={() => void openTab('/options.html#backup').then(onClose)}>
            {words('libraryFiles.export.goToBackups')}
          </Button>
          <Button onClick={onClose}>{words('libraryFiles.cancel')}</Button>
        </p>
      </>
    )
  return (
    <>
      <p>{counted('libraryFiles.export.backupSome', { n: ids.length })}</p>
      <WeakPassword
        seen={seen}
        to="file"
        link={(text) => <OwnPageLink to="/options.html#password">{text}</OwnPageLink>}
      />
      {task.busy.value ? (
        <ProgressBar
          done={documents.value}
          of={ids.length}
          label={words('libraryFiles.export.label')}
          words={counted('libraryFiles.export.backupProgress', { n: documents.value })}
        />
      ) : null}
      <output class="told">{saved.value ? words('libraryFiles.export.saved') : null}</output>
      <ErrorNotice error={task.error.value} />
      <p class="actions dialog-end">
        {saved.value ? null : (
          <Button kind="main" busy={task.busy.value} onClick={() => void save()}>
            {words('libraryFiles.export.save')}
          </Button>
        )}
        <Button onClick={onClose}>{saved.value ? words('libraryFiles.close') : words('libraryFiles.cancel')}</Button>
      </p>
    </>
  )
}

interface PlainProps {
  readonly library: LibraryModel
  readonly exporting: PlainExport
  readonly kind: PlainKind
  /** None for all. */
  readonly ids: readonly string[]
  readonly onClose: () => void
}

function Plain({ library, exporting, kind, ids, onClose }: PlainProps) {
  const total = useSignal(ids.length)
  const { task } = exporting
  const busy = task.busy.value
  const submit = async (event: Event) => {
    event.preventDefault()
    if (busy) return
    let allIds = ids
    if (allIds.length === 0) {
      const listed = await library.listTask.run('export', async () => {
        allIds = (await call('listEntryIds', { search: '' })).ids
      })
      if (!listed) return
    }
    total.value = allIds.length
    await exporting.run(kind, allIds)
  }
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <Notice kind="warning">
        <p>{say('libraryFiles.export.warning', { strong: (text) => <strong>{text}</strong> })}</p>
      </Notice>
      <ErrorNotice error={task.error.value ?? library.listTask.error.value} />
      {busy && exporting.done.value > 0 ? (
        <ProgressBar
          done={exporting.done.value}
          of={total.value}
          label={words('libraryFiles.export.label')}
          words={counted('libraryFiles.export.progress', { done: formatNumber(exporting.done.value), n: total.value })}
        />
      ) : (
        <Progress busy={busy} label={words('libraryFiles.export.label')} />
      )}
      <p class="actions dialog-end">
        <Button kind="main" submits busy={busy}>
          {words('libraryFiles.export.start')}
        </Button>
        <Button onClick={() => (busy ? exporting.cancel() : onClose())}>{words('libraryFiles.cancel')}</Button>
      </p>
    </form>
  )
}
