// The sites on which Fieldseal was switched on, with what was chosen for each; all sites at once; and the fields that are
// always sealed.

import { type Signal, useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { browser } from 'wxt/browser'
import { call } from '../../messages/call.ts'
import type { Answer } from '../../messages/protocol.ts'
import type { Listed } from '../../messages/shapes.ts'
import { useDeed } from '../deed.ts'
import { Button } from '../parts/button.tsx'
import { Foreign } from '../parts/foreign.tsx'
import { TroubleNotice } from '../parts/notice.tsx'
import { Switch } from '../parts/switch.tsx'
import { AllSites } from './allSites.tsx'
import type { Choosing } from './choosing.ts'
import { Marks } from './marks.tsx'

type Seen = Answer<'sites'>

export function Sites() {
  const seen = useSignal<Seen | null>(null)
  const sites = useChoosing(seen)
  const marks = useChoosing(seen)
  useEffect(() => {
    void sites.act(async () => undefined, '')
    // What changes elsewhere is shown, and gets in the way of nothing that is being done here.
    const lookAgain = () =>
      void call('sites', {}).then(
        (found) => {
          seen.value = found
        },
        () => undefined,
      )
    addEventListener('focus', lookAgain)
    // The browser's own settings may be open beside this page.
    browser.permissions.onAdded.addListener(lookAgain)
    browser.permissions.onRemoved.addListener(lookAgain)
    return () => {
      removeEventListener('focus', lookAgain)
      browser.permissions.onAdded.removeListener(lookAgain)
      browser.permissions.onRemoved.removeListener(lookAgain)
    }
  }, [])
  const now = seen.value
  return (
    <>
      <section class="card" aria-labelledby="sites">
        <SitesHeading />
        {now === null ? null : (
          <>
            <AllSites
              on={now.everywhere}
              oneByOne={now.sites.filter(({ state }) => state === 'on').map(({ pattern }) => pattern)}
              choosing={sites}
            />
            <List seen={now} choosing={sites} />
          </>
        )}
        <output class="told">{sites.told.value}</output>
        <TroubleNotice trouble={sites.deed.trouble.value} />
      </section>
      {now === null ? null : <Marks seen={now} choosing={marks} />}
    </>
  )
}

function SitesHeading() {
  return (
    <h2 id="sites" tabIndex={-1}>
      Sites
    </h2>
  )
}

function useChoosing(seen: Signal<Seen | null>): Choosing {
  const deed = useDeed()
  const told = useSignal('')
  return {
    deed,
    told,
    act: (work, words) =>
      deed.run('site', async () => {
        await work()
        seen.value = await call('sites', {})
        const said = typeof words === 'string' ? words : words()
        if (said !== '') told.value = said
      }),
  }
}

function List({ seen, choosing }: { seen: Seen; choosing: Choosing }) {
  if (seen.sites.length === 0) {
    return seen.everywhere ? (
      <p class="hint">No site has settings of its own.</p>
    ) : (
      <p>Fieldseal is switched on nowhere. Open it in the toolbar on a site, and use the switch there.</p>
    )
  }
  return (
    <>
      <p>
        {seen.everywhere
          ? 'These have settings of their own, or were switched on one by one and stay on without “On all sites”.'
          : 'Fieldseal is on at these sites. It sees no other pages, unless you ask it to on the spot.'}{' '}
        A site is a host with all its ports.
      </p>
      <ul class="sites">
        {seen.sites.map((site) => (
          <Line key={site.pattern} site={site} everywhere={seen.everywhere} choosing={choosing} />
        ))}
      </ul>
    </>
  )
}

const states: Readonly<Record<Listed['state'], string | null>> = {
  on: null,
  everywhere: 'on, as on all sites',
  excepted: 'off here',
  off: 'off: the browser does not let Fieldseal in',
}

function Line({ site, everywhere, choosing }: { site: Listed; everywhere: boolean; choosing: Choosing }) {
  const { pattern, state, choices } = site
  const name = siteName(pattern)
  const id = `site-${pattern}`
  const line = useRef<HTMLLIElement>(null)
  // What is not as usual is to be seen at once; what is made usual stays to be seen.
  const settled = useSignal(choices !== null && !(choices.open && choices.button))
  const leave = (work: () => Promise<unknown>, words: string) =>
    void choosing.act(work, words).then((done) => {
      // The line that held the focus may be gone.
      if (done && !line.current?.isConnected) document.getElementById('sites')?.focus()
    })
  const remove = () =>
    leave(
      () => call('removeSite', { pattern }),
      everywhere ? `${name} is off the list. Fieldseal is on there as on all sites.` : `Fieldseal is off on ${name}.`,
    )
  const readmit = () => leave(() => call('switchOn', { pattern }), `Fieldseal is on at ${name} again.`)
  return (
    <li ref={line}>
      <div class="site-head">
        <span class="site-name" id={id}>
          <Foreign>{name}</Foreign>
          {states[state] === null ? null : <span class="hint"> {states[state]}</span>}
        </span>
        {state === 'excepted' ? (
          <Button onClick={readmit} describedBy={id}>
            Switch on
          </Button>
        ) : (
          <Button onClick={remove} describedBy={id}>
            Remove
          </Button>
        )}
      </div>
      {choices === null || state === 'excepted' || state === 'off' ? null : (
        <details class="site-choices" open={settled.value}>
          <summary>
            Settings{' '}
            <span class="unseen">
              for <Foreign>{name}</Foreign>
            </span>
          </summary>
          {(['open', 'button'] as const).map((which) => (
            <Switch
              key={which}
              small
              of={id}
              label={which === 'open' ? 'Open texts automatically' : 'Show the button'}
              on={choices[which]}
              onFlip={() =>
                void choosing.act(
                  () => call('choose', { pattern, choices: { ...choices, [which]: !choices[which] } }),
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
  const schemes: Readonly<Record<string, string>> = { 'https://*/*': 'all https sites', 'http://*/*': 'all http sites' }
  if (pattern === '*://*/*') return 'all sites'
  const host = pattern.replace(/^(https|\*):\/\//, '').replace(/\/\*$/, '')
  return schemes[pattern] ?? (host.includes('*.') ? `${host.replace('*.', '')} and all below it` : host)
}
