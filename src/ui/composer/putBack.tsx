// Asks, once, whether a page may have an opened text back in its field: names the site and the field, and shows the text.

import { Button, Progress } from '../parts/button.tsx'
import { Foreign } from '../parts/foreign.tsx'
import { Notice, TroubleNotice } from '../parts/notice.tsx'
import { Heading, Page, useTitle } from '../parts/page.tsx'
import { notPutBackSentence, putBackRefusals } from '../sentences.ts'
import { closeThis } from '../windows.ts'
import type { Desk, Scene } from './desk.ts'
import { Viewed } from './read.tsx'

export function PutBack({
  desk,
  scene: { opening, failed },
}: {
  desk: Desk
  scene: Extract<Scene, { at: 'put-back' }>
}) {
  useTitle('Put the opened text back')
  const { cue, host, field, sealed, view, refusal } = opening
  const busy = desk.puttingBack.busy.value
  const asks = view.kind === 'opened' && refusal === null && failed === null
  return (
    <Page cue={cue}>
      {/* A new one when there is nothing to ask any more: the button that had the focus is gone. */}
      <Heading key={`${asks}`} takesFocus>
        {asks ? 'Put the opened text back?' : 'Not put back'}
      </Heading>
      <p class="target">
        {asks ? 'Goes to' : 'Was for'}{' '}
        <strong>
          <Foreign>{host}</Foreign>
        </strong>
        {field === '' ? null : (
          <>
            {' '}
            · field “<Foreign>{field}</Foreign>”
          </>
        )}
      </p>
      <Viewed view={view} sealed={sealed} />
      {asks ? (
        <Notice kind="warning">
          <p>This site will be able to read it.</p>
        </Notice>
      ) : null}
      {view.kind === 'opened' && failed === null && refusal !== null ? (
        <Notice>
          <p>{putBackRefusals[refusal]}</p>
        </Notice>
      ) : null}
      {failed === null ? null : (
        <Notice kind="warning">
          <p role="alert">{notPutBackSentence(failed)}</p>
        </Notice>
      )}
      <TroubleNotice trouble={desk.puttingBack.trouble.value} />
      <div class="actions">
        {asks ? (
          <Button kind="main" busy={busy} onClick={() => void desk.putBack()}>
            Put it into the page
          </Button>
        ) : null}
        <Button onClick={() => void closeThis()}>{asks ? 'Cancel' : 'Close'}</Button>
        {busy ? <Progress busy label="Putting it back" /> : null}
      </div>
    </Page>
  )
}
