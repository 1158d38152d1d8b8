// The library's tab. What it shows is there only while the vault is unlocked; at a lock all of it goes, and comes back as the
// list.

import { type Signal, useSignal } from '@preact/signals'
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks'
import { call } from '../../messages/call.ts'
import type { ListedEntry } from '../../messages/library.ts'
import { useDeed } from '../deed.ts'
import { Button } from '../parts/button.tsx'
import { Notice, TroubleNotice } from '../parts/notice.tsx'
import { NoVault } from '../parts/noVault.tsx'
import { Heading, Page } from '../parts/page.tsx'
import { UnlockFirst } from '../parts/unlockFirst.tsx'
import { VaultRemoved } from '../parts/vaultRemoved.tsx'
import { Unkept } from '../unkept.tsx'
import { useVault } from '../vault.ts'
import { DraftPane } from './draftPane.tsx'
import { EditBox } from './editBox.tsx'
import { EntryPane } from './entryPane.tsx'
import { ExportDialog } from './exportDialog.tsx'
import { focusList } from './focus.ts'
import { ImportDialog } from './importDialog.tsx'
import { ListPane } from './listPane.tsx'
import { PaneHead } from './paneHead.tsx'
import { Settings } from './settings.tsx'
import { type LeftOver, Shelf, type View } from './shelf.ts'
import { UndoBar } from './undoBar.tsx'

export function Library() {
  const vault = useVault(true)
  const locking = useDeed()
  const left = useSignal<LeftOver | null>(null)
  const seen = vault.seen.value
  const lock = () =>
    void locking.run('lock', async () => {
      await call('lock', {})
      await vault.look()
    })
  const aside = (
    <>
      <a href="/options.html">Options</a>
      {seen?.vault === 'unlocked' ? (
        <Button onClick={lock} busy={locking.busy.value}>
          Lock
        </Button>
      ) : null}
    </>
  )
  const trouble = vault.trouble.value ?? locking.trouble.value
  return (
    <Page cue={seen?.cue} aside={aside}>
      {seen?.vault === 'unlocked' ? null : <Heading>Library</Heading>}
      <TroubleNotice trouble={trouble}>
        <p class="actions">
          <Button onClick={() => void vault.look()}>Try again</Button>
        </p>
      </TroubleNotice>
      {seen?.vault === 'none' && !seen.removed ? (
        <NoVault>There is no vault on this device yet, so there is no library.</NoVault>
      ) : null}
      {seen?.removed ? <VaultRemoved /> : null}
      {seen?.vault === 'locked' ? <Locked left={left.value} /> : null}
      {seen?.vault === 'unlocked' ? <Unlocked left={left} /> : null}
    </Page>
  )
}

const leftSentences: Readonly<Record<LeftOver, string>> = {
  saved: 'What you were writing was saved in the library, sealed, before the vault was locked.',
  lost: 'What you were writing could not be saved before the vault was locked. The text before it is still there.',
}

function Locked({ left }: { left: LeftOver | null }) {
  return (
    <>
      {left === null ? null : (
        <Notice kind={left === 'saved' ? 'done' : 'warning'}>
          <p>{leftSentences[left]}</p>
        </Notice>
      )}
      <UnlockFirst>The vault is locked. Unlock it to see your library.</UnlockFirst>
    </>
  )
}

const views: readonly (readonly [View, string])[] = [
  ['texts', 'Texts'],
  ['drafts', 'Unfinished'],
  ['settings', 'Settings'],
]

function Unlocked({ left }: { left: Signal<LeftOver | null> }) {
  const shelf = useMemo(() => new Shelf(), [])
  // Not after painting: the list is asked for at once.
  useLayoutEffect(() => shelf.open((what) => (left.value = what)), [shelf])
  const byKey = useRef(false)
  const view = shelf.view.value
  const state = shelf.state.value
  const open = (entry: ListedEntry, key: boolean) => {
    // In a narrow window the list gives way to what is opened.
    byKey.current = key || matchMedia('(max-width: 819px)').matches
    shelf.take(entry)
  }
  const counts: Partial<Record<View, number>> = state === null ? {} : { texts: state.documents, drafts: state.drafts }
  return (
    <>
      <div class="library-head">
        <Heading>Library</Heading>
        <nav aria-label="Library">
          {views.map(([name, words]) => (
            <button
              type="button"
              key={name}
              class="view"
              aria-current={view === name ? 'page' : undefined}
              onClick={() => shelf.show(name)}
            >
              {words}
              {counts[name] ? <span class="view-count">{counts[name].toLocaleString('en')}</span> : null}
            </button>
          ))}
        </nav>
        <div class="head-actions">
          <Button kind="main" onClick={() => shelf.write()}>
            New note
          </Button>
          <Button
            onClick={() => {
              shelf.dialog.value = 'import'
            }}
          >
            Import…
          </Button>
          <Button
            disabled={(state?.documents ?? 0) === 0}
            onClick={() => {
              shelf.dialog.value = 'export'
            }}
          >
            Export…
          </Button>
        </div>
      </div>
      {left.value === null ? null : (
        <Notice kind={left.value === 'saved' ? 'done' : 'warning'}>
          <p>{leftSentences[left.value]}</p>
          <p class="actions">
            <Button
              onClick={() => {
                left.value = null
                focusList()
              }}
            >
              Understood
            </Button>
          </p>
        </Notice>
      )}
      <Unkept unkept={state?.unkept ?? null} onUnderstood={() => void shelf.lookAtState()} />
      {view === 'settings' ? <Settings shelf={shelf} /> : <Panes shelf={shelf} open={open} byKey={byKey} />}
      <UndoBar shelf={shelf} />
      {shelf.dialog.value === 'export' ? <ExportDialog shelf={shelf} /> : null}
      {shelf.dialog.value === 'import' ? <ImportDialog shelf={shelf} /> : null}
    </>
  )
}

interface PanesProps {
  readonly shelf: Shelf
  readonly open: (entry: ListedEntry, byKey: boolean) => void
  readonly byKey: { readonly current: boolean }
}

function Panes({ shelf, open, byKey }: PanesProps) {
  const opened = shelf.opened.value
  const draft = shelf.draft.value
  const note = shelf.note.value
  const some = opened !== null || draft !== null || note !== null
  const escaped = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing) return
    event.preventDefault()
    shelf.shut()
    focusList()
  }
  return (
    <div class={some ? 'panes panes-open' : 'panes'}>
      <ListPane
        key={shelf.view.value}
        shelf={shelf}
        listing={shelf.view.value === 'drafts' ? shelf.drafts : shelf.texts}
        onOpen={open}
      />
      <section class="pane" aria-label="Text" onKeyDown={escaped}>
        {some ? null : <p class="pane-empty">Choose a text to read it here.</p>}
        {opened === null ? null : (
          <EntryPane key={opened.id} shelf={shelf} opened={opened} takesFocus={byKey.current} />
        )}
        {draft === null ? null : <DraftPane key={draft.id} shelf={shelf} draft={draft} takesFocus={byKey.current} />}
        {note === null ? null : (
          <>
            <PaneHead shelf={shelf} takesFocus={false}>
              New note
            </PaneHead>
            <p class="pane-about">Belongs to no site. It is kept here, sealed, as every text is.</p>
            <EditBox
              editor={note}
              label="Note"
              onSaved={(id) => shelf.saved(id)}
              onCancel={() => {
                shelf.note.value = null
                focusList()
              }}
            />
          </>
        )}
      </section>
    </div>
  )
}
