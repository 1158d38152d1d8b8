// One entry, open: its text, where and when it was written, and what can be done with it.

import { useEffect, useRef } from 'preact/hooks'
import { call } from '../../messages/call.ts'
import type { LibraryEntry } from '../../messages/library.ts'
import { titleOf } from '../composer/drafts.ts'
import { useDeed } from '../deed.ts'
import { Button } from '../parts/button.tsx'
import { CopyButton } from '../parts/copy.tsx'
import { Foreign } from '../parts/foreign.tsx'
import { KeyOwner } from '../parts/keyOwner.tsx'
import { Notice, TroubleNotice } from '../parts/notice.tsx'
import { EditBox } from './editBox.tsx'
import { OnPage } from './onPage.tsx'
import type { Opened } from './opened.ts'
import { PaneHead } from './paneHead.tsx'
import type { Shelf } from './shelf.ts'
import { TextView } from './textView.tsx'
import { Versions, VersionView } from './versions.tsx'
import { age, counted, longDate } from './words.ts'

export function EntryPane({ shelf, opened, takesFocus }: { shelf: Shelf; opened: Opened; takesFocus: boolean }) {
  const entry = opened.entry.value
  const editor = opened.editor.value
  const trouble = opened.trouble.value
  if (trouble !== null)
    return (
      <>
        <PaneHead shelf={shelf} takesFocus={takesFocus}>
          {trouble.code === 'damaged' ? 'A damaged text' : 'This text can’t be shown'}
        </PaneHead>
        <TroubleNotice trouble={trouble}>
          <p class="actions">
            {trouble.code === 'gone' ? null : <Button onClick={() => void opened.open()}>Try again</Button>}
            {trouble.code === 'damaged' ? (
              <Button onClick={() => void shelf.remove([opened.id])}>Delete it</Button>
            ) : null}
          </p>
        </TroubleNotice>
      </>
    )
  if (entry === null)
    return (
      <div aria-busy="true">
        <PaneHead shelf={shelf} takesFocus={takesFocus}>
          <span class="unseen">Opening</span>
        </PaneHead>
      </div>
    )
  const version = opened.version.value
  return (
    <>
      <PaneHead shelf={shelf} takesFocus={takesFocus}>
        <Foreign>{titleOf(entry.text) || 'Untitled'}</Foreign>
      </PaneHead>
      <About entry={entry} />
      {editor !== null ? (
        <EditBox
          editor={editor}
          label="Text"
          onSaved={(id) => shelf.saved(id)}
          onCancel={() => {
            opened.editor.value = null
            void opened.open()
          }}
        />
      ) : version !== null ? (
        <VersionView opened={opened} entry={entry} version={version} />
      ) : (
        <Reading shelf={shelf} opened={opened} entry={entry} />
      )}
    </>
  )
}

function Reading({ shelf, opened, entry }: { shelf: Shelf; opened: Opened; entry: LibraryEntry }) {
  const sealing = useDeed()
  const bar = useRef<HTMLDivElement>(null)
  useEffect(() => {
    // Back from the box, whose focus went with it.
    if (document.activeElement === document.body) bar.current?.querySelector('button')?.focus()
  }, [])
  const seal = async () => {
    let sealed: string | null = null
    await sealing.run('seal-entry', async () => {
      sealed = (await call('sealEntry', { id: entry.id })).sealed
    })
    return sealed
  }
  return (
    <>
      <div class="actions pane-actions" ref={bar}>
        <Button onClick={() => opened.edit()}>Edit</Button>
        <CopyButton text={seal} content="sealed" label="Copy sealed text" />
        <CopyButton text={entry.text} content="secret" label="Copy plaintext" />
        <Button onClick={() => void shelf.remove([entry.id])}>Delete</Button>
      </div>
      <TroubleNotice trouble={sealing.trouble.value} />
      {entry.behind ? (
        <Notice>
          <p>
            You changed this text here. What was given to the site is the text before: to change it there too, copy the
            sealed text and put it in its place.
          </p>
        </Notice>
      ) : null}
      {entry.under === null ? null : <KeyOwner under={entry.under} />}
      <TextView text={entry.text} label="Text" />
      {entry.url !== null && entry.sealed !== null ? <OnPage key={entry.id} id={entry.id} /> : null}
      <Versions opened={opened} entry={entry} />
      <dl class="facts">
        <dt>Written</dt>
        <dd>{longDate(entry.createdAt)}</dd>
        <dt>Changed</dt>
        <dd>{entry.changedAt === entry.createdAt ? 'never since' : longDate(entry.changedAt)}</dd>
        <dt>Key made</dt>
        <dd>
          {age(entry.keyCreatedAt)}
          {entry.rekeyed ? ': the one before was old, and has just been replaced' : ''}
        </dd>
        <dt>Length</dt>
        <dd>{counted(entry.text.length, 'letter', 'letters')}</dd>
      </dl>
    </>
  )
}

function About({ entry: { host, url, changedAt } }: { entry: LibraryEntry }) {
  const link = url !== null && /^https?:\/\//.test(url) ? url : null
  return (
    <p class="pane-about">
      {host === null ? 'No site' : null}
      {host !== null && link !== null ? (
        <a href={link} target="_blank" rel="noopener noreferrer" title={link}>
          <Foreign>{host}</Foreign>
          <span class="unseen"> (opens the page in a new tab)</span>
        </a>
      ) : null}
      {host !== null && link === null ? <Foreign>{host}</Foreign> : null}
      {' · '}
      <time>{longDate(changedAt)}</time>
    </p>
  )
}
