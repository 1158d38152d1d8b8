// A sealed text that could not be put where it was to go, or was to go nowhere: here to be copied.

import { useSignal } from '@preact/signals'
import { useId, useMemo } from 'preact/hooks'
import { quietBox } from '../parts/box.ts'
import { Button } from '../parts/button.tsx'
import { CopyButton } from '../parts/copy.tsx'
import { Notice } from '../parts/notice.tsx'
import { Heading, Page, useTitle } from '../parts/page.tsx'
import { unplacedSentence } from '../sentences.ts'
import { closeThis } from '../windows.ts'
import type { Desk, Scene } from './desk.ts'

export function Sealed({ desk, scene }: { desk: Desk; scene: Extract<Scene, { at: 'copy' }> }) {
  useTitle('Sealed text')
  const id = useId()
  const copied = useSignal(false)
  const done = useMemo(
    () => () => {
      copied.value = true
      desk.copied()
    },
    [desk, copied],
  )
  return (
    <Page cue={scene.cue}>
      <Heading takesFocus>Copy the sealed text</Heading>
      <Notice kind={scene.why === 'no-target' ? 'done' : 'warning'}>
        <p>{unplacedSentence(scene.why)}</p>
      </Notice>
      <div class="writing">
        <label for={id}>Sealed text</label>
        <textarea id={id} class="sealed-text" readOnly value={scene.sealed} {...quietBox} onFocus={selectAll} />
        <div class="actions">
          <CopyButton kind="main" text={scene.sealed} content="sealed" label="Copy sealed text" onCopied={done} />
          {scene.back === null ? null : (
            <Button kind="quiet" onClick={() => desk.back()}>
              Back to the text
            </Button>
          )}
          {copied.value ? <Button onClick={() => void closeThis()}>Close</Button> : null}
        </div>
      </div>
    </Page>
  )
}

function selectAll(event: { currentTarget: HTMLTextAreaElement }): void {
  event.currentTarget.select()
}
