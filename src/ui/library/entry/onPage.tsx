// Looks for a text on the page where it was sealed, and puts it there again when it is missing.

import { useSignal } from '@preact/signals'
import { call } from '../../../messages/call.ts'
import { words } from '../../../words.ts'
import { useTask } from '../../app/task.ts'
import { Button } from '../../parts/button.tsx'
import { ErrorNotice, Notice } from '../../parts/notice.tsx'
import { type FoundOnPage, foundSentence, type Placing, placingSentence } from '../model/sentences.ts'

export function OnPage({ id }: { id: string }) {
  const task = useTask()
  const found = useSignal<FoundOnPage | null>(null)
  const placing = useSignal<Placing | null>(null)
  const find = () =>
    void task.run('find-on-page', async () => {
      found.value = null
      placing.value = null
      found.value = (await call('findOnPage', { id })).found
    })
  const place = () =>
    void task.run('place-entry', async () => {
      placing.value = (await call('placeEntry', { id })).placing
    })
  return (
    <div class="on-page">
      <Button busy={task.busy.value} onClick={find}>
        {words('libraryEntry.onPage.find')}
      </Button>
      <output>
        {found.value === null ? null : (
          <Notice kind={found.value === 'there' ? 'done' : 'warning'}>
            <p>{foundSentence(found.value)}</p>
          </Notice>
        )}
        {placing.value === null ? null : (
          <Notice kind={placing.value === 'waiting' ? 'about' : 'warning'}>
            <p>{placingSentence(placing.value)}</p>
          </Notice>
        )}
      </output>
      {found.value === 'missing' && placing.value === null ? (
        <Button busy={task.busy.value} onClick={place}>
          {words('libraryEntry.onPage.place')}
        </Button>
      ) : null}
      <ErrorNotice error={task.error.value} />
    </div>
  )
}
