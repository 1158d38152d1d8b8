// Gathering the parts that another browser shows: with the camera, from picture files or the saved file, or as pasted text;
// also some in one way and some in another.

import { useComputed, useSignal } from '@preact/signals'
import { createRef } from 'preact'
import { useId, useMemo } from 'preact/hooks'
import { type Trouble, troubleOf, useDeed } from '../deed.ts'
import { quietBox } from '../parts/box.ts'
import { Button, Progress } from '../parts/button.tsx'
import { FileButton } from '../parts/fileButton.tsx'
import { TroubleNotice } from '../parts/notice.tsx'
import type { Reading } from './codeReader.ts'
import { current } from './collected.ts'
import { readPicture } from './pictures.ts'
import { Scan } from './scan.tsx'
import type { Read, Taking } from './taking.ts'
import { emptyFilesSentence, progressSentence, readSentence, slowFilesSentence, spokenProgress } from './words.ts'

/** The longest file that is read as a text. */
const fileBytesAtMost = 4_000_000
const nothing: Read = { parts: 0, damaged: 0, newer: 0 }

export function Gather({ taking }: { taking: Taking }) {
  const told = useSignal('')
  const trouble = useSignal<Trouble | null>(null)
  const heard = (read: Read) => {
    told.value = read.damaged + read.newer > 0 || read.parts === 0 ? readSentence(read) : ''
  }
  const scanned = async (text: string) => {
    try {
      heard(await taking.read(text))
      trouble.value = null
      return true
    } catch (thrown) {
      trouble.value = troubleOf(thrown, 'open-pairing')
      return false
    }
  }
  return (
    <>
      <Gathered taking={taking} />
      <Scan onText={scanned} />
      <Files taking={taking} />
      <Paste taking={taking} />
      <output class="told">{told.value}</output>
      <TroubleNotice trouble={trouble.value} />
    </>
  )
}

function Gathered({ taking }: { taking: Taking }) {
  const now = useComputed(() => current(taking.collections.value)).value
  return (
    <>
      {now === null ? null : (
        <div class="gathered">
          <progress aria-label="Parts that were read" value={now.there.size} max={now.count} />
          <span>{progressSentence(now)}</span>
        </div>
      )}
      <p class="unseen" role="status">
        {spokenProgress(now)}
      </p>
    </>
  )
}

function Files({ taking }: { taking: Taking }) {
  const deed = useDeed()
  const told = useSignal('')
  const readAll = async (files: readonly File[]) => {
    told.value = ''
    const sum = { ...nothing }
    const empty: string[] = []
    const slow: string[] = []
    await deed.run('open-pairing', async () => {
      for (const file of files) {
        const reading = await textIn(file)
        const read = reading.kind === 'text' ? await taking.read(reading.text) : nothing
        if (reading.kind === 'overran') slow.push(file.name)
        else if (read.parts + read.damaged + read.newer === 0) empty.push(file.name)
        sum.parts += read.parts
        sum.damaged += read.damaged
        sum.newer += read.newer
      }
      const anyRead = empty.length + slow.length < files.length
      told.value = [anyRead ? readSentence(sum) : '', emptyFilesSentence(empty), slowFilesSentence(slow)]
        .filter(Boolean)
        .join(' ')
    })
  }
  return (
    <>
      <p class="actions">
        <FileButton
          label="Pictures or file of a pairing"
          multiple
          busy={deed.busy.value}
          onChosen={(files) => void readAll(files)}
        >
          Choose pictures or the saved file
        </FileButton>
        <output>{told.value}</output>
      </p>
      {deed.busy.value ? <Progress busy label="Reading" /> : null}
      <TroubleNotice trouble={deed.trouble.value} />
    </>
  )
}

function Paste({ taking }: { taking: Taking }) {
  const id = useId()
  const deed = useDeed()
  const told = useSignal('')
  const box = useMemo(() => createRef<HTMLTextAreaElement>(), [])
  const read = async (event: Event) => {
    event.preventDefault()
    const text = box.current?.value ?? ''
    if (text.trim() === '') {
      told.value = 'Paste the copied text into this field first.'
      box.current?.focus()
      return
    }
    await deed.run('open-pairing', async () => {
      const found = await taking.read(text)
      told.value = readSentence(found)
      if (found.parts > 0 && box.current) box.current.value = ''
    })
    box.current?.focus()
  }
  return (
    <details>
      <summary>Paste a copied text</summary>
      <form onSubmit={(event) => void read(event)} noValidate>
        <div class="field">
          <label for={id}>Copied text</label>
          <textarea
            id={id}
            ref={box}
            class="sealed-text"
            rows={4}
            autocomplete="off"
            {...quietBox}
            readOnly={deed.busy.value}
            aria-describedby={`${id}-told`}
          />
          <output id={`${id}-told`} class="hint">
            {told.value}
          </output>
        </div>
        <TroubleNotice trouble={deed.trouble.value} />
        <p class="actions">
          <Button submits busy={deed.busy.value}>
            Read the text
          </Button>
        </p>
      </form>
    </details>
  )
}

/** What a chosen file says: that of the code on a picture, or its own text. */
async function textIn(file: File): Promise<Reading> {
  if (file.type.startsWith('image/')) return readPicture(file)
  return file.size > fileBytesAtMost ? { kind: 'nothing' } : { kind: 'text', text: await file.text() }
}
