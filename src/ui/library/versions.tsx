// The earlier texts of an entry: to be looked at, compared with the one of now, and restored.

import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import type { LibraryEntry } from '../../messages/library.ts'
import { Button } from '../parts/button.tsx'
import { TroubleNotice } from '../parts/notice.tsx'
import { CompareView } from './compareView.tsx'
import type { Opened, Version } from './opened.ts'
import { TextView } from './textView.tsx'
import { counted, longDate } from './words.ts'

export function Versions({ opened, entry }: { opened: Opened; entry: LibraryEntry }) {
  const { versions, damagedVersions } = entry
  if (versions.length === 0 && damagedVersions === 0) return null
  return (
    <section class="versions" aria-labelledby="versions">
      <h3 id="versions">Earlier versions</h3>
      <ul>
        {versions.map(({ id, changedAt, letters }) => (
          <li key={id}>
            <span id={`version-${id}`}>
              {longDate(changedAt)} <span class="hint">{counted(letters, 'letter', 'letters')}</span>
            </span>
            <Button describedBy={`version-${id}`} onClick={() => void opened.look(id)}>
              Compare
            </Button>
          </li>
        ))}
      </ul>
      {damagedVersions === 0 ? null : (
        <p class="hint">{counted(damagedVersions, 'earlier version', 'earlier versions')} can’t be opened: damaged.</p>
      )}
      {opened.version.value === null ? <TroubleNotice trouble={opened.looking.trouble.value} /> : null}
    </section>
  )
}

export function VersionView({ opened, entry, version }: { opened: Opened; entry: LibraryEntry; version: Version }) {
  const whole = useSignal(false)
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [version.id])
  const back = () => {
    opened.version.value = null
    requestAnimationFrame(() => document.getElementById('versions')?.parentElement?.querySelector('button')?.focus())
  }
  const way = (label: string, of: boolean) => (
    <label>
      <input
        type="radio"
        name="version-shown"
        checked={whole.value === of}
        onChange={() => {
          whole.value = of
        }}
      />
      {label}
    </label>
  )
  return (
    <section aria-labelledby="version" class="version">
      <h3 id="version" ref={heading} tabIndex={-1}>
        As it was on {longDate(version.changedAt)}
      </h3>
      <fieldset class="choices">
        <legend class="unseen">Show</legend>
        {way('What was changed since', false)}
        {way('The whole text of then', true)}
      </fieldset>
      {whole.value ? (
        <TextView text={version.text} label="The text of then" />
      ) : (
        <CompareView before={version.text} after={entry.text} />
      )}
      <TroubleNotice trouble={opened.looking.trouble.value} />
      <p class="actions">
        <Button kind="main" busy={opened.looking.busy.value} onClick={() => void opened.restore(version)}>
          Restore this text
        </Button>
        <Button onClick={back}>Back to the text of now</Button>
      </p>
      <p class="hint">Restoring keeps the text of now as an earlier version.</p>
    </section>
  )
}
