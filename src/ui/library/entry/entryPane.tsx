// The open entry: its text, where and when it was written, and what can be done with it.

import { useEffect, useRef } from 'preact/hooks'
import { call } from '../../../messages/call.ts'
import type { LibraryEntry } from '../../../messages/vault/library.ts'
import { titleOf } from '../../../text.ts'
import { counted, words } from '../../../words.ts'
import { formatAge, formatLongTime } from '../../app/format.ts'
import { useTask } from '../../app/task.ts'
import { CopyButton } from '../../copying/copy.tsx'
import { Button } from '../../parts/button.tsx'
import { KeyOwner } from '../../parts/keyOwner.tsx'
import { ErrorNotice, Notice } from '../../parts/notice.tsx'
import { say } from '../../parts/say.tsx'
import { UntrustedText } from '../../parts/untrustedText.tsx'
import type { LibraryModel } from '../model/libraryModel.ts'
import type { OpenEntry } from '../model/openEntry.ts'
import { EditBox } from './editBox.tsx'
import { OnPage } from './onPage.tsx'
import { PaneHead } from './paneHead.tsx'
import { TextView } from './textView.tsx'
import { Versions, VersionView } from './versions.tsx'

export function EntryPane({
  library,
  opened,
  takesFocus,
}: {
  library: LibraryModel
  opened: OpenEntry
  takesFocus: boolean
}) {
  const entry = opened.entry.value
  const editor = opened.editor.value
  const error = opened.error.value
  if (error !== null)
    return (
      <>
        <PaneHead library={library} takesFocus={takesFocus}>
          {error.code === 'damaged' ? words('libraryEntry.damaged') : words('libraryEntry.cantShow')}
        </PaneHead>
        <ErrorNotice error={error}>
          <p class="actions">
            {error.code === 'gone' ? null : <Button onClick={() => void opened.open()}>{words('app.tryAgain')}</Button>}
            {error.code === 'damaged' ? (
              <Button onClick={() => void library.remove([opened.id])}>{words('libraryEntry.deleteDamaged')}</Button>
            ) : null}
          </p>
        </ErrorNotice>
      </>
    )
  if (entry === null)
    return (
      <div aria-busy="true">
        <PaneHead library={library} takesFocus={takesFocus}>
          <span class="unseen">{words('libraryEntry.opening')}</span>
        </PaneHead>
      </div>
    )
  const version = opened.version.value
  return (
    <>
      <PaneHead library={library} takesFocus={takesFocus}>
        <UntrustedText>{titleOf(entry.text) || words('library.untitled')}</UntrustedText>
      </PaneHead>
      <About entry={entry} />
      {editor !== null ? (
        <EditBox
          editor={editor}
          label={words('libraryEntry.label')}
          onSaved={(id) => library.showSaved(id)}
          onCancel={() => {
            opened.editor.value = null
            void opened.open()
          }}
        />
      ) : version !== null ? (
        <VersionView opened={opened} entry={entry} version={version} />
      ) : (
        <Reading library={library} opened={opened} entry={entry} />
      )}
    </>
  )
}

function Reading({ library, opened, entry }: { library: LibraryModel; opened: OpenEntry; entry: LibraryEntry }) {
  const sealing = useTask()
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
        <Button onClick={() => opened.edit()}>{words('libraryEntry.edit')}</Button>
        <CopyButton text={seal} content="sealed" label={words('libraryEntry.copySealed')} />
        <CopyButton text={entry.text} content="secret" label={words('libraryEntry.copyPlaintext')} />
        <Button onClick={() => void library.remove([entry.id])}>{words('libraryEntry.delete')}</Button>
      </div>
      <ErrorNotice error={sealing.error.value} />
      {entry.behind ? (
        <Notice>
          <p>{words('libraryEntry.behind')}</p>
        </Notice>
      ) : null}
      {entry.under === null ? null : <KeyOwner under={entry.under} />}
      <TextView text={entry.text} label={words('libraryEntry.label')} />
      {entry.url !== null && entry.sealed !== null ? <OnPage key={entry.id} id={entry.id} /> : null}
      <Versions opened={opened} entry={entry} />
      <dl class="facts">
        <dt>{words('libraryEntry.facts.written')}</dt>
        <dd>{formatLongTime(entry.createdAt)}</dd>
        <dt>{words('libraryEntry.facts.changed')}</dt>
        <dd>
          {entry.changedAt === entry.createdAt
            ? words('libraryEntry.facts.neverChanged')
            : formatLongTime(entry.changedAt)}
        </dd>
        <dt>{words('libraryEntry.facts.keyMade')}</dt>
        <dd>
          {entry.reencrypted
            ? words('libraryEntry.facts.keyReplaced', { age: formatAge(entry.keyCreatedAt) })
            : formatAge(entry.keyCreatedAt)}
        </dd>
        <dt>{words('libraryEntry.facts.length')}</dt>
        <dd>{counted('library.letters', { n: entry.text.length })}</dd>
      </dl>
    </>
  )
}

function About({ entry: { host, url, changedAt } }: { entry: LibraryEntry }) {
  const link = url !== null && /^https?:\/\//.test(url) ? url : null
  return (
    <p class="pane-about">
      {host === null ? words('library.noSite') : null}
      {host !== null && link !== null ? (
        <a href={link} target="_blank" rel="noopener noreferrer" title={link}>
          {say('libraryEntry.link', {
            host: <UntrustedText>{host}</UntrustedText>,
            hidden: (text) => <span class="unseen">{text}</span>,
          })}
        </a>
      ) : null}
      {host !== null && link === null ? <UntrustedText>{host}</UntrustedText> : null}
      {' · '}
      <time>{formatLongTime(changedAt)}</time>
    </p>
  )
}
