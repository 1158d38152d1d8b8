// Imports texts from files: shows first what was found in them, then the button that imports it.

import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { counted, words } from '../../../words.ts'
import { formatNumber } from '../../app/format.ts'
import { openTab } from '../../app/windows.ts'
import { Button } from '../../parts/button.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { FileButton } from '../../parts/fileButton.tsx'
import { ErrorNotice, Notice } from '../../parts/notice.tsx'
import { ProgressBar } from '../../parts/progressBar.tsx'
import { say } from '../../parts/say.tsx'
import { UntrustedText } from '../../parts/untrustedText.tsx'
import type { LibraryModel } from '../model/libraryModel.ts'
import { FileImport, type ImportStep } from './fileImport.ts'
import { doneSentences, fileSentence } from './importSentences.ts'

export function ImportDialog({ library }: { library: LibraryModel }) {
  const importing = useSignal(new FileImport()).value
  const step = importing.step.value
  useEffect(() => () => importing.reset(), [importing])
  const close = () => {
    library.dialog.value = null
    library.refresh()
  }
  return (
    <Dialog title={words('libraryFiles.import.heading')} onClose={close}>
      {step.name === 'choosing' ? <Choose importing={importing} /> : null}
      {step.name === 'reading' ? (
        <ProgressBar
          done={0}
          of={1}
          label={words('libraryFiles.import.readingLabel')}
          words={words('libraryFiles.import.reading')}
        />
      ) : null}
      {step.name === 'read' ? <Read importing={importing} step={step} /> : null}
      {step.name === 'importing' ? (
        <ProgressBar
          done={step.done}
          of={step.of}
          label={words('libraryFiles.import.label')}
          words={counted('libraryFiles.import.progress', { done: formatNumber(step.done), n: step.of })}
        />
      ) : null}
      {step.name === 'done' ? (
        <output>
          <Notice kind="done">
            {doneSentences(step.texts, step.refused).map((sentence) => (
              <p key={sentence}>{sentence}</p>
            ))}
          </Notice>
        </output>
      ) : null}
      <ErrorNotice error={importing.task.error.value} />
      <p class="actions dialog-end">
        {step.name === 'read' || step.name === 'done' ? (
          <Button kind="quiet" onClick={() => importing.reset()}>
            {words('libraryFiles.import.chooseOthers')}
          </Button>
        ) : null}
        <Button onClick={close}>
          {step.name === 'done' ? words('libraryFiles.close') : words('libraryFiles.cancel')}
        </Button>
      </p>
    </Dialog>
  )
}

function Choose({ importing }: { importing: FileImport }) {
  return (
    <>
      <ul class="lines">
        <li>{words('libraryFiles.import.kinds.json')}</li>
        <li>{words('libraryFiles.import.kinds.text')}</li>
        <li>
          {say('libraryFiles.import.kinds.backup', {
            link: (text) => (
              <a href="/options.html#backup" target="_blank" rel="noopener">
                {text}
              </a>
            ),
          })}
        </li>
      </ul>
      <p class="actions">
        <FileButton
          label={words('libraryFiles.import.files')}
          kind="main"
          multiple
          accept=".json,.txt,.md,.markdown,.fieldseal"
          onChosen={(files) => void importing.choose(files)}
        >
          {words('libraryFiles.import.choose')}
        </FileButton>
      </p>
    </>
  )
}

function Read({ importing, step }: { importing: FileImport; step: Extract<ImportStep, { name: 'read' }> }) {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => box.current?.querySelector('button')?.focus(), [])
  return (
    <div ref={box}>
      <ul class="files">
        {step.files.map((file, index) => (
          <li key={index} class={file.refused !== null || file.broken.length > 0 ? 'files-amiss' : undefined}>
            <UntrustedText>{file.name}</UntrustedText>
            <span>{fileSentence(file)}</span>
          </li>
        ))}
      </ul>
      <p class="actions">
        {step.texts > 0 ? (
          <Button kind="main" busy={importing.task.busy.value} onClick={() => void importing.importTexts()}>
            {counted('libraryFiles.import.start', { n: step.texts })}
          </Button>
        ) : null}
        {step.files.some((file) => file.backup) ? (
          <Button onClick={() => void openTab('/options.html#backup')}>
            {words('libraryFiles.import.restoreBackup')}
          </Button>
        ) : null}
      </p>
    </div>
  )
}
