// The keyboard shortcuts, as the browser has them now: a person may have changed them, or another extension took one.

import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { browser } from 'wxt/browser'

interface Shortcut {
  readonly does: string
  readonly keys: readonly string[]
}

export function Shortcuts() {
  const shortcuts = useSignal<readonly Shortcut[]>([])
  useEffect(() => {
    void readShortcuts().then(
      (found) => {
        shortcuts.value = found
      },
      () => undefined,
    )
  }, [shortcuts])
  return (
    <dl class="shortcuts">
      {shortcuts.value.map(({ does, keys }) => (
        <div key={does}>
          <dt>{does}</dt>
          <dd>
            {keys.length === 0 ? 'not set' : null}
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
    does: description || (name?.startsWith('_execute') ? 'Open the Fieldseal popup' : (name ?? '')),
    keys: shortcut ? shortcut.split('+').filter((key) => key !== '') : [],
  }))
}
