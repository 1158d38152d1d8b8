// The keyboard shortcuts, as the browser has them now: a person may have changed them, or another extension took one.

import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { browser } from 'wxt/browser'
import { words } from '../../words.ts'

interface Shortcut {
  readonly action: string
  readonly keys: readonly string[]
}

export function Shortcuts() {
  const shortcuts = useSignal<readonly Shortcut[]>([])
  useEffect(() => {
    void readShortcuts().then(
      (current) => {
        shortcuts.value = current
      },
      () => undefined,
    )
  }, [shortcuts])
  return (
    <dl class="shortcuts">
      {shortcuts.value.map(({ action, keys }) => (
        <div key={action}>
          <dt>{action}</dt>
          <dd>
            {keys.length === 0 ? words('app.shortcuts.notSet') : null}
            {keys.map((key) => (
              <kbd key={key}>{key}</kbd>
            ))}
          </dd>
        </div>
      ))}
    </dl>
  )
}

async function readShortcuts(): Promise<Shortcut[]> {
  const commands = await browser.commands.getAll()
  return commands.map(({ name, description, shortcut }) => ({
    action: description || (name?.startsWith('_execute') ? words('app.shortcuts.openPopup') : (name ?? '')),
    keys: shortcut ? shortcut.split('+').filter((key) => key !== '') : [],
  }))
}
