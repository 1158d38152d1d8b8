// Quill as its quick start has it, but for a history that parts two acts sooner.

import Quill from 'quill'
import 'quill/dist/quill.core.css'
import { drawn, isMounted, place } from './mounted.ts'

const quill = new Quill(place(), { modules: { history: { delay: 400 } } })
quill.root.setAttribute('aria-label', 'Text')
isMounted({
  get field() {
    return drawn('.ql-editor')
  },
  text: () => quill.getText().replace(/\n$/, ''),
  redraw: () => void quill.setContents(quill.getContents(), 'silent'),
  load: (text) => void quill.setText(text),
})
