// Reads and clears the clipboard in a document that never has the focus, which the clipboard's own interface requires: by the
// old commands, which the permissions allow here. The text is compared and never kept.

import { type Clipboard, clearIfOurs } from '../../clipboard.ts'
import { call } from '../../messages/call.ts'

/** Clears what the background expects to be there, and reports. The background closes the document then. */
export async function clearExpected(page: Document): Promise<void> {
  const { expected } = await call('getExpectedClipboard', {})
  if (expected === null) return
  const outcome = await clearIfOurs(clipboardOf(page), expected.fingerprint)
  await call('reportClipboard', { id: expected.id, outcome })
}

/** `page` holds a text box, without which the commands reach nothing. */
function clipboardOf(page: Document): Clipboard {
  const box = page.querySelector('textarea')
  if (box === null) throw new TypeError('expected a text box in the page, got none')
  const run = (command: 'copy' | 'paste', handle: (clipboard: DataTransfer) => void) => {
    let handled = false
    const listener = (event: ClipboardEvent) => {
      event.preventDefault()
      if (event.clipboardData === null) return
      handle(event.clipboardData)
      handled = true
    }
    box.addEventListener(command, listener, { once: true })
    // Without a selection there is nothing to copy.
    box.value = ' '
    box.select()
    if (!page.execCommand(command) || !handled) throw new Error(`the browser did not ${command}`)
  }
  return {
    read() {
      let text = ''
      run('paste', (data) => {
        text = data.getData('text/plain')
      })
      return text
    },
    clear: () => run('copy', (data) => data.setData('text/plain', '')),
  }
}
