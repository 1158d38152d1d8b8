// The site of the current tab: its switch and its settings. The browser shows its permission prompt only in the click itself, and
// the prompt may close the popup: the background then does the rest when the permission arrives.

import { useSignal } from '@preact/signals'
import { browser } from 'wxt/browser'
import { call } from '../../messages/call.ts'
import type { Choices } from '../../messages/shapes.ts'
import type { CurrentSite } from '../../messages/tabs/sites.ts'
import { counted, words } from '../../words.ts'
import { useTask } from '../app/task.ts'
import { ErrorNotice } from '../parts/notice.tsx'
import { Switch } from '../parts/switch.tsx'
import { UntrustedText } from '../parts/untrustedText.tsx'
import { Heading } from '../window/page.tsx'

const maxAttempts = 10
const retryMs = 120

interface Props {
  readonly site: CurrentSite
  readonly look: () => Promise<CurrentSite>
}

export function Site({ site, look }: Props) {
  const task = useTask()
  const status = useSignal('')
  const { pattern, on, choices } = site
  if (pattern === null) {
    return (
      <section class="site">
        <Heading>{site.host === '' ? words('popup.page.heading') : <UntrustedText>{site.host}</UntrustedText>}</Heading>
        <p class="hint">{words('popup.site.browserPage')}</p>
      </section>
    )
  }

  const turnOn = () => {
    if (task.busy.peek()) return
    // Nothing is awaited before this: Firefox asks only in the click itself.
    const granting = site.allowed || browser.permissions.request({ origins: [pattern] })
    void task.run('site', async () => {
      const granted = await granting
      status.value = granted ? '' : words('popup.site.notAllowed')
      if (granted) await call('switchOnSite', { pattern })
      for (let attempts = 0; granted && attempts < maxAttempts; attempts++) {
        if ((await look()).on) return
        await new Promise((resolve) => setTimeout(resolve, retryMs))
      }
    })
  }
  const turnOff = () =>
    void task.run('site', async () => {
      status.value = ''
      await call('switchOffSite', { pattern })
      await look()
    })
  const choose = (change: Partial<Choices>) =>
    void task.run('site', async () => {
      await call('setSiteChoices', { pattern, choices: { ...choices, ...change } })
      await look()
    })

  return (
    <section class="site">
      <Heading>
        <UntrustedText>{site.host}</UntrustedText>
      </Heading>
      <Switch label={words('popup.site.use')} on={on} onFlip={on ? turnOff : turnOn} hint={stateSentence(site)} />
      {on ? (
        <>
          <Switch
            small
            label={words('popup.site.openByItself')}
            on={choices.open}
            onFlip={() => choose({ open: !choices.open })}
          />
          <Switch
            small
            label={words('popup.site.showButton')}
            on={choices.button}
            onFlip={() => choose({ button: !choices.button })}
          />
        </>
      ) : null}
      {site.inPrivate ? <p class="hint">{privateSentence(site)}</p> : null}
      <output class="told">{status.value}</output>
      <ErrorNotice error={task.error.value} />
    </section>
  )
}

function stateSentence({
  on,
  everywhere,
  allowed,
  texts,
}: Pick<CurrentSite, 'on' | 'everywhere' | 'allowed' | 'texts'>) {
  if (on) return everywhere ? words('popup.site.onEverywhere', { texts: countSentence(texts) }) : countSentence(texts)
  if (everywhere) return words('popup.site.excepted')
  if (allowed) return words('popup.site.offAllowed')
  return words('popup.site.off')
}

/** The permission is the browser's to keep, and it does not keep private windows apart. */
function privateSentence({ allowed }: CurrentSite): string {
  return allowed ? words('popup.site.privateAllowed') : words('popup.site.privateAsks')
}

export function countSentence(texts: number): string {
  return texts === 0 ? words('popup.site.noTexts') : counted('popup.site.texts', { n: texts })
}
