// Slate with React and history.

import { createElement as h, useReducer, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { createEditor, Editor, Node, Transforms } from 'slate'
import { withHistory } from 'slate-history'
import { Editable, Slate, withReact } from 'slate-react'
import { drawn, isMounted, linesOf, place } from './mounted.ts'

const paragraphs = (text: string) => linesOf(text).map((line) => ({ type: 'paragraph', children: [{ text: line }] }))

function Form() {
  const [editor] = useState(() => withHistory(withReact(createEditor())))
  const [times, redraw] = useReducer((count: number) => count + 1, 0)
  isMounted({
    get field() {
      return drawn('[contenteditable]')
    },
    text: () => editor.children.map((node: Node) => Node.string(node)).join('\n'),
    redraw,
    load: (text) => {
      editor.children = paragraphs(text)
      Transforms.select(editor, Editor.end(editor, []))
      editor.onChange()
    },
  })
  const inside = { editor, initialValue: paragraphs('') } as unknown as Parameters<typeof Slate>[0]
  return h(Slate, inside, h(Editable, { key: times, 'aria-label': 'Text' }))
}

createRoot(place()).render(h(Form))
