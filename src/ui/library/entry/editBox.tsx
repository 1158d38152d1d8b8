// The box in which a person writes a text of the library, and the question before they leave unsaved changes.

import { useId, useLayoutEffect, useRef } from 'preact/hooks'
import { words } from '../../../words.ts'
import { useConfirmLeave } from '../../app/confirmLeave.ts'
import { formatLongTime } from '../../app/format.ts'
import { useWritingInputProps } from '../../parts/box.ts'
import { Button, Progress } from '../../parts/button.tsx'
import { ErrorNotice, Notice } from '../../parts/notice.tsx'
import { say } from '../../parts/say.tsx'
import type { Editor } from '../model/editor.ts'
import { TextView } from './textView.tsx'

interface Props {
  readonly editor: Editor
  readonly label: string
  readonly onSaved: (id: string) => void
  /** Without saving: back to the text, or to the list. */
  readonly onCancel: () => void
}

export function EditBox({ editor, label, onSaved, onCancel }: Props) {
  const id = useId()
  const writing = useWritingInputProps()
  useLayoutEffect(() => {
    const box = editor.box.current
    box?.focus()
    box?.setSelectionRange(0, 0)
  }, [editor])
  const busy = editor.saving.busy.value
  const changed = editor.changed.value
  const conflicting = editor.conflicting.value
  const save = async () => {
    const saved = await editor.save()
    if (saved !== null) onSaved(saved)
    else editor.box.current?.focus()
  }
  const cancel = () => {
    if (editor.changed.peek()) editor.leave.value = onCancel
    else onCancel()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.isComposing) return
    if (event.key === 'Escape') {
      event.preventDefault()
      event.stopPropagation()
      cancel()
    } else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault()
      void save()
    }
  }
  return (
    <form
      class="editing"
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      {changed ? <ConfirmLeave /> : null}
      <label for={id} class={conflicting === null ? 'unseen' : undefined}>
        {conflicting === null ? label : words('libraryEntry.conflict.mine')}
      </label>
      <textarea
        id={id}
        ref={(box) => {
          if (box !== null) editor.box.current = box
        }}
        value={editor.text.value}
        readOnly={busy}
        dir="auto"
        {...writing}
        autocomplete="off"
        aria-describedby={`${id}-keys`}
        onKeyDown={onKeyDown}
        onInput={(event) => {
          editor.text.value = event.currentTarget.value
        }}
      />
      {editor.leave.value === null ? null : <LeaveQuestion editor={editor} onSaved={onSaved} />}
      <ErrorNotice error={editor.saving.error.value} />
      <div class="actions">
        <Button kind="main" submits busy={busy} disabled={!changed}>
          {conflicting === null ? words('libraryEntry.editor.save') : words('libraryEntry.conflict.saveMine')}
        </Button>
        {conflicting === null ? null : (
          <Button
            busy={busy}
            onClick={() => void editor.saveAsNote().then((saved) => (saved === null ? undefined : onSaved(saved)))}
          >
            {words('libraryEntry.conflict.saveApart')}
          </Button>
        )}
        <Button kind="quiet" onClick={cancel}>
          {words('libraryEntry.editor.cancel')}
        </Button>
        <Progress busy={busy} label={words('libraryEntry.editor.saving')} />
      </div>
      <p class="hint" id={`${id}-keys`}>
        {say(/Mac/.test(navigator.userAgent) ? 'libraryEntry.editor.keysOnMac' : 'libraryEntry.editor.keys', {
          key: (text) => <kbd>{text}</kbd>,
        })}
      </p>
      {conflicting === null ? null : (
        <section aria-labelledby={`${id}-other`}>
          <h3 id={`${id}-other`}>{words('libraryEntry.conflict.theirs')}</h3>
          <p class="hint">{words('libraryEntry.conflict.about', { date: formatLongTime(conflicting.changedAt) })}</p>
          <TextView text={conflicting.text} label={words('libraryEntry.conflict.theirs')} />
        </section>
      )}
    </form>
  )
}

function ConfirmLeave() {
  useConfirmLeave()
  return null
}

function LeaveQuestion({ editor, onSaved }: Pick<Props, 'editor' | 'onSaved'>) {
  const box = useRef<HTMLFieldSetElement>(null)
  useLayoutEffect(() => box.current?.querySelector('button')?.focus(), [])
  const leave = () => {
    const next = editor.leave.peek()
    editor.wipe()
    next?.()
  }
  const stay = () => {
    editor.leave.value = null
    editor.box.current?.focus()
  }
  return (
    <fieldset
      ref={box}
      aria-label={words('libraryEntry.leave.label')}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.preventDefault()
        event.stopPropagation()
        stay()
      }}
    >
      <Notice kind="warning">
        <p role="alert">{words('libraryEntry.leave.question')}</p>
        <p class="actions">
          <Button kind="main" onClick={() => void saveAndLeave(editor, onSaved)}>
            {words('libraryEntry.leave.save')}
          </Button>
          <Button onClick={leave}>{words('libraryEntry.leave.discard')}</Button>
          <Button kind="quiet" onClick={stay}>
            {words('libraryEntry.leave.stay')}
          </Button>
        </p>
      </Notice>
    </fieldset>
  )
}

async function saveAndLeave(editor: Editor, onSaved: (id: string) => void): Promise<void> {
  const next = editor.leave.peek()
  const saved = await editor.save()
  editor.leave.value = null
  if (saved === null) return
  onSaved(saved)
  next?.()
}
