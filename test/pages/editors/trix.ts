// Trix.

import 'trix'
import { isMounted, place } from './mounted.ts'

interface Trix extends HTMLElement {
  readonly editor: { getDocument(): { toString(): string }; loadHTML(html: string): void }
  reset(): void
  value: string
}

const field = document.createElement('trix-editor') as Trix
field.setAttribute('aria-label', 'Text')
field.addEventListener('trix-initialize', () =>
  isMounted({
    field,
    text: () => field.editor.getDocument().toString().replace(/\n$/, ''),
    redraw: () => field.editor.loadHTML(field.value),
    load: (text) => field.editor.loadHTML(text.replaceAll('\n', '<br>')),
  }),
)
place().append(field)
