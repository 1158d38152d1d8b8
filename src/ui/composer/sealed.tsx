// A sealed text that could not be put where it was to go, or was to go nowhere: here to be copied.

import { useSignal } from '@preact/signals'
import { useId, useMemo } from 'preact/hooks'
import { words } from '../../words.ts'
import { unplacedSentence } from '../app/errors.ts'
import { closeThis } from '../app/windows.ts'
import { CopyButton } from '../copying/copy.tsx'
import { quietInputProps } from '../parts/box.ts'
import { Button } from '../parts/button.tsx'
import { Notice } from '../parts/notice.tsx'
import { Heading, Page, useTitle } from '../window/page.tsx'
import type { Composer, ComposerView } from './composer.ts'

export function Sealed({ composer, view }: { composer: Composer; view: Extract<ComposerView, { kind: 'copy' }> }) {
  useTitle(words('composer.sealed.text'))
  const id = useId()
  const copied = useSignal(false)
  const done = useMemo(
    () => () => {
      copied.value = true
      composer.copied()
    },
    [composer, copied],
  )
  return (
    <Page cue={view.cue}>
      <Heading takesFocus>{words('composer.sealed.heading')}</Heading>
      <Notice kind={view.why === 'no-target' ? 'done' : 'warning'}>
        <p>{unplacedSentence(view.why)}</p>
      </Notice>
      <div class="writing">
        <label for={id}>{words('composer.sealed.text')}</label>
        <textarea id={id} class="sealed-text" readOnly value={view.sealed} {...quietInputProps} onFocus={selectAll} />
        <div class="actions">
          <CopyButton
            kind="main"
            text={view.sealed}
            content="sealed"
            label={words('composer.sealed.copy')}
            onCopied={done}
          />
          {view.back === null ? null : (
            <Button kind="quiet" onClick={() => composer.back()}>
              {words('composer.sealed.back')}
            </Button>
          )}
          {copied.value ? <Button onClick={() => void closeThis()}>{words('app.close')}</Button> : null}
        </div>
      </div>
    </Page>
  )
}

function selectAll(event: { currentTarget: HTMLTextAreaElement }): void {
  event.currentTarget.select()
}
