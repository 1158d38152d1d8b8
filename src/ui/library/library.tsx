// The library's tab. What it shows is there only while the vault is unlocked; at a lock all of it goes, and comes back as the
// list.

import { type Signal, useSignal } from '@preact/signals'
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks'
import { call } from '../../messages/call.ts'
import type { ListedEntry } from '../../messages/vault/library.ts'
import { type WordsKey, words } from '../../words.ts'
import { formatNumber } from '../app/format.ts'
import { useTask } from '../app/task.ts'
import { useVault } from '../app/vault.ts'
import { Button } from '../parts/button.tsx'
import { ErrorNotice, Notice } from '../parts/notice.tsx'
import { NoVault } from '../window/noVault.tsx'
import { Heading, Page } from '../window/page.tsx'
import { UnlockFirst } from '../window/unlockFirst.tsx'
import { VaultRemoved } from '../window/vaultRemoved.tsx'
import { AutoSaveFailed } from './autoSaveFailed.tsx'
import { DraftPane } from './entry/draftPane.tsx'
import { EditBox } from './entry/editBox.tsx'
import { EntryPane } from './entry/entryPane.tsx'
import { PaneHead } from './entry/paneHead.tsx'
import { ExportDialog } from './files/exportDialog.tsx'
import { ImportDialog } from './files/importDialog.tsx'
import { ListPane } from './list/listPane.tsx'
import { focusList } from './model/focus.ts'
import { LibraryModel, type LibraryPane, type UnsavedText } from './model/libraryModel.ts'
import { Settings } from './settings.tsx'
import { UndoBar } from './undoBar.tsx'

export function Library() {
  const vault = useVault(true)
  const locking = useTask()
  const unsaved = useSignal<UnsavedText | null>(null)
  const seen = vault.seen.value
  const lock = () =>
    void locking.run('lock', async () => {
      await call('lock', {})
      await vault.look()
    })
  const aside = (
    <>
      <a href="/options.html">{words('library.options')}</a>
      {seen?.vault === 'unlocked' ? (
        <Button onClick={lock} busy={locking.busy.value}>
          {words('library.lock')}
        </Button>
      ) : null}
    </>
  )
  const error = vault.error.value ?? locking.error.value
  return (
    <Page cue={seen?.cue} aside={aside}>
      {seen?.vault === 'unlocked' ? null : <Heading>{words('library.heading')}</Heading>}
      <ErrorNotice error={error}>
        <p class="actions">
          <Button onClick={() => void vault.look()}>{words('app.tryAgain')}</Button>
        </p>
      </ErrorNotice>
      {seen?.vault === 'none' && !seen.removed ? <NoVault>{words('library.noVault')}</NoVault> : null}
      {seen?.removed ? <VaultRemoved /> : null}
      {seen?.vault === 'locked' ? <Locked unsaved={unsaved.value} /> : null}
      {seen?.vault === 'unlocked' ? <Unlocked unsaved={unsaved} /> : null}
    </Page>
  )
}

const unsavedSentences = {
  saved: 'library.unsaved.saved',
  lost: 'library.unsaved.lost',
} as const satisfies Record<UnsavedText, WordsKey>

function Locked({ unsaved }: { unsaved: UnsavedText | null }) {
  return (
    <>
      {unsaved === null ? null : (
        <Notice kind={unsaved === 'saved' ? 'done' : 'warning'}>
          <p>{words(unsavedSentences[unsaved])}</p>
        </Notice>
      )}
      <UnlockFirst>{words('library.locked')}</UnlockFirst>
    </>
  )
}

const panes = [
  ['texts', 'library.texts'],
  ['drafts', 'library.drafts'],
  ['settings', 'library.settings'],
] as const satisfies (readonly [LibraryPane, WordsKey])[]

