// Writing a text: the cue, where it will go, the one box, and Seal.

import { useId, useLayoutEffect } from 'preact/hooks'
import { counted, words } from '../../words.ts'
import { formatLongDay } from '../app/format.ts'
import { useWritingInputProps } from '../parts/box.ts'
import { Button, Progress } from '../parts/button.tsx'
import { KeyOwner } from '../parts/keyOwner.tsx'
import { ErrorNotice } from '../parts/notice.tsx'
import { say } from '../parts/say.tsx'
import { Heading, Page, useTitle } from '../window/page.tsx'
import type { Composer, WriteContext } from './composer.ts'
import { goesTo, TargetSentence } from './target.tsx'
import { Unfinished } from './unfinished.tsx'

export function Write({ composer, opening }: { composer: Composer; opening: WriteContext }) {
  useTitle(words('composer.write.heading'))
  const id = useId()
  const writing = useWritingInputProps()
  useLayoutEffect(() => composer.box.current?.focus(), [composer])
  const text = composer.text.value
  const busy = composer.sealing.busy.value
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.isComposing) return
    event.preventDefault()
    void composer.seal()
  }
  return (
    <Page cue={opening.cue}>
      <Heading>{words('composer.write.heading')}</Heading>
      <Target target={opening.target} />
      {opening.under === null ? null : <KeyOwner under={opening.under}>{words('composer.write.newestKey')}</KeyOwner>}
      <Age opening={opening} />
      <ErrorNotice error={composer.lost.value} />
      <Unfinished composer={composer} />
      <form
        class="writing"
        onSubmit={(event) => {
          event.preventDefault()
          void composer.seal()
        }}
      >
        <label for={id}>{words('composer.write.text')}</label>
        <textarea
          id={id}
          ref={composer.box}
          value={text}
          readOnly={busy}
          dir="auto"
          {...writing}
          autocomplete="off"
          aria-describedby={`${id}-keys`}
          onKeyDown={onKey}
          onInput={(event) => composer.typed(event.currentTarget.value)}
        />
        <ErrorNotice error={composer.sealing.error.value ?? composer.unkept.value} />
        <div class="actions spread">
          <Button kind="main" submits busy={busy} disabled={text.trim() === ''}>
            {words('composer.write.seal')}
          </Button>
          {busy ? (
            <Progress busy label={words('composer.write.sealing')} />
          ) : (
            <DraftState composer={composer} inPrivate={opening.inPrivate} />
          )}
        </div>
        <p class="hint" id={`${id}-keys`}>
          {say(opening.inPrivate ? 'composer.write.keysInPrivate' : 'composer.write.keys', {
            modifier: <kbd>{onMac() ? '⌘' : words('composer.write.control')}</kbd>,
            key: (text) => <kbd>{text}</kbd>,
          })}
        </p>
      </form>
    </Page>
  )
}

function Target({ target }: Pick<WriteContext, 'target'>) {
  if (target === null) return <p class="target">{words('composer.target.none')}</p>
  return (
    <p class="target">
      <TargetSentence keys={goesTo} host={target.host} field={target.field} />
      {target.maxChars === null ? null : (
        <span class="limit"> · {counted('composer.target.limit', { n: target.maxChars })}</span>
      )}
    </p>
  )
}

/** Of a text that was sealed long ago. */
function Age({ opening: { sealedAt, old } }: { opening: WriteContext }) {
  if (sealedAt === null || !old) return null
  return <p class="hint">{words('composer.write.old', { date: formatLongDay(new Date(sealedAt)) })}</p>
}

/** Quiet: it changes with every pause in typing, and is not read out. */
function DraftState({ composer, inPrivate }: { composer: Composer; inPrivate: boolean }) {
  const kept = inPrivate ? words('composer.write.keptForNow') : words('composer.write.kept')
  return <span class="keeping">{composer.keeping.value === 'kept' ? kept : null}</span>
}

function onMac(): boolean {
  return /Mac/.test(navigator.userAgent)
}
