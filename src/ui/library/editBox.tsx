// The box in which a text of the library is written, and what is asked before unsaved text is left.

import { useId, useLayoutEffect, useRef } from 'preact/hooks'
import { useLeavingWarning } from '../leaving.ts'
import { useWritingBox } from '../parts/box.ts'
import { Button, Progress } from '../parts/button.tsx'
import { Notice, TroubleNotice } from '../parts/notice.tsx'
import type { Editor } from './editor.ts'
import { TextView } from './textView.tsx'
import { longDate } from './words.ts'

interface Props {
  readonly editor: Editor
  readonly label: string
  readonly onSaved: (id: string) => void
  /** Without saving: back to the text, or to the list. */
  readonly onCancel: () => void
}

export function EditBox({ editor, label, onSaved, onCancel }: Props) {
  const id = useId()
  const writing = useWritingBox()
  useLayoutEffect(() => {
    const box = editor.box.current
    box?.focus()
    box?.setSelectionRange(0, 0)
  }, [editor])
  const busy = editor.saving.busy.value
  const changed = editor.changed.value
  const other = editor.other.value
  const save = async () => {
    const saved = await editor.save()
    if (saved !== null) onSaved(saved)
    else editor.box.current?.focus()
  }
  const cancel = () => {
    if (editor.changed.peek()) editor.leaving.value = onCancel
    else onCancel()
  }
  const keyed = (event: KeyboardEvent) => {
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
      {changed ? <Warned /> : null}
      <label for={id} class={other === null ? 'unseen' : undefined}>
        {other === null ? label : 'Your text'}
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
        onKeyDown={keyed}
        onInput={(event) => {
          editor.text.value = event.currentTarget.value
        }}
      />
      {editor.leaving.value === null ? null : <Ask editor={editor} onSaved={onSaved} />}
      <TroubleNotice trouble={editor.saving.trouble.value} />
      <div class="actions">
        <Button kind="main" submits busy={busy} disabled={!changed}>
          {other === null ? 'Save' : 'Save mine as the newest'}
        </Button>
        {other === null ? null : (
          <Button
            busy={busy}
            onClick={() => void editor.saveApart().then((saved) => (saved === null ? undefined : onSaved(saved)))}
          >
            Save mine as a new note
          </Button>
        )}
        <Button kind="quiet" onClick={cancel}>
          Cancel
        </Button>
        <Progress busy={busy} label="Saving" />
      </div>
      <p class="hint" id={`${id}-keys`}>
        <kbd>{/Mac/.test(navigator.userAgent) ? '⌘' : 'Ctrl'}</kbd> <kbd>Enter</kbd> saves. <kbd>Esc</kbd> leaves the
        box.
      </p>
      {other === null ? null : (
        <section aria-labelledby={`${id}-other`}>
          <h3 id={`${id}-other`}>The text that was saved elsewhere</h3>
          <p class="hint">
            Changed on {longDate(other.changedAt)}. If you save yours as the newest, this one stays as an earlier
            version.
          </p>
          <TextView text={other.text} label="The text that was saved elsewhere" />
        </section>
      )}
    </form>
  )
}

function Warned() {
  useLeavingWarning()
  return null
}

function Ask({ editor, onSaved }: Pick<Props, 'editor' | 'onSaved'>) {
  const box = useRef<HTMLFieldSetElement>(null)
  useLayoutEffect(() => box.current?.querySelector('button')?.focus(), [])
  const leave = () => {
    const then = editor.leaving.peek()
    editor.wipe()
    then?.()
  }
  const stay = () => {
    editor.leaving.value = null
    editor.box.current?.focus()
  }
  return (
    <fieldset
      ref={box}
      aria-label="Unsaved changes"
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.preventDefault()
        event.stopPropagation()
        stay()
      }}
    >
      <Notice kind="warning">
        <p role="alert">This text has changes that are not saved.</p>
        <p class="actions">
          <Button kind="main" onClick={() => void saveAndLeave(editor, onSaved)}>
            Save them
          </Button>
          <Button onClick={leave}>Discard them</Button>
          <Button kind="quiet" onClick={stay}>
            Go on writing
          </Button>
        </p>
      </Notice>
    </fieldset>
  )
}

async function saveAndLeave(editor: Editor, onSaved: (id: string) => void): Promise<void> {
  const then = editor.leaving.peek()
  const saved = await editor.save()
  editor.leaving.value = null
  if (saved === null) return
  onSaved(saved)
  then?.()
}
