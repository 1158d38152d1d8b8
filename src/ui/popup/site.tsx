// The site the popup was opened over, the switch for it, and what is chosen for it. The browser's permission prompt must be
// asked for in the very click, and may close the popup: the background does the rest when the permission arrives.

import { useSignal } from '@preact/signals'
import { browser } from 'wxt/browser'
import { call } from '../../messages/call.ts'
import type { Choices, Here } from '../../messages/shapes.ts'
import { useDeed } from '../deed.ts'
import { Foreign } from '../parts/foreign.tsx'
import { TroubleNotice } from '../parts/notice.tsx'
import { Heading } from '../parts/page.tsx'
import { Switch } from '../parts/switch.tsx'

const looksAtMost = 10
const lookEveryMs = 120

interface Props {
  readonly here: Here
  readonly look: () => Promise<Here>
}

export function Site({ here, look }: Props) {
  const deed = useDeed()
  const told = useSignal('')
  const { pattern, on, choices } = here
  if (pattern === null) {
    return (
      <section class="site">
        <Heading>{here.host === '' ? 'This page' : <Foreign>{here.host}</Foreign>}</Heading>
        <p class="hint">Fieldseal can’t be used on this page: the browser keeps it to itself. You can still write.</p>
      </section>
    )
  }

  const turnOn = () => {
    if (deed.busy.peek()) return
    // Nothing is awaited before this: Firefox asks only in the click itself.
    const asked = here.allowed || browser.permissions.request({ origins: [pattern] })
    void deed.run('site', async () => {
      const granted = await asked
      told.value = granted ? '' : 'Not allowed, so nothing was changed.'
      if (granted) await call('switchOn', { pattern })
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
  const choose = (change: Partial<Choices>) =>
    void deed.run('site', async () => {
      await call('choose', { pattern, choices: { ...choices, ...change } })
      await look()
    })

  return (
    <section class="site">
      <Heading>
        <Foreign>{here.host}</Foreign>
      </Heading>
      <Switch label="Use on this site" on={on} onFlip={on ? turnOff : turnOn} hint={stateSentence(here)} />
      {on ? (
        <>
          <Switch
            small
            label="Open texts automatically"
            on={choices.open}
            onFlip={() => choose({ open: !choices.open })}
          />
          <Switch
            small
            label="Show the button"
            on={choices.button}
            onFlip={() => choose({ button: !choices.button })}
          />
        </>
      ) : null}
      {here.inPrivate ? <p class="hint">{privateSentence(here)}</p> : null}
      <output class="told">{told.value}</output>
      <TroubleNotice trouble={deed.trouble.value} />
    </section>
  )
}

function stateSentence({ on, everywhere, allowed, texts }: Pick<Here, 'on' | 'everywhere' | 'allowed' | 'texts'>) {
  if (on) return everywhere ? `On, as on all sites. ${countSentence(texts)}` : countSentence(texts)
  if (everywhere)
    return 'Off here, though on all other sites. The browser would still let Fieldseal in; Fieldseal itself stays out.'
  if (allowed) return 'Off here. The browser would still let Fieldseal in; Fieldseal itself stays out.'
  return 'Off: Fieldseal does not look at this site until you ask it to.'
}

/** The permission is the browser's to keep, and it does not keep private windows apart. */
function privateSentence({ allowed }: Here): string {
  return allowed
    ? 'A private window: what you change here holds until your private windows are closed.'
    : 'A private window: if you switch this site on, the browser keeps the permission after it is closed.'
}

export function countSentence(texts: number): string {
  if (texts === 0) return 'No sealed texts on this page.'
  return texts === 1 ? 'One sealed text on this page.' : `${texts} sealed texts on this page.`
}
