// Gathers the frames that another browser shows: by the camera, from pictures or the saved file, or as pasted text, in any mixture.

import { useComputed, useSignal } from '@preact/signals'
import { createRef } from 'preact'
import { useId, useMemo } from 'preact/hooks'
import { words } from '../../words.ts'
import { type UserError, userErrorOf, useTask } from '../app/task.ts'
import { quietInputProps } from '../parts/box.ts'
import { Button, Progress } from '../parts/button.tsx'
import { FileButton } from '../parts/fileButton.tsx'
import { ErrorNotice } from '../parts/notice.tsx'
import { pickCollection } from './collected.ts'
import type { PairingAcceptance, ReadFrames } from './pairingAcceptance.ts'
import type { Reading } from './qr/codeReader.ts'
import { readPicture } from './qr/pictures.ts'
import { Scan } from './scan.tsx'
import { emptyFilesSentence, overranFilesSentence, progressSentences, readSentences, spokenProgress } from './words.ts'

/** The longest file that is read as a text. */
const maxFileBytes = 4_000_000
const noFrames: ReadFrames = { parts: 0, damaged: 0, newer: 0 }

export function Gather({ acceptance }: { acceptance: PairingAcceptance }) {
  const outcome = useSignal('')
  const error = useSignal<UserError | null>(null)
  const showOutcome = (read: ReadFrames) => {
    outcome.value = read.damaged + read.newer > 0 || read.parts === 0 ? readSentences(read) : ''
  }
  const readScanned = async (text: string) => {
    try {
      showOutcome(await acceptance.read(text))
      error.value = null
      return true
    } catch (thrown) {
      error.value = userErrorOf(thrown, 'open-pairing')
      return false
    }
  }
  return (
    <>
      <Gathered acceptance={acceptance} />
      <Scan onText={readScanned} />
      <Files acceptance={acceptance} />
      <Paste acceptance={acceptance} />
      <output class="told">{outcome.value}</output>
      <ErrorNotice error={error.value} />
    </>
  )
}

function Gathered({ acceptance }: { acceptance: PairingAcceptance }) {
  const collection = useComputed(() => pickCollection(acceptance.collections.value)).value
  return (
    <>
      {collection === null ? null : (
        <div class="gathered">
          <progress aria-label={words('pairing.gather.read')} value={collection.frames.size} max={collection.count} />
          <span>{progressSentences(collection)}</span>
        </div>
      )}
      <p class="unseen" role="status">
        {spokenProgress(collection)}
      </p>
    </>
  )
}

function Files({ acceptance }: { acceptance: PairingAcceptance }) {
  const task = useTask()
  const outcome = useSignal('')
  const readAll = async (files: readonly File[]) => {
    outcome.value = ''
    const totals = { ...noFrames }
    const empty: string[] = []
    const overran: string[] = []
    await task.run('open-pairing', async () => {
      for (const file of files) {
        const reading = await readFile(file)
        const read = reading.kind === 'text' ? await acceptance.read(reading.text) : noFrames
        if (reading.kind === 'overran') overran.push(file.name)
        else if (read.parts + read.damaged + read.newer === 0) empty.push(file.name)
        totals.parts += read.parts
        totals.damaged += read.damaged
        totals.newer += read.newer
      }
      const anyRead = empty.length + overran.length < files.length
      outcome.value = [anyRead ? readSentences(totals) : '', emptyFilesSentence(empty), overranFilesSentence(overran)]
        .filter(Boolean)
        .join(' ')
    })
  }
  return (
    <>
      <p class="actions">
        <FileButton
          label={words('pairing.files.label')}
          multiple
          busy={task.busy.value}
          onChosen={(files) => void readAll(files)}
        >
          {words('pairing.files.choose')}
        </FileButton>
        <output>{outcome.value}</output>
      </p>
      {task.busy.value ? <Progress busy label={words('pairing.files.reading')} /> : null}
      <ErrorNotice error={task.error.value} />
    </>
  )
}

function Paste({ acceptance }: { acceptance: PairingAcceptance }) {
  const id = useId()
  const task = useTask()
  const outcome = useSignal('')
  const box = useMemo(() => createRef<HTMLTextAreaElement>(), [])
  const submit = async (event: Event) => {
    event.preventDefault()
    const text = box.current?.value ?? ''
    if (text.trim() === '') {
      outcome.value = words('pairing.paste.first')
      box.current?.focus()
      return
    }
    await task.run('open-pairing', async () => {
      const result = await acceptance.read(text)
      outcome.value = readSentences(result)
      if (result.parts > 0 && box.current) box.current.value = ''
    })
    box.current?.focus()
  }
  return (
    <details>
      <summary>{words('pairing.paste.summary')}</summary>
      <form onSubmit={(event) => void submit(event)} noValidate>
        <div class="field">
          <label for={id}>{words('pairing.paste.label')}</label>
          <textarea
            id={id}
            ref={box}
            class="sealed-text"
            rows={4}
            autocomplete="off"
            {...quietInputProps}
            readOnly={task.busy.value}
            aria-describedby={`${id}-outcome`}
          />
          <output id={`${id}-outcome`} class="hint">
            {outcome.value}
          </output>
        </div>
        <ErrorNotice error={task.error.value} />
        <p class="actions">
          <Button submits busy={task.busy.value}>
            {words('pairing.paste.read')}
          </Button>
        </p>
      </form>
    </details>
  )
}

/** What a chosen file says: that of the code on a picture, or its own text. */
async function readFile(file: File): Promise<Reading> {
  if (file.type.startsWith('image/')) return readPicture(file)
  return file.size > maxFileBytes ? { kind: 'nothing' } : { kind: 'text', text: await file.text() }
}
