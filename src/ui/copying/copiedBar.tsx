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
    const replaced = () => (hasSelection() ? forgetCopied() : undefined)
    for (const event of ['copy', 'cut']) addEventListener(event, replaced)
    return () => {
      for (const event of ['copy', 'cut']) removeEventListener(event, replaced)
    }
  }, [])
  const now = copied.value
  const isThere = now?.state === 'there' || now?.state === 'watched'
  return (
    <div class={now === null ? 'copied' : 'copied copied-bar'}>
      <output>{now === null ? '' : words(sentences[now.state])}</output>
      {now === null ? null : (
        <Button kind={isThere ? 'plain' : 'quiet'} onClick={isThere ? () => void clearCopied() : close}>
          {isThere ? words('app.copied.clear') : words('app.close')}
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
