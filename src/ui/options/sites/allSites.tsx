// Switches Fieldseal on at all sites, and explains what that means. The browser asks for the permission in the same click.

import { useSignal } from '@preact/signals'
import { browser } from 'wxt/browser'
import { call } from '../../../messages/call.ts'
import { words } from '../../../words.ts'
import { Switch } from '../../parts/switch.tsx'
import type { Choosing } from './choosing.ts'

const pattern = '*://*/*'

interface Props {
  readonly on: boolean
  /** The patterns that the person switched on one by one. */
  readonly oneByOne: readonly string[]
  readonly choosing: Choosing
}

export function AllSites({ on, oneByOne, choosing }: Props) {
  const asking = useSignal(false)
  const turnOn = () => {
    if (choosing.task.busy.peek() || asking.peek()) return
    // Nothing is awaited before this: Firefox asks only in the click itself.
    const granting = browser.permissions.request({ origins: [pattern] })
    asking.value = true
    void granting
      .then((granted) =>
        choosing.act(async () => undefined, granted ? words('optionsSites.all.on') : words('optionsSites.all.refused')),
      )
      .finally(() => {
        asking.value = false
      })
  }
  const turnOff = () => {
    const sentences = [words('optionsSites.all.off')]
    const work = async () => {
      await call('switchOffSite', { pattern })
      // Chromium removes the permissions for single sites along with the one for all. This asks for them again in the same click,
      // and Chromium grants them without a prompt.
      const remaining = new Set(
        (await call('listSites', {})).sites.map((site) => (site.state === 'on' ? site.pattern : '')),
      )
      const lost = oneByOne.filter((listed) => !remaining.has(listed))
      const restored =
        lost.length === 0 || (await browser.permissions.request({ origins: [...lost] }).catch(() => false))
      if (oneByOne.length > 0)
        sentences.push(restored ? words('optionsSites.all.offKept') : words('optionsSites.all.offLost'))
    }
    void choosing.act(work, () => sentences.join(' '))
  }
  return (
    <div class="all-sites">
      <Switch
        label={words('optionsSites.all.label')}
        on={on}
        onFlip={on ? turnOff : turnOn}
        hint={on ? words('optionsSites.all.onHint') : words('optionsSites.all.offHint')}
      />
      <details>
        <summary>{words('optionsSites.all.means')}</summary>
        <ul class="lines">
          <li>{words('optionsSites.all.meansWarning')}</li>
          <li>{words('optionsSites.all.meansScript')}</li>
          <li>{words('optionsSites.all.meansVisible')}</li>
          <li>{words('optionsSites.all.meansUndo')}</li>
        </ul>
      </details>
    </div>
  )
}
