// Taking texts out of the library: sealed, as a backup, or as plaintext, for which the person confirms that it is they.

import { useSignal } from '@preact/signals'
import { useEffect, useMemo } from 'preact/hooks'
import { call } from '../../messages/call.ts'
import type { State } from '../../messages/shapes.ts'
import { makeBackup } from '../backup/file.ts'
import { useDeed } from '../deed.ts'
import { ProgressBar } from '../parts/bar.tsx'
import { Button, Progress } from '../parts/button.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { Notice, TroubleNotice } from '../parts/notice.tsx'
import { PlaceLink } from '../parts/placeLink.tsx'
import { dayOf, saveFile } from '../saveFile.ts'
import { useVault } from '../vault.ts'
import { WeakPassword } from '../weakPassword.tsx'
import { openTab } from '../windows.ts'
import { type Exported, Exporting, type PlainKind } from './exporting.ts'
import type { Shelf } from './shelf.ts'
import { counted, texts } from './words.ts'

const kinds: readonly (readonly ['sealed' | PlainKind, string, string])[] = [
  ['sealed', 'Sealed backup', 'Only your password or your recovery key opens it.'],
  ['json', 'Plaintext, to be read in again (JSON)', 'Everyone who has the file can read it. Fieldseal can import it.'],
  ['markdown', 'Plaintext, to be read by people (Markdown)', 'Everyone who has the file can read it.'],
]

export function ExportDialog({ shelf }: { shelf: Shelf }) {
  const vault = useVault()
  const exporting = useSignal(new Exporting()).value
  const kind = useSignal<'sealed' | PlainKind>('sealed')
  const ids = useMemo(() => [...shelf.ticks.ids.peek()], [shelf])
  useEffect(() => () => exporting.callOff(), [exporting])
  const close = () => {
    shelf.dialog.value = null
  }
  const busy = exporting.deed.busy.value
  const exported = exporting.exported.value
  const what = ids.length === 0 ? 'the whole library' : texts(ids.length)
  return (
    <Dialog title={`Export ${what}`} onClose={close}>
      {exported === null ? (
        <fieldset class="kinds" disabled={busy}>
          <legend class="unseen">As</legend>
          {kinds.map(([name, words, hint]) => (
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
                <span id={`kind-${name}`}>{words}</span>
                <span class="hint" id={`kind-${name}-hint`}>
                  {hint}
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
        <Plain shelf={shelf} exporting={exporting} kind={kind.value} ids={ids} onClose={close} />
      ) : null}
      {exported === null ? null : (
        <p class="actions dialog-end">
          <Button onClick={close}>Close</Button>
        </p>
      )}
    </Dialog>
  )
}

function Done({ exported: { texts: count, damaged } }: { exported: Exported }) {
  return (
    <output>
      <Notice kind="done">
        <p>{texts(count)} written into the file. It is not sealed: delete it when you no longer need it.</p>
        {damaged > 0 ? (
          <p>{counted(damaged, 'damaged text', 'damaged texts')} could not be opened and are not in it.</p>
        ) : null}
      </Notice>
    </output>
  )
}

interface SealedProps {
  readonly seen: State | null
  readonly ids: readonly string[]
  readonly onClose: () => void
}

function Sealed({ seen, ids, onClose }: SealedProps) {
  const deed = useDeed()
  const far = useSignal(0)
  const saved = useSignal(false)
  const save = async () => {
    saved.value = await deed.run('backup', async () => {
      far.value = 0
      const parts = await makeBackup((documents) => {
        far.value = documents
      }, ids)
      saveFile(`fieldseal-texts-${dayOf(new Date())}.fieldseal`, parts, 'application/octet-stream')
    })
  }
  if (ids.length === 0)
    return (
      <>
        <p>
          A backup of everything is made in the options: the vault, the library and your unfinished texts in one file.
        </p>
        <p class="actions dialog-end">
          <Button kind="main" onClick={() => void openTab('/options.html#backup').then(onClose)}>
            Go to backups
          </Button>
          <Button onClick={onClose}>Cancel</Button>
        </p>
      </>
    )
  return (
    <>
      <p>
        The file holds the vault, and of the library the {texts(ids.length)} you ticked, with their earlier versions. It
        is restored in the options. It does not count as a backup of everything.
      </p>
      <WeakPassword seen={seen} who="Whoever finds the file">
        <PlaceLink to="/options.html#password">Choose a stronger one</PlaceLink> first.
      </WeakPassword>
      {deed.busy.value ? (
        <ProgressBar done={far.value} of={ids.length} label="Exporting" words={`${texts(far.value)}…`} />
      ) : null}
      <output class="told">{saved.value ? 'Saved.' : null}</output>
      <TroubleNotice trouble={deed.trouble.value} />
      <p class="actions dialog-end">
        {saved.value ? null : (
          <Button kind="main" busy={deed.busy.value} onClick={() => void save()}>
            Save the file
          </Button>
        )}
        <Button onClick={onClose}>{saved.value ? 'Close' : 'Cancel'}</Button>
      </p>
    </>
  )
}

interface PlainProps {
  readonly shelf: Shelf
  readonly exporting: Exporting
  readonly kind: PlainKind
  /** None for all. */
  readonly ids: readonly string[]
  readonly onClose: () => void
}

function Plain({ shelf, exporting, kind, ids, onClose }: PlainProps) {
  const of = useSignal(ids.length)
  const { deed } = exporting
  const busy = deed.busy.value
  const submit = async (event: Event) => {
    event.preventDefault()
    if (busy) return
    let all = ids
    if (all.length === 0) {
      const found = await shelf.choosing.run('export', async () => {
        all = (await call('libraryIds', { search: '' })).ids
      })
      if (!found) return
    }
    of.value = all.length
    await exporting.run(kind, all)
  }
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <Notice kind="warning">
        <p>
          <strong>The file is not sealed.</strong> Whoever gets hold of it, and every program on this device, can read
          the texts. Save it only where you would keep them on paper.
        </p>
      </Notice>
      <TroubleNotice trouble={deed.trouble.value ?? shelf.choosing.trouble.value} />
      {busy && exporting.far.value > 0 ? (
        <ProgressBar
          done={exporting.far.value}
          of={of.value}
          label="Exporting"
          words={`${exporting.far.value.toLocaleString('en')} of ${texts(of.value)}…`}
        />
      ) : (
        <Progress busy={busy} label="Exporting" />
      )}
      <p class="actions dialog-end">
        <Button kind="main" submits busy={busy}>
          Export as plaintext
        </Button>
        <Button onClick={() => (busy ? exporting.callOff() : onClose())}>Cancel</Button>
      </p>
    </form>
  )
}
