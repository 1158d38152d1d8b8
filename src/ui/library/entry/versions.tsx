// The earlier versions of an entry: lists them, compares one with the present text, and restores it.

import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import type { LibraryEntry } from '../../../messages/vault/library.ts'
import { counted, words } from '../../../words.ts'
import { formatLongTime } from '../../app/format.ts'
import { Button } from '../../parts/button.tsx'
import { ErrorNotice } from '../../parts/notice.tsx'
import type { OpenEntry, Version } from '../model/openEntry.ts'
import { DiffView } from './diffView.tsx'
import { TextView } from './textView.tsx'

export function Versions({ opened, entry }: { opened: OpenEntry; entry: LibraryEntry }) {
  const { versions, damagedVersions } = entry
  if (versions.length === 0 && damagedVersions === 0) return null
  return (
    <section class="versions" aria-labelledby="versions">
      <h3 id="versions">{words('libraryEntry.versions.heading')}</h3>
      <ul>
        {versions.map(({ id, changedAt, letters }) => (
          <li key={id}>
            <span id={`version-${id}`}>
              {formatLongTime(changedAt)} <span class="hint">{counted('library.letters', { n: letters })}</span>
            </span>
            <Button describedBy={`version-${id}`} onClick={() => void opened.openVersion(id)}>
              {words('libraryEntry.versions.compare')}
            </Button>
          </li>
        ))}
      </ul>
      {damagedVersions === 0 ? null : (
        <p class="hint">{counted('libraryEntry.versions.damaged', { n: damagedVersions })}</p>
      )}
      {opened.version.value === null ? <ErrorNotice error={opened.versionTask.error.value} /> : null}
    </section>
  )
}

export function VersionView({ opened, entry, version }: { opened: OpenEntry; entry: LibraryEntry; version: Version }) {
  const showsWhole = useSignal(false)
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [version.id])
  const back = () => {
    opened.version.value = null
    requestAnimationFrame(() => document.getElementById('versions')?.parentElement?.querySelector('button')?.focus())
  }
  const choice = (label: string, isWhole: boolean) => (
    <label>
      <input
        type="radio"
        name="version-shown"
        checked={showsWhole.value === isWhole}
        onChange={() => {
          showsWhole.value = isWhole
        }}
      />
      {label}
    </label>
  )
  return (
    <section aria-labelledby="version" class="version">
      <h3 id="version" ref={heading} tabIndex={-1}>
        {words('libraryEntry.versions.asOf', { date: formatLongTime(version.changedAt) })}
      </h3>
      <fieldset class="choices">
        <legend class="unseen">{words('libraryEntry.versions.show')}</legend>
        {choice(words('libraryEntry.versions.changes'), false)}
        {choice(words('libraryEntry.versions.whole'), true)}
      </fieldset>
      {showsWhole.value ? (
        <TextView text={version.text} label={words('libraryEntry.versions.earlier')} />
      ) : (
        <DiffView before={version.text} after={entry.text} />
      )}
      <ErrorNotice error={opened.versionTask.error.value} />
      <p class="actions">
        <Button kind="main" busy={opened.versionTask.busy.value} onClick={() => void opened.restoreVersion(version)}>
          {words('libraryEntry.versions.restore')}
        </Button>
        <Button onClick={back}>{words('libraryEntry.versions.backToNow')}</Button>
      </p>
      <p class="hint">{words('libraryEntry.versions.restoreHint')}</p>
    </section>
  )
}
