// The list and what stands above it: search, order, how many there are, and what can be done with the selected ones.

import { useId, useLayoutEffect, useRef } from 'preact/hooks'
import type { ListedEntry } from '../../../messages/vault/library.ts'
import { counted, words } from '../../../words.ts'
import { formatNumber } from '../../app/format.ts'
import { quietInputProps } from '../../parts/box.ts'
import { Button } from '../../parts/button.tsx'
import { ErrorNotice } from '../../parts/notice.tsx'
import { ProgressBar } from '../../parts/progressBar.tsx'
import type { LibraryModel } from '../model/libraryModel.ts'
import type { Listing } from '../model/listing.ts'
import { countSentence, readingSentence } from '../model/sentences.ts'
import { Empty } from './empty.tsx'
import { List } from './list.tsx'

interface Props {
  readonly library: LibraryModel
  readonly listing: Listing
  readonly onOpen: (entry: ListedEntry, byKey: boolean) => void
}

export function ListPane({ library, listing, onOpen }: Props) {
  const shown = listing.shown.value
  const label = listing.kind === 'texts' ? words('library.texts') : words('library.list.drafts')
  return (
    <section class="list-pane" aria-label={label}>
      <Search library={library} listing={listing} />
      <SelectionBar library={library} listing={listing} />
      <ErrorNotice error={listing.error.value}>
        <p class="actions">
          <Button onClick={() => library.refresh()}>{words('app.tryAgain')}</Button>
        </p>
      </ErrorNotice>
      <ErrorNotice error={library.listTask.error.value} />
      {shown === null ? listing.error.value === null ? <Skeleton /> : null : null}
      {shown !== null && shown.total === 0 && shown.reading === null ? (
        <Empty library={library} listing={listing} />
      ) : null}
      {shown !== null && shown.total > 0 ? (
        <List key={listing.kind} library={library} listing={listing} label={label} onOpen={onOpen} />
      ) : null}
    </section>
  )
}

function Search({ library, listing }: { library: LibraryModel; listing: Listing }) {
  const id = useId()
  const box = useRef<HTMLInputElement>(null)
  const frame = useRef(0)
  useLayoutEffect(() => {
    library.searchBox.current = box.current
    return () => cancelAnimationFrame(frame.current)
  }, [library])
  const shown = listing.shown.value
  const search = () => {
    cancelAnimationFrame(frame.current)
    // What is typed within one frame is one search.
    frame.current = requestAnimationFrame(() => {
      const typed = box.current?.value.slice(0, 200) ?? ''
      if (typed !== listing.query.peek().search) listing.setQuery({ search: typed })
    })
  }
  return (
    <search class="find">
      <div class="find-row">
        <label class="unseen" for={id}>
          {listing.kind === 'texts' ? words('library.search.texts') : words('library.search.drafts')}
        </label>
        <input
          key={listing.kind}
          id={id}
          ref={box}
          type="search"
          placeholder={words('library.search.placeholder')}
          autocomplete="off"
          {...quietInputProps}
          maxLength={200}
          dir="auto"
          defaultValue={listing.query.peek().search}
          onInput={search}
        />
        <label class="unseen" for={`${id}-order`}>
          {words('library.search.order')}
        </label>
        <select
          id={`${id}-order`}
          value={listing.query.value.order}
          onChange={(event) => listing.setQuery({ order: event.currentTarget.value === 'site' ? 'site' : 'time' })}
        >
          <option value="time">{words('library.search.byTime')}</option>
          <option value="site">{words('library.search.bySite')}</option>
        </select>
      </div>
      <div class="found-row">
        <output class="hint" aria-live="polite">
          {shown?.counted !== true ? '' : countSentence(listing.kind, shown.total, shown.search)}
        </output>
        {shown?.reading ? (
          <ProgressBar
            {...shown.reading}
            label={words('library.search.reading')}
            words={readingSentence(shown.reading)}
          />
        ) : null}
      </div>
    </search>
  )
}

function SelectionBar({ library, listing }: { library: LibraryModel; listing: Listing }) {
  const ids = library.selection.ids.value
  const { total, counted: isCounted } = listing.shown.value ?? { total: 0, counted: false }
  const drafts = listing.kind === 'drafts'
  if (ids.size === 0 || total === 0) return null
  return (
    <fieldset class="ticked" aria-label={words('library.selection.label')}>
      <output>{counted('library.selection.count', { n: ids.size })}</output>
      {isCounted && ids.size < total ? (
        <Button busy={library.listTask.busy.value} onClick={() => void library.selectAll()}>
          {words('library.selection.all', { count: formatNumber(total) })}
        </Button>
      ) : null}
      {drafts ? null : (
        <Button
          onClick={() => {
            library.dialog.value = 'export'
          }}
        >
          {words('library.export')}
        </Button>
      )}
      <Button busy={library.deletion.task.busy.value} onClick={() => void library.remove([...ids])}>
        {drafts ? words('library.selection.discard') : words('library.selection.delete')}
      </Button>
      <Button kind="quiet" onClick={() => library.selection.clear()}>
        {words('library.selection.clear')}
      </Button>
    </fieldset>
  )
}

function Skeleton() {
  return (
    <div class="list" aria-hidden="true">
      {[0, 1, 2, 3, 4].map((index) => (
        <div class="row row-bones" key={index}>
          <span class="row-words">
            <span class="row-title bone" />
            <span class="row-excerpt bone" />
          </span>
        </div>
      ))}
    </div>
  )
}
