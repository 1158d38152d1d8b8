// Replaces an empty list, and says how to fill it.

import { words } from '../../../words.ts'
import { Button } from '../../parts/button.tsx'
import { say } from '../../parts/say.tsx'
import type { LibraryModel } from '../model/libraryModel.ts'
import type { Listing } from '../model/listing.ts'

export function Empty({ library, listing }: { library: LibraryModel; listing: Listing }) {
  const search = listing.shown.value?.search ?? ''
  if (search !== '')
    return (
      <div class="empty">
        <p>{say('library.search.nothingHas', { search: <q dir="auto">{search}</q> })}</p>
        <p>
          <Button
            onClick={() => {
              listing.setQuery({ search: '' })
              const box = library.searchBox.current
              if (box === null) return
              box.value = ''
              box.focus()
            }}
          >
            {words('library.search.showAll')}
          </Button>
        </p>
      </div>
    )
  if (listing.kind === 'drafts')
    return (
      <div class="empty">
        <p>{words('library.empty.drafts')}</p>
      </div>
    )
  const keepTexts = library.state.value?.keepTexts ?? true
  return (
    <div class="empty">
      <h2>{keepTexts ? words('library.empty.heading') : words('library.empty.offHeading')}</h2>
      <p>{keepTexts ? words('library.empty.about') : words('library.empty.offAbout')}</p>
      <p class="actions">
        {keepTexts ? null : (
          <Button kind="main" onClick={() => library.showPane('settings')}>
            {words('library.settings')}
          </Button>
        )}
        <Button kind={keepTexts ? 'main' : 'plain'} onClick={() => library.startNote()}>
          {words('library.empty.write')}
        </Button>
        <Button
          onClick={() => {
            library.dialog.value = 'import'
          }}
        >
          {words('library.import')}
        </Button>
      </p>
    </div>
  )
}
