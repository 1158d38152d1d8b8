// Draft.js.

import { ContentState, Editor, EditorState } from 'draft-js'
import 'draft-js/dist/Draft.css'
import { createElement as h, useReducer, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { drawn, isMounted, place } from './mounted.ts'

function Form() {
  const [editorState, onChange] = useState(() => EditorState.createEmpty())
  const [times, redraw] = useReducer((count: number) => count + 1, 0)
  isMounted({
    get field() {
      return drawn('[contenteditable]')
    },
    text: () => editorState.getCurrentContent().getPlainText('\n'),
    redraw,
    load: (text) => onChange(EditorState.createWithContent(ContentState.createFromText(text))),
  })
  return h(Editor, { key: times, editorState, onChange, ariaLabel: 'Text' })
}

createRoot(place()).render(h(Form))
