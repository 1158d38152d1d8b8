// Writing a text: the cue, where it will go, the one box, and Seal.

import { useId, useLayoutEffect } from 'preact/hooks'
import { useWritingBox } from '../parts/box.ts'
import { Button, Progress } from '../parts/button.tsx'
import { Foreign } from '../parts/foreign.tsx'
import { KeyOwner } from '../parts/keyOwner.tsx'
import { TroubleNotice } from '../parts/notice.tsx'
import { Heading, Page, useTitle } from '../parts/page.tsx'
import type { Desk, Writing } from './desk.ts'
import { Unfinished } from './unfinished.tsx'

export function Write({ desk, opening }: { desk: Desk; opening: Writing }) {
  useTitle('Write a sealed text')
  const id = useId()
  const writing = useWritingBox()
  useLayoutEffect(() => desk.box.current?.focus(), [desk])
  const text = desk.text.value
  const busy = desk.sealing.busy.value
  const keyed = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.isComposing) return
    event.preventDefault()
    void desk.seal()
  }
  return (
    <Page cue={opening.cue}>
      <Heading>Write a sealed text</Heading>
      <Target target={opening.target} />
      {opening.under === null ? null : (
        <KeyOwner under={opening.under}>Sealing it again uses your own newest key.</KeyOwner>
      )}
      <Age opening={opening} />
      <TroubleNotice trouble={desk.lost.value} />
      <Unfinished desk={desk} />
      <form
        class="writing"
        onSubmit={(event) => {
          event.preventDefault()
          void desk.seal()
        }}
      >
        <label for={id}>Text to seal</label>
        <textarea
          id={id}
          ref={desk.box}
          value={text}
          readOnly={busy}
          dir="auto"
          {...writing}
          autocomplete="off"
          aria-describedby={`${id}-keys`}
          onKeyDown={keyed}
          onInput={(event) => desk.typed(event.currentTarget.value)}
        />
        <TroubleNotice trouble={desk.sealing.trouble.value ?? desk.unkept.value} />
        <div class="actions spread">
          <Button kind="main" submits busy={busy} disabled={text.trim() === ''}>
            Seal
          </Button>
          {busy ? (
            <Progress busy label="Sealing" />
          ) : (
            <Keeping desk={desk} words={opening.inPrivate ? 'Draft kept for now' : 'Draft kept'} />
          )}
        </div>
        <p class="hint" id={`${id}-keys`}>
          <kbd>{onMac() ? '⌘' : 'Ctrl'}</kbd> <kbd>Enter</kbd> seals. <kbd>Esc</kbd> closes;{' '}
          {opening.inPrivate
            ? 'an unfinished text is kept until your private windows are closed, and is not written to disk.'
            : 'an unfinished text is kept.'}
        </p>
      </form>
    </Page>
  )
}

function Target({ target }: Pick<Writing, 'target'>) {
  if (target === null) return <p class="target">Not for a field: you can copy the sealed text.</p>
  return (
    <p class="target">
      Goes to{' '}
      <strong>
        <Foreign>{target.host}</Foreign>
      </strong>
      {target.field === '' ? null : (
        <>
          {' '}
          · field “<Foreign>{target.field}</Foreign>”
        </>
      )}
      {target.maxChars === null ? null : (
        <span class="limit"> · takes {target.maxChars.toLocaleString('en')} characters, sealed</span>
      )}
    </p>
  )
}

/** Of a text that was sealed long ago. */
function Age({ opening: { sealedAt, old } }: { opening: Writing }) {
  if (sealedAt === null || !old) return null
  const date = new Date(sealedAt).toLocaleDateString('en', { dateStyle: 'long' })
  return <p class="hint">This text was sealed on {date}. Sealing it again gives it a new key.</p>
}

/** Quiet: it changes with every pause in typing, and is not read out. */
function Keeping({ desk, words }: { desk: Desk; words: string }) {
  return <span class="keeping">{desk.keeping.value === 'kept' ? words : null}</span>
}

function onMac(): boolean {
  return /Mac/.test(navigator.userAgent)
}
