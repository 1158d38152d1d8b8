// Asks, once, whether a page may have an opened text back in its field: names the site and the field, and shows the text.

import { words } from '../../words.ts'
import { notOfferedSentence, notPutBackSentence } from '../app/errors.ts'
import { closeThis } from '../app/windows.ts'
import { Button, Progress } from '../parts/button.tsx'
import { ErrorNotice, Notice } from '../parts/notice.tsx'
import { Heading, Page, useTitle } from '../window/page.tsx'
import type { Composer, ComposerView } from './composer.ts'
import { Viewed } from './read.tsx'
import { goesTo, TargetSentence, wasFor } from './target.tsx'

export function PutBack({
  composer,
  view: { opening, failed },
}: {
  composer: Composer
  view: Extract<ComposerView, { kind: 'put-back' }>
}) {
  useTitle(words('composer.putBack.title'))
  const { cue, host, field, sealed, view, refusal } = opening
  const busy = composer.puttingBack.busy.value
  const asks = view.kind === 'opened' && refusal === null && failed === null
  return (
    <Page cue={cue}>
      {/* A new one when there is nothing to ask any more: the button that had the focus is gone. */}
      <Heading key={`${asks}`} takesFocus>
        {asks ? words('composer.putBack.asks') : words('composer.putBack.not')}
      </Heading>
      <p class="target">
        <TargetSentence keys={asks ? goesTo : wasFor} host={host} field={field} />
      </p>
      <Viewed view={view} sealed={sealed} />
      {asks ? (
        <Notice kind="warning">
          <p>{words('composer.putBack.warning')}</p>
        </Notice>
      ) : null}
      {view.kind === 'opened' && failed === null && refusal !== null ? (
        <Notice>
          <p>{notOfferedSentence(refusal)}</p>
        </Notice>
      ) : null}
      {failed === null ? null : (
        <Notice kind="warning">
          <p role="alert">{notPutBackSentence(failed)}</p>
        </Notice>
      )}
      <ErrorNotice error={composer.puttingBack.error.value} />
      <div class="actions">
        {asks ? (
          <Button kind="main" busy={busy} onClick={() => void composer.putBack()}>
            {words('composer.putBack.confirm')}
          </Button>
        ) : null}
        <Button onClick={() => void closeThis()}>{asks ? words('app.cancel') : words('app.close')}</Button>
        {busy ? <Progress busy label={words('composer.putBack.running')} /> : null}
      </div>
    </Page>
  )
}
