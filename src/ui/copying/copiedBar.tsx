// What is on the clipboard because of Copy in this window, and the button that clears it. It outlives the view in which it was
// copied: the clipboard does too.

import { useEffect } from 'preact/hooks'
import { words } from '../../words.ts'
import { Button } from '../parts/button.tsx'
import { clearCopied, copied, forgetCopied } from './clipboard.ts'

const sentences = {
  there: 'app.copied.there',
  watched: 'app.copied.watched',
  cleared: 'app.copied.cleared',
  gone: 'app.copied.gone',
  failed: 'app.copied.failed',
} as const

export function CopiedBar() {
  useEffect(() => {
    // The person copies something else here, by the keyboard or a menu.
    const forgetReplaced = () => (hasSelection() ? forgetCopied() : undefined)
    for (const event of ['copy', 'cut']) addEventListener(event, forgetReplaced)
    return () => {
      for (const event of ['copy', 'cut']) removeEventListener(event, forgetReplaced)
    }
  }, [])
  const current = copied.value
  const isOnClipboard = current?.state === 'there' || current?.state === 'watched'
  return (
    <div class={current === null ? 'copied' : 'copied copied-bar'}>
      <output>{current === null ? '' : words(sentences[current.state])}</output>
      {current === null ? null : (
        <Button kind={isOnClipboard ? 'plain' : 'quiet'} onClick={isOnClipboard ? () => void clearCopied() : close}>
          {isOnClipboard ? words('app.copied.clear') : words('app.close')}
        </Button>
      )}
    </div>
  )
}

/** Without a selection the browser leaves the clipboard as it is. */
function hasSelection(): boolean {
  const box = document.activeElement
  if (box instanceof HTMLTextAreaElement || box instanceof HTMLInputElement)
    return box.selectionStart !== box.selectionEnd
  return getSelection()?.isCollapsed === false
}

function close(): void {
  forgetCopied()
  // The button had the focus and is gone.
  document.querySelector('h1')?.focus()
}
