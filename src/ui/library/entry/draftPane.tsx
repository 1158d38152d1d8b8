// An unfinished text of the composer: continues it there, or discards it.

import { call } from '../../../messages/call.ts'
import { counted, words } from '../../../words.ts'
import { formatLongTime } from '../../app/format.ts'
import { useTask } from '../../app/task.ts'
import { Button } from '../../parts/button.tsx'
import { ErrorNotice, Notice } from '../../parts/notice.tsx'
import { UntrustedText } from '../../parts/untrustedText.tsx'
import { focusList } from '../model/focus.ts'
import type { Draft, LibraryModel } from '../model/libraryModel.ts'
import { PaneHead } from './paneHead.tsx'

export function DraftPane({
  library,
  draft,
  takesFocus,
}: {
  library: LibraryModel
  draft: Draft
  takesFocus: boolean
}) {
  const task = useTask()
  const resume = () =>
    void task.run('compose-draft', async () => void (await call('composeDraft', { draft: draft.id })))
  const discard = () => {
    void library.remove([draft.id])
    focusList()
  }
  if (draft.kind === 'damaged')
    return (
      <>
        <PaneHead library={library} takesFocus={takesFocus}>
          {words('libraryEntry.damaged')}
        </PaneHead>
        <Notice kind="warning">
          <p>{words('libraryEntry.draft.damaged')}</p>
          <p class="actions">
            <Button onClick={discard}>{words('libraryEntry.draft.discard')}</Button>
          </p>
        </Notice>
      </>
    )
  return (
    <>
      <PaneHead library={library} takesFocus={takesFocus}>
        <UntrustedText>{draft.title.text || words('library.untitled')}</UntrustedText>
      </PaneHead>
      <p class="pane-about">
        {draft.host === null ? words('library.noSite') : <UntrustedText>{draft.host}</UntrustedText>} ·{' '}
        <time>{formatLongTime(draft.changedAt)}</time> · {counted('library.letters', { n: draft.letters })}
      </p>
      <div class="actions pane-actions">
        <Button kind="main" busy={task.busy.value} onClick={resume}>
          {words('libraryEntry.draft.goOn')}
        </Button>
        <Button onClick={discard}>{words('libraryEntry.draft.discard')}</Button>
      </div>
      <ErrorNotice error={task.error.value} />
      <p class="text" dir="auto">
        {draft.title.text}
        {draft.excerpt.text === '' ? '' : `\n${draft.excerpt.text}`}
      </p>
      <p class="hint">{words('libraryEntry.draft.notSealed')}</p>
    </>
  )
}
