// CodeMirror 6, in a window that shows a few of its lines.

import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { EditorState } from '@codemirror/state'
import { EditorView, keymap } from '@codemirror/view'
import { drawn, isMounted, place } from './mounted.ts'

const extensions = [
  history(),
  keymap.of([...defaultKeymap, ...historyKeymap]),
  EditorView.contentAttributes.of({ 'aria-label': 'Text' }),
  EditorView.theme({ '&': { height: '120px' }, '.cm-scroller': { overflow: 'auto' } }),
]
let view = new EditorView({ parent: place(), extensions })
isMounted({
  get field() {
    return drawn('.cm-content')
  },
  text: () => view.state.doc.toString(),
  redraw: () => {
    const { state } = view
    view.destroy()
    view = new EditorView({ parent: place(), state })
  },
  load: (doc) => view.setState(EditorState.create({ doc, extensions })),
})