function Unlocked({ unsaved }: { unsaved: Signal<UnsavedText | null> }) {
  const library = useMemo(() => new LibraryModel(), [])
  // Not after painting: the list loads at once.
  useLayoutEffect(() => library.open((outcome) => (unsaved.value = outcome)), [library])
  const byKey = useRef(false)
  const pane = library.pane.value
  const state = library.state.value
  const open = (entry: ListedEntry, withKey: boolean) => {
    // In a narrow window the list gives way to what is opened.
    byKey.current = withKey || matchMedia('(max-width: 819px)').matches
    library.openRow(entry)
  }
  const counts: Partial<Record<LibraryPane, number>> =
    state === null ? {} : { texts: state.documents, drafts: state.drafts }
  return (
    <>
      <div class="library-head">
        <Heading>{words('library.heading')}</Heading>
        <nav aria-label={words('library.heading')}>
          {panes.map(([name, label]) => (
            <button
              type="button"
              key={name}
              class="view"
              aria-current={pane === name ? 'page' : undefined}
              onClick={() => library.showPane(name)}
            >
              {words(label)}
              {counts[name] ? <span class="view-count">{formatNumber(counts[name])}</span> : null}
            </button>
          ))}
        </nav>
        <div class="head-actions">
          <Button kind="main" onClick={() => library.startNote()}>
            {words('library.newNote')}
          </Button>
          <Button
            onClick={() => {
              library.dialog.value = 'import'
            }}
          >
            {words('library.import')}
          </Button>
          <Button
            disabled={(state?.documents ?? 0) === 0}
            onClick={() => {
              library.dialog.value = 'export'
            }}
          >
            {words('library.export')}
          </Button>
        </div>
      </div>
      {unsaved.value === null ? null : (
        <Notice kind={unsaved.value === 'saved' ? 'done' : 'warning'}>
          <p>{words(unsavedSentences[unsaved.value])}</p>
          <p class="actions">
            <Button
              onClick={() => {
                unsaved.value = null
                focusList()
              }}
            >
              {words('library.understood')}
            </Button>
          </p>
        </Notice>
      )}
      <AutoSaveFailed unkept={state?.unkept ?? null} onUnderstood={() => void library.loadState()} />
      {pane === 'settings' ? <Settings library={library} /> : <Panes library={library} open={open} byKey={byKey} />}
      <UndoBar library={library} />
      {library.dialog.value === 'export' ? <ExportDialog library={library} /> : null}
      {library.dialog.value === 'import' ? <ImportDialog library={library} /> : null}
    </>
  )
}

interface PanesProps {
  readonly library: LibraryModel
  readonly open: (entry: ListedEntry, byKey: boolean) => void
  readonly byKey: { readonly current: boolean }
}

function Panes({ library, open, byKey }: PanesProps) {
  const opened = library.opened.value
  const draft = library.draft.value
  const note = library.note.value
  const isOpen = opened !== null || draft !== null || note !== null
  const closeOnEscape = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing) return
    event.preventDefault()
    library.closePane()
    focusList()
  }
  return (
    <div class={isOpen ? 'panes panes-open' : 'panes'}>
      <ListPane
        key={library.pane.value}
        library={library}
        listing={library.pane.value === 'drafts' ? library.drafts : library.texts}
        onOpen={open}
      />
      <section class="pane" aria-label={words('libraryEntry.label')} onKeyDown={closeOnEscape}>
        {isOpen ? null : <p class="pane-empty">{words('libraryEntry.choose')}</p>}
        {opened === null ? null : (
          <EntryPane key={opened.id} library={library} opened={opened} takesFocus={byKey.current} />
        )}
        {draft === null ? null : (
          <DraftPane key={draft.id} library={library} draft={draft} takesFocus={byKey.current} />
        )}
        {note === null ? null : (
          <>
            <PaneHead library={library} takesFocus={false}>
              {words('library.newNote')}
            </PaneHead>
            <p class="pane-about">{words('libraryEntry.note.about')}</p>
            <EditBox
              editor={note}
              label={words('libraryEntry.note.label')}
              onSaved={(id) => library.showSaved(id)}
              onCancel={() => {
                library.note.value = null
                focusList()
              }}
            />
          </>
        )}
      </section>
    </div>
  )
}
