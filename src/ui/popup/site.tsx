// The site the popup was opened over, and the switch for it. The browser's permission prompt must be asked for in the
// very click, and may close the popup: the background does the rest when the permission arrives.

import { useSignal } from '@preact/signals'
import { useId } from 'preact/hooks'
import { browser } from 'wxt/browser'
import { call } from '../../messages/call.ts'
import type { Here } from '../../messages/shapes.ts'
import { useDeed } from '../deed.ts'
import { TroubleNotice } from '../parts/notice.tsx'
import { Heading } from '../parts/page.tsx'

const looksAtMost = 10
const lookEveryMs = 120

interface Props {
  readonly here: Here
  readonly look: () => Promise<Here>
}

export function Site({ here, look }: Props) {
  const id = useId()
  const deed = useDeed()
  const told = useSignal('')
  if (here.pattern === null) {
    return (
      <section class="site">
        <Heading>{here.host === '' ? 'This page' : here.host}</Heading>
        <p class="hint">Fieldseal can’t be used on this page: the browser keeps it to itself. You can still write.</p>
      </section>
    )
  }
  const { pattern, on } = here

  const turnOn = () => {
    if (deed.busy.peek()) return
    // Nothing is awaited before this: Firefox asks only in the click itself.
    const asked = browser.permissions.request({ origins: [pattern] })
    void deed.run('site', async () => {
      const granted = await asked
      told.value = granted ? '' : 'Not allowed, so nothing was changed.'
      for (let looked = 0; granted && looked < looksAtMost; looked++) {
        if ((await look()).on) return
        await new Promise((resolve) => setTimeout(resolve, lookEveryMs))
      }
    })
  }
  const turnOff = () =>
    void deed.run('site', async () => {
      told.value = ''
      await call('switchOff', { pattern })
      await look()
    })

  return (
    <section class="site">
      <Heading>{here.host}</Heading>
      <div class="switch-row">
        <span id={id}>Use on this site</span>
        <button
          type="button"
          role="switch"
          class="switch"
          aria-checked={on}
          aria-labelledby={id}
          aria-describedby={`${id}-what`}
          onClick={on ? turnOff : turnOn}
        >
          <span class="switch-track" aria-hidden="true" />
          <span class="switch-word" aria-hidden="true">
            {on ? 'On' : 'Off'}
          </span>
        </button>
      </div>
      <p class="hint" id={`${id}-what`}>
        {on ? countSentence(here.texts) : 'Off: Fieldseal does not look at this site until you ask it to.'}
      </p>
      <output class="told">{told.value}</output>
      <TroubleNotice trouble={deed.trouble.value} />
    </section>
  )
}

export function countSentence(texts: number): string {
  if (texts === 0) return 'No sealed texts on this page.'
  return texts === 1 ? 'One sealed text on this page.' : `${texts} sealed texts on this page.`
}
