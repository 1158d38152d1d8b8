// Looking for a text where it was sealed; and putting it there again where it is missing.

import { useSignal } from '@preact/signals'
import { call } from '../../messages/call.ts'
import { useDeed } from '../deed.ts'
import { Button } from '../parts/button.tsx'
import { Notice, TroubleNotice } from '../parts/notice.tsx'
import { type FoundOnPage, foundSentence, type Placing, placingSentence } from './words.ts'

export function OnPage({ id }: { id: string }) {
  const deed = useDeed()
  const found = useSignal<FoundOnPage | null>(null)
  const placing = useSignal<Placing | null>(null)
  const find = () =>
    void deed.run('find-on-page', async () => {
      found.value = null
      placing.value = null
      found.value = (await call('findOnPage', { id })).found
    })
  const place = () =>
    void deed.run('place-entry', async () => {
      placing.value = (await call('placeEntry', { id })).placing
    })
  return (
    <div class="on-page">
      <Button busy={deed.busy.value} onClick={find}>
        Find on page
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
        <Button busy={deed.busy.value} onClick={place}>
          Put it into a field there
        </Button>
      ) : null}
      <TroubleNotice trouble={deed.trouble.value} />
    </div>
  )
}
