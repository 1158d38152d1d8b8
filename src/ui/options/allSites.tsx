// "On all sites": what it means, before and after it is switched on, said plainly. The browser asks in the very click.

import { useSignal } from '@preact/signals'
import { browser } from 'wxt/browser'
import { call } from '../../messages/call.ts'
import { Switch } from '../parts/switch.tsx'
import type { Choosing } from './choosing.ts'

const pattern = '*://*/*'

interface Props {
  readonly on: boolean
  /** The patterns that were allowed apart from that. */
  readonly oneByOne: readonly string[]
  readonly choosing: Choosing
}

export function AllSites({ on, oneByOne, choosing }: Props) {
  const asking = useSignal(false)
  const turnOn = () => {
    if (choosing.deed.busy.peek() || asking.peek()) return
    // Nothing is awaited before this: Firefox asks only in the click itself.
    const asked = browser.permissions.request({ origins: [pattern] })
    asking.value = true
    void asked
      .then((granted) =>
        choosing.act(
          async () => undefined,
          granted ? 'Fieldseal is on at all sites.' : 'Not allowed, so nothing was changed.',
        ),
      )
      .finally(() => {
        asking.value = false
      })
  }
  const turnOff = () => {
    let words = 'Fieldseal is no longer on at all sites.'
    const work = async () => {
      await call('switchOff', { pattern })
      // Chromium takes those that were allowed one by one along with the one for all. They are asked for again in the same
      // click, which it grants without a question.
      const left = new Set((await call('sites', {})).sites.map((site) => (site.state === 'on' ? site.pattern : '')))
      const lost = oneByOne.filter((one) => !left.has(one))
      const kept = lost.length === 0 || (await browser.permissions.request({ origins: [...lost] }).catch(() => false))
      if (oneByOne.length > 0)
        words += kept
          ? ' Those you switched on one by one stay on.'
          : ' The browser also took those away that you switched on one by one: switch them on again in the popup.'
    }
    void choosing.act(work, () => words)
  }
  return (
    <div class="all-sites">
      <Switch
        label="On all sites"
        on={on}
        onFlip={on ? turnOff : turnOn}
        hint={
          on
            ? 'Fieldseal’s script runs on every page you visit. To leave a site out, use the switch in the popup there.'
            : 'You need not switch sites on one by one then. Please read what it means first.'
        }
      />
      <details>
        <summary>What it means</summary>
        <ul class="lines">
          <li>
            The browser will say that Fieldseal can “read and change all your data on all websites”, in these or like
            words. It says so of any extension that may run everywhere.
          </li>
          <li>
            Fieldseal’s script then runs on every page, with all that stands in it before it: it looks for sealed texts
            and for the field you are in. It keeps none of it and sends nothing anywhere: Fieldseal has no network.
          </li>
          <li>Every site you visit could find out that you use Fieldseal, not only those where you do.</li>
          <li>
            To undo it, switch it off here, or take the permission away in the browser’s own settings for extensions. It
            ends at once, in open pages too.
          </li>
        </ul>
      </details>
    </div>
  )
}
