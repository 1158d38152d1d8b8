// What stands in the place of a list that has nothing in it, and how something comes there.

import { Button } from '../parts/button.tsx'
import type { Listing } from './listing.ts'
import type { Shelf } from './shelf.ts'

export function Empty({ shelf, listing }: { shelf: Shelf; listing: Listing }) {
  const search = listing.shown.value?.search ?? ''
  if (search !== '')
    return (
      <div class="empty">
        <p>
          Nothing has all the words of <q dir="auto">{search}</q> in its text, its site or its date.
        </p>
        <p>
          <Button
            onClick={() => {
              listing.ask({ search: '' })
              const box = shelf.searchBox.current
              if (box === null) return
              box.value = ''
              box.focus()
            }}
          >
            Show all
          </Button>
        </p>
      </div>
    )
  if (listing.of === 'drafts')
    return (
      <div class="empty">
        <p>What you begin to write in the composer and do not seal is kept here, until you seal or discard it.</p>
      </div>
    )
  const keeps = shelf.state.value?.keeps ?? true
  return (
    <div class="empty">
      <h2>{keeps ? 'Your library is empty' : 'Nothing is kept here'}</h2>
      <p>
        {keeps
          ? 'Every text you seal on a site is kept here from now on, encrypted, on this device: so that you find it again, also when a site loses it.'
          : 'You chose that texts you seal are not kept. Switch it on in the settings, and they are, from then on.'}
      </p>
      <p class="actions">
        {keeps ? null : (
          <Button kind="main" onClick={() => shelf.show('settings')}>
            Settings
          </Button>
        )}
        <Button kind={keeps ? 'main' : 'plain'} onClick={() => shelf.write()}>
          Write a note
        </Button>
        <Button
          onClick={() => {
            shelf.dialog.value = 'import'
          }}
        >
          Import…
        </Button>
      </p>
    </div>
  )
}
