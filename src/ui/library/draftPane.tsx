// An unfinished text of the composer's: to be gone on with there, or discarded.

import { call } from '../../messages/call.ts'
import { useDeed } from '../deed.ts'
import { Button } from '../parts/button.tsx'
import { Foreign } from '../parts/foreign.tsx'
import { Notice, TroubleNotice } from '../parts/notice.tsx'
import { focusList } from './focus.ts'
import { PaneHead } from './paneHead.tsx'
import { noSite } from './row.tsx'
import type { Draft, Shelf } from './shelf.ts'
import { counted, longDate } from './words.ts'

export function DraftPane({ shelf, draft, takesFocus }: { shelf: Shelf; draft: Draft; takesFocus: boolean }) {
  const deed = useDeed()
  const goOn = () => void deed.run('compose-draft', async () => void (await call('composeDraft', { draft: draft.id })))
  const discard = () => {
    void shelf.remove([draft.id])
    focusList()
  }
  if (draft.kind === 'damaged')
    return (
      <>
        <PaneHead shelf={shelf} takesFocus={takesFocus}>
          A damaged text
        </PaneHead>
        <Notice kind="warning">
          <p>
            This unfinished text was altered or cut off where it is stored, so it can’t be opened. You can discard it.
          </p>
          <p class="actions">
            <Button onClick={discard}>Discard</Button>
          </p>
        </Notice>
      </>
    )
  return (
    <>
      <PaneHead shelf={shelf} takesFocus={takesFocus}>
        <Foreign>{draft.title.text || 'Untitled'}</Foreign>
      </PaneHead>
      <p class="pane-about">
        {draft.host === null ? noSite : <Foreign>{draft.host}</Foreign>} · <time>{longDate(draft.changedAt)}</time> ·{' '}
        {counted(draft.letters, 'letter', 'letters')}
      </p>
      <div class="actions pane-actions">
        <Button kind="main" busy={deed.busy.value} onClick={goOn}>
          Go on writing
        </Button>
        <Button onClick={discard}>Discard</Button>
      </div>
      <TroubleNotice trouble={deed.trouble.value} />
      <p class="text" dir="auto">
        {draft.title.text}
        {draft.excerpt.text === '' ? '' : `\n${draft.excerpt.text}`}
      </p>
      <p class="hint">It is not sealed for a site yet. The composer shows all of it.</p>
    </>
  )
}
