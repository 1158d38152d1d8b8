// Reading texts in from files: what was found in them first, then the button that takes it in.

import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { ProgressBar } from '../parts/bar.tsx'
import { Button } from '../parts/button.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { FileButton } from '../parts/fileButton.tsx'
import { Foreign } from '../parts/foreign.tsx'
import { Notice, TroubleNotice } from '../parts/notice.tsx'
import { openTab } from '../windows.ts'
import { Importing, type Scene } from './importing.ts'
import { doneSentences, fileSentence } from './importWords.ts'
import type { Shelf } from './shelf.ts'
import { texts } from './words.ts'

export function ImportDialog({ shelf }: { shelf: Shelf }) {
  const importing = useSignal(new Importing()).value
  const scene = importing.scene.value
  useEffect(() => () => importing.again(), [importing])
  const close = () => {
    shelf.dialog.value = null
    shelf.refresh()
  }
  return (
    <Dialog title="Import texts" onClose={close}>
      {scene.at === 'choosing' ? <Choose importing={importing} /> : null}
      {scene.at === 'reading' ? <ProgressBar done={0} of={1} label="Reading the files" words="Reading…" /> : null}
      {scene.at === 'read' ? <Read importing={importing} scene={scene} /> : null}
      {scene.at === 'importing' ? (
        <ProgressBar
          done={scene.done}
          of={scene.of}
          label="Importing"
          words={`${scene.done.toLocaleString('en')} of ${texts(scene.of)}…`}
        />
      ) : null}
      {scene.at === 'done' ? (
        <output>
          <Notice kind="done">
            {doneSentences(scene.texts, scene.left).map((words) => (
              <p key={words}>{words}</p>
            ))}
          </Notice>
        </output>
      ) : null}
      <TroubleNotice trouble={importing.deed.trouble.value} />
      <p class="actions dialog-end">
        {scene.at === 'read' || scene.at === 'done' ? (
          <Button kind="quiet" onClick={() => importing.again()}>
            Choose other files
          </Button>
        ) : null}
        <Button onClick={close}>{scene.at === 'done' ? 'Close' : 'Cancel'}</Button>
      </p>
    </Dialog>
  )
}

function Choose({ importing }: { importing: Importing }) {
  return (
    <>
      <ul class="lines">
        <li>A plaintext export of Fieldseal (.json): its texts, with their sites and dates.</li>
        <li>Files of plain text (.txt, .md): a note of each.</li>
        <li>
          A sealed backup (.fieldseal) is restored{' '}
          <a href="/options.html#backup" target="_blank" rel="noopener">
            in the options
          </a>
          .
        </li>
      </ul>
      <p class="actions">
        <FileButton
          label="Files to import"
          kind="main"
          multiple
          accept=".json,.txt,.md,.markdown,.fieldseal"
          onChosen={(files) => void importing.choose(files)}
        >
          Choose files
        </FileButton>
      </p>
    </>
  )
}

function Read({ importing, scene }: { importing: Importing; scene: Extract<Scene, { at: 'read' }> }) {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => box.current?.querySelector('button')?.focus(), [])
  return (
    <div ref={box}>
      <ul class="files">
        {scene.files.map((file, nth) => (
          <li key={nth} class={file.refused !== null || file.broken.length > 0 ? 'files-amiss' : undefined}>
            <Foreign>{file.name}</Foreign>
            <span>{fileSentence(file)}</span>
          </li>
        ))}
      </ul>
      <p class="actions">
        {scene.texts > 0 ? (
          <Button kind="main" busy={importing.deed.busy.value} onClick={() => void importing.take()}>
            Import {texts(scene.texts)}
          </Button>
        ) : null}
        {scene.files.some((file) => file.backup) ? (
          <Button onClick={() => void openTab('/options.html#backup')}>Restore the backup in the options</Button>
        ) : null}
      </p>
    </div>
  )
}
