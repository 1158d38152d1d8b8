// Whether the clipboard is cleared a minute after Copy. The browser's permission is the switch itself: nothing else is stored,
// so that it cannot say otherwise than what holds.

import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { browser } from 'wxt/browser'
import { clipboardPermissions, mayReadClipboard } from '../../messages/clipboard.ts'
import { useDeed } from '../deed.ts'
import { TroubleNotice } from '../parts/notice.tsx'
import { Switch } from '../parts/switch.tsx'

export function ClipboardCard() {
  const on = useSignal<boolean | null>(null)
  const said = useSignal('')
  const deed = useDeed()
  useEffect(() => {
    const look = () => void mayReadClipboard().then((may) => (on.value = may))
    look()
    // The browser's own settings may be open beside this page.
    browser.permissions.onAdded.addListener(look)
    browser.permissions.onRemoved.addListener(look)
    return () => {
      browser.permissions.onAdded.removeListener(look)
      browser.permissions.onRemoved.removeListener(look)
    }
  }, [])
  const flip = () => {
    if (deed.busy.peek()) return
    const permissions = [...clipboardPermissions()] as never[]
    // Nothing is awaited before this: Firefox asks only in the click itself.
    const changed = on.peek()
      ? browser.permissions.remove({ permissions })
      : browser.permissions.request({ permissions })
    said.value = ''
    void deed.run('clipboard', async () => {
      const done = await changed
      on.value = await mayReadClipboard()
      said.value = done
        ? on.value
          ? 'Saved.'
          : 'Saved. The browser took the permission back.'
        : 'You did not allow it, so nothing changed.'
    })
  }
  if (on.value === null) return null
  return (
    <section class="card" aria-labelledby="clipboard">
      <h2 id="clipboard">Clipboard</h2>
      <Switch
        label="Clear the clipboard a minute after Copy"
        on={on.value}
        onFlip={flip}
        hint="Fieldseal then clears a text, a recovery key or a share that you copied with its buttons, if it is still on the clipboard. The browser asks you first: Fieldseal needs permission to read and change what you copy and paste, and uses it for this only."
      />
      <p class="hint">
        Some systems keep a clipboard history or share the clipboard with your other devices. Clearing does not reach
        what those have kept. What you copied also stays if you close the browser within the minute.
      </p>
      <output class="told">{said.value}</output>
      <TroubleNotice trouble={deed.trouble.value} />
    </section>
  )
}
