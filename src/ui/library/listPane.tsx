// The list and what stands above it: search, order, how many there are, and what can be done with those that are ticked.

import { useId, useLayoutEffect, useRef } from 'preact/hooks'
import type { ListedEntry } from '../../messages/library.ts'
import { ProgressBar } from '../parts/bar.tsx'
import { quietBox } from '../parts/box.ts'
import { Button } from '../parts/button.tsx'
import { TroubleNotice } from '../parts/notice.tsx'
import { Empty } from './empty.tsx'
import { List } from './list.tsx'
import type { Listing } from './listing.ts'
import type { Shelf } from './shelf.ts'
import { counted, countSentence, readingSentence } from './words.ts'

interface Props {
  readonly shelf: Shelf
  readonly listing: Listing
  readonly onOpen: (entry: ListedEntry, byKey: boolean) => void
}

export function ListPane({ shelf, listing, onOpen }: Props) {
  const shown = listing.shown.value
  const label = listing.of === 'texts' ? 'Texts' : 'Unfinished texts'
  return (
    <section class="list-pane" aria-label={label}>
      <Find shelf={shelf} listing={listing} />
      <Ticked shelf={shelf} listing={listing} />
      <TroubleNotice trouble={listing.trouble.value}>
        <p class="actions">
          <Button onClick={() => shelf.refresh()}>Try again</Button>
        </p>
      </TroubleNotice>
      <TroubleNotice trouble={shelf.choosing.trouble.value} />
      {shown === null ? listing.trouble.value === null ? <Bones /> : null : null}
      {shown !== null && shown.total === 0 && shown.reading === null ? <Empty shelf={shelf} listing={listing} /> : null}
      {shown !== null && shown.total > 0 ? (
        <List key={listing.of} shelf={shelf} listing={listing} label={label} onOpen={onOpen} />
      ) : null}
    </section>
  )
}

function Find({ shelf, listing }: { shelf: Shelf; listing: Listing }) {
  const id = useId()
  const box = useRef<HTMLInputElement>(null)
  const frame = useRef(0)
  useLayoutEffect(() => {
    shelf.searchBox.current = box.current
    return () => cancelAnimationFrame(frame.current)
  }, [shelf])
  const shown = listing.shown.value
  const search = () => {
    cancelAnimationFrame(frame.current)
    // What is typed within one frame is one search.
    frame.current = requestAnimationFrame(() => {
      const typed = box.current?.value.slice(0, 200) ?? ''
      if (typed !== listing.query.peek().search) listing.ask({ search: typed })
    })
  }
  return (
    <search class="find">
      <div class="find-row">
        <label class="unseen" for={id}>
          Search {listing.of === 'texts' ? 'the library' : 'unfinished texts'}
        </label>
        <input
          key={listing.of}
          id={id}
          ref={box}
          type="search"
          placeholder="Search texts, sites, dates"
          autocomplete="off"
          {...quietBox}
          maxLength={200}
          dir="auto"
          defaultValue={listing.query.peek().search}
          onInput={search}
        />
        <label class="unseen" for={`${id}-order`}>
          Order
        </label>
        <select
          id={`${id}-order`}
          value={listing.query.value.order}
          onChange={(event) => listing.ask({ order: event.currentTarget.value === 'site' ? 'site' : 'time' })}
        >
          <option value="time">By time</option>
          <option value="site">By site</option>
        </select>
      </div>
      <div class="found-row">
        <output class="hint" aria-live="polite">
          {shown?.counted !== true ? '' : countSentence(listing.of, shown.total, shown.search)}
        </output>
        {shown?.reading ? (
          <ProgressBar {...shown.reading} label="Reading the library" words={readingSentence(shown.reading)} />
        ) : null}
      </div>
    </search>
  )
}

function Ticked({ shelf, listing }: { shelf: Shelf; listing: Listing }) {
  const ids = shelf.ticks.ids.value
  const { total, counted: isCounted } = listing.shown.value ?? { total: 0, counted: false }
  const drafts = listing.of === 'drafts'
  if (ids.size === 0 || total === 0) return null
  return (
    <fieldset class="ticked" aria-label="Those that are ticked">
      <output>{counted(ids.size, 'text', 'texts')} ticked</output>
      {isCounted && ids.size < total ? (
        <Button busy={shelf.choosing.busy.value} onClick={() => void shelf.tickAll()}>
          Tick all {total.toLocaleString('en')}
        </Button>
      ) : null}
      {drafts ? null : (
        <Button
          onClick={() => {
            shelf.dialog.value = 'export'
          }}
        >
          Export…
        </Button>
      )}
      <Button busy={shelf.undo.deed.busy.value} onClick={() => void shelf.remove([...ids])}>
        {drafts ? 'Discard' : 'Delete'}
      </Button>
      <Button kind="quiet" onClick={() => shelf.ticks.clear()}>
        Untick
      </Button>
    </fieldset>
  )
}

function Bones() {
  return (
    <div class="list" aria-hidden="true">
      {[0, 1, 2, 3, 4].map((nth) => (
        <div class="row row-bones" key={nth}>
          <span class="row-words">
            <span class="row-title bone" />
            <span class="row-excerpt bone" />
          </span>
        </div>
      ))}
    </div>
  )
}
