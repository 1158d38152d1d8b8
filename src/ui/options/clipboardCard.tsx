// Whether Fieldseal clears the clipboard a minute after Copy. The switch shows the browser's permission: nothing else is stored, so
// the two cannot differ.

import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { browser } from 'wxt/browser'
import { clipboardPermissions, mayReadClipboard } from '../../messages/tabs/clipboard.ts'
import { words } from '../../words.ts'
import { useTask } from '../app/task.ts'
import { ErrorNotice } from '../parts/notice.tsx'
import { Switch } from '../parts/switch.tsx'

export function ClipboardCard() {
  const isOn = useSignal<boolean | null>(null)
  const message = useSignal('')
  const task = useTask()
  useEffect(() => {
    const look = () => void mayReadClipboard().then((isAllowed) => (isOn.value = isAllowed))
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
    if (task.busy.peek()) return
    const permissions = [...clipboardPermissions()] as never[]
    // Nothing is awaited before this: Firefox asks only in the click itself.
    const changing = isOn.peek()
      ? browser.permissions.remove({ permissions })
      : browser.permissions.request({ permissions })
    message.value = ''
    void task.run('clipboard', async () => {
      const changed = await changing
      isOn.value = await mayReadClipboard()
      message.value = !changed
        ? words('options.clipboard.refused')
        : isOn.value
          ? words('options.saved')
          : words('options.clipboard.off')
    })
  }
  if (isOn.value === null) return null
  return (
    <section class="card" aria-labelledby="clipboard">
      <h2 id="clipboard">{words('options.clipboard.heading')}</h2>
      <Switch
        label={words('options.clipboard.clear')}
        on={isOn.value}
        onFlip={flip}
        hint={words('options.clipboard.clearHint')}
      />
      <p class="hint">{words('options.clipboard.histories')}</p>
      <output class="told">{message.value}</output>
      <ErrorNotice error={task.error.value} />
    </section>
  )
}
