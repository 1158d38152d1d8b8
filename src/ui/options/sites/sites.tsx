// The sites where Fieldseal is switched on, with the settings of each; the switch for all sites; and the fields that are always
// sealed.

import { type Signal, useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { browser } from 'wxt/browser'
import { call } from '../../../messages/call.ts'
import type { Response } from '../../../messages/protocol.ts'
import type { ListedSite } from '../../../messages/tabs/sites.ts'
import { type WordsKey, words } from '../../../words.ts'
import { useTask } from '../../app/task.ts'
import { Button } from '../../parts/button.tsx'
import { ErrorNotice } from '../../parts/notice.tsx'
import { say } from '../../parts/say.tsx'
import { Switch } from '../../parts/switch.tsx'
import { UntrustedText } from '../../parts/untrustedText.tsx'
import { AllSites } from './allSites.tsx'
import { AlwaysSealedFields } from './alwaysSealed.tsx'
import type { Choosing } from './choosing.ts'

type Seen = Response<'listSites'>

export function Sites() {
  const seen = useSignal<Seen | null>(null)
  const sites = useChoosing(seen)
  const marks = useChoosing(seen)
  useEffect(() => {
    void sites.act(async () => undefined, '')
    // Shows changes made elsewhere, without disturbing what the person does here.
    const reload = () =>
      void call('listSites', {}).then(
        (found) => {
          seen.value = found
        },
        () => undefined,
      )
    addEventListener('focus', reload)
    // The browser's own settings may be open beside this page.
    browser.permissions.onAdded.addListener(reload)
    browser.permissions.onRemoved.addListener(reload)
    return () => {
      removeEventListener('focus', reload)
      browser.permissions.onAdded.removeListener(reload)
      browser.permissions.onRemoved.removeListener(reload)
    }
  }, [])
  const current = seen.value
  return (
    <>
      <section class="card" aria-labelledby="sites">
        <SitesHeading />
        {current === null ? null : (
          <>
            <AllSites
              on={current.everywhere}
              oneByOne={current.sites.filter(({ state }) => state === 'on').map(({ pattern }) => pattern)}
              choosing={sites}
            />
            <List seen={current} choosing={sites} />
          </>
        )}
        <output class="message">{sites.message.value}</output>
        <ErrorNotice error={sites.task.error.value} />
      </section>
      {current === null ? null : <AlwaysSealedFields seen={current} choosing={marks} />}
    </>
  )
}

function SitesHeading() {
  return (
    <h2 id="sites" tabIndex={-1}>
      {words('optionsSites.heading')}
    </h2>
  )
}

function useChoosing(seen: Signal<Seen | null>): Choosing {
  const task = useTask()
  const message = useSignal<ComponentChildren>('')
  return {
    task,
    message,
    act: (work, sentence) =>
      task.run('site', async () => {
        await work()
        seen.value = await call('listSites', {})
        const shown = typeof sentence === 'function' ? sentence() : sentence
        if (shown !== '') message.value = shown
      }),
  }
}

function List({ seen, choosing }: { seen: Seen; choosing: Choosing }) {
  if (seen.sites.length === 0) {
    return seen.everywhere ? <p class="hint">{words('optionsSites.noneOwn')}</p> : <p>{words('optionsSites.none')}</p>
  }
  return (
    <>
      <p>
        {seen.everywhere ? words('optionsSites.listedOwn') : words('optionsSites.listed')}{' '}
        {words('optionsSites.whatIsSite')}
      </p>
      <ul class="sites">
        {seen.sites.map((site) => (
          <Line key={site.pattern} site={site} everywhere={seen.everywhere} choosing={choosing} />
        ))}
      </ul>
    </>
  )
}

const stateKeys = {
  on: null,
  everywhere: 'optionsSites.stateEverywhere',
  excepted: 'optionsSites.stateExcepted',
  off: 'optionsSites.stateOff',
} as const satisfies Record<ListedSite['state'], WordsKey | null>

function Line({ site, everywhere, choosing }: { site: ListedSite; everywhere: boolean; choosing: Choosing }) {
  const { pattern, state, choices } = site
  const name = siteName(pattern)
  const id = `site-${pattern}`
  const line = useRef<HTMLLIElement>(null)
  const stateKey = stateKeys[state]
  const shownName = <UntrustedText>{name}</UntrustedText>
  // Unusual settings are visible at once, and stay so when the person makes them usual.
  const open = useSignal(choices !== null && !(choices.open && choices.button))
  const leave = (work: () => Promise<unknown>, sentence: ComponentChildren) =>
    void choosing.act(work, sentence).then((done) => {
      // The line that held the focus may be gone.
      if (done && !line.current?.isConnected) document.getElementById('sites')?.focus()
    })
  const remove = () =>
    leave(
      () => call('removeSite', { pattern }),
      say(everywhere ? 'optionsSites.removedOwn' : 'optionsSites.removed', { site: shownName }),
    )
  const readmit = () =>
    leave(() => call('switchOnSite', { pattern }), say('optionsSites.switchedOn', { site: shownName }))
  return (
    <li ref={line}>
      <div class="site-head">
        <span class="site-name" id={id}>
          {shownName}
          {stateKey === null ? null : <span class="hint"> {words(stateKey)}</span>}
        </span>
        {state === 'excepted' ? (
          <Button onClick={readmit} describedBy={id}>
            {words('optionsSites.switchOn')}
          </Button>
        ) : (
          <Button onClick={remove} describedBy={id}>
            {words('optionsSites.remove')}
          </Button>
        )}
      </div>
      {choices === null || state === 'excepted' || state === 'off' ? null : (
        <details class="site-choices" open={open.value}>
          <summary>
            <span aria-hidden="true">{words('optionsSites.settings')}</span>
            <span class="unseen">{say('optionsSites.settingsFor', { site: shownName })}</span>
          </summary>
          {(['open', 'button'] as const).map((choice) => (
            <Switch
              key={choice}
              small
              of={id}
              label={choice === 'open' ? words('optionsSites.openByItself') : words('optionsSites.showButton')}
              on={choices[choice]}
              onFlip={() =>
                void choosing.act(
                  () => call('setSiteChoices', { pattern, choices: { ...choices, [choice]: !choices[choice] } }),
                  '',
                )
              }
            />
          ))}
        </details>
      )}
    </li>
  )
}

/** A match pattern as a person would write it: without the path, and without the scheme where it is https. */
export function siteName(pattern: string): string {
  if (pattern === '*://*/*') return words('optionsSites.nameAll')
  if (pattern === 'https://*/*') return words('optionsSites.nameAllHttps')
  if (pattern === 'http://*/*') return words('optionsSites.nameAllHttp')
  const host = pattern.replace(/^(https|\*):\/\//, '').replace(/\/\*$/, '')
  return host.includes('*.') ? words('optionsSites.nameBelow', { host: host.replace('*.', '') }) : host
}
