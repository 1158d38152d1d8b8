// The last step: sealing something on a field of our own, with what a website would have and what the person sees.

import { useSignal } from '@preact/signals'
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'
import { call } from '../../messages/call.ts'
import { onLockSignal } from '../../messages/lockSignal.ts'
import type { Cue } from '../../messages/shapes.ts'
import { words } from '../../words.ts'
import { useTask } from '../app/task.ts'
import { closeThis } from '../app/windows.ts'
import { useWritingInputProps } from '../parts/box.ts'
import { Button } from '../parts/button.tsx'
import { ErrorNotice } from '../parts/notice.tsx'
import { Heading, Page } from '../window/page.tsx'
import { Shortcuts } from '../window/shortcuts.tsx'
import { Steps } from './steps.tsx'

export function Practice({ cue }: { cue: Cue }) {
  const typed = useSignal(words('onboarding.practice.suggestion'))
  const result = useSignal<{ readonly sealed: string; readonly opened: string } | null>(null)
  const task = useTask()
  const writing = useWritingInputProps()
  const resultBox = useRef<HTMLDivElement>(null)
  const isSealed = result.value !== null
  useLayoutEffect(() => {
    // The button that had the focus has done its work.
    if (isSealed) resultBox.current?.focus({ preventScroll: true })
  }, [isSealed])
  useEffect(
    () =>
      onLockSignal((change) => {
        if (change !== 'locked') return
        typed.value = ''
        result.value = null
      }),
    [typed, result],
  )

  const seal = () =>
    void task.run('practice', async () => {
      const { sealed } = await call('practiceSealing', { text: typed.value })
      const { text } = await call('practiceOpening', { sealed })
      typed.value = sealed
      result.value = { sealed, opened: text }
    })
  const restart = () => {
    typed.value = words('onboarding.practice.suggestion')
    result.value = null
  }

  return (
    <Page cue={cue}>
      <Steps current={3} />
      <Heading takesFocus>{words('onboarding.practice.heading')}</Heading>
      <p>{words('onboarding.practice.what')}</p>
      <div class="field">
        <label for="practice">{words('onboarding.practice.field')}</label>
        <textarea
          id="practice"
          rows={4}
          value={typed.value}
          readOnly={result.value !== null}
          {...writing}
          onInput={(event) => {
            typed.value = event.currentTarget.value
          }}
        />
      </div>
      <ErrorNotice error={task.error.value} />
      <div class="actions">
        <Button
          kind={result.value === null ? 'main' : 'plain'}
          busy={task.busy.value}
          disabled={result.value !== null || typed.value.trim() === ''}
          onClick={seal}
        >
          {words('onboarding.practice.seal')}
        </Button>
        {result.value === null ? null : (
          <Button kind="quiet" onClick={restart}>
            {words('onboarding.practice.again')}
          </Button>
        )}
      </div>
      {result.value === null ? null : (
        <div class="both" role="status" ref={resultBox} tabIndex={-1}>
          <section aria-labelledby="has">
            <h2 id="has">{words('onboarding.practice.websiteHas')}</h2>
            <p class="sealed-text">{result.value.sealed}</p>
          </section>
          <section aria-labelledby="see">
            <h2 id="see">{words('onboarding.practice.youSee')}</h2>
            <p class="opened-text">{result.value.opened}</p>
          </section>
        </div>
      )}
      <h2>{words('onboarding.practice.onWebsite')}</h2>
      <p>{words('onboarding.practice.switchOn')}</p>
      <Shortcuts />
      <div class="actions">
        <Button kind={result.value === null ? 'plain' : 'main'} onClick={() => void closeThis()}>
          {words('onboarding.practice.done')}
        </Button>
      </div>
    </Page>
  )
}
