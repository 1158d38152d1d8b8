// The last step: sealing something on a field of our own, with what a website would have and what the person sees.

import { useSignal } from '@preact/signals'
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'
import { call } from '../../messages/call.ts'
import { onMark } from '../../messages/changes.ts'
import type { Cue } from '../../messages/shapes.ts'
import { useDeed } from '../deed.ts'
import { useWritingBox } from '../parts/box.ts'
import { Button } from '../parts/button.tsx'
import { TroubleNotice } from '../parts/notice.tsx'
import { Heading, Page } from '../parts/page.tsx'
import { Shortcuts } from '../parts/shortcuts.tsx'
import { closeThis } from '../windows.ts'
import { Steps } from './steps.tsx'

const suggestion = 'Meet me at the old bridge at nine.'

export function Practice({ cue }: { cue: Cue }) {
  const typed = useSignal(suggestion)
  const done = useSignal<{ readonly sealed: string; readonly opened: string } | null>(null)
  const deed = useDeed()
  const writing = useWritingBox()
  const both = useRef<HTMLDivElement>(null)
  const sealed = done.value !== null
  useLayoutEffect(() => {
    // The button that had the focus has done its work.
    if (sealed) both.current?.focus({ preventScroll: true })
  }, [sealed])
  useEffect(
    () =>
      onMark((what) => {
        if (what !== 'locked') return
        typed.value = ''
        done.value = null
      }),
    [typed, done],
  )

  const seal = () =>
    void deed.run('practice', async () => {
      const { sealed } = await call('practiceSeal', { text: typed.value })
      const { text } = await call('practiceOpen', { sealed })
      typed.value = sealed
      done.value = { sealed, opened: text }
    })
  const again = () => {
    typed.value = suggestion
    done.value = null
  }

  return (
    <Page cue={cue}>
      <Steps at={3} />
      <Heading takesFocus>Try it here</Heading>
      <p>Think of this as a field on a website. Write something and seal it, as you would before sending it.</p>
      <div class="field">
        <label for="practice">Practice field</label>
        <textarea
          id="practice"
          rows={4}
          value={typed.value}
          readOnly={done.value !== null}
          {...writing}
          onInput={(event) => {
            typed.value = event.currentTarget.value
          }}
        />
      </div>
      <TroubleNotice trouble={deed.trouble.value} />
      <div class="actions">
        <Button
          kind={done.value === null ? 'main' : 'plain'}
          busy={deed.busy.value}
          disabled={done.value !== null || typed.value.trim() === ''}
          onClick={seal}
        >
          Seal
        </Button>
        {done.value === null ? null : (
          <Button kind="quiet" onClick={again}>
            Try again
          </Button>
        )}
      </div>
      {done.value === null ? null : (
        <div class="both" role="status" ref={both} tabIndex={-1}>
          <section aria-labelledby="has">
            <h2 id="has">What the website has</h2>
            <p class="sealed-text">{done.value.sealed}</p>
          </section>
          <section aria-labelledby="see">
            <h2 id="see">What you see</h2>
            <p class="opened-text">{done.value.opened}</p>
          </section>
        </div>
      )}
      <h2>On a website</h2>
      <p>
        Click Fieldseal in the toolbar and switch it on for the site. A small button then stands at the edge of every
        field you write in. These keys do the same:
      </p>
      <Shortcuts />
      <div class="actions">
        <Button kind={done.value === null ? 'plain' : 'main'} onClick={() => void closeThis()}>
          Done
        </Button>
      </div>
    </Page>
  )
}
