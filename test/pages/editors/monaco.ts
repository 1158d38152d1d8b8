// Monaco as it comes, without its worker, in a window that shows a few of its lines.

import * as monaco from 'monaco-editor/editor/editor.api.js'
import 'monaco-editor/editor/contrib/clipboard/browser/clipboard.js'
import { drawn, isMounted, place } from './mounted.ts'

const { editContext } = globalThis as { editContext?: boolean }
place().style.height = '120px'
let model = monaco.editor.createModel('', 'plaintext')
const editor = monaco.editor.create(place(), {
  model,
  ariaLabel: 'Text',
  minimap: { enabled: false },
  ...(editContext !== undefined && { editContext }),
})
isMounted({
  get field() {
    return drawn('.view-lines')
  },
  text: () => model.getValue(monaco.editor.EndOfLinePreference.LF),
  redraw: () => editor.render(true),
  load: (text) => {
    model = monaco.editor.createModel(text, 'plaintext')
    editor.setModel(model)
  },
})
