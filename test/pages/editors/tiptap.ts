// TipTap with its starter kit.

import { Editor } from '@tiptap/core'
import StarterKit from '@tiptap/starter-kit'
import { drawn, isMounted, linesOf, place } from './mounted.ts'

const editor = new Editor({
  element: place(),
  extensions: [StarterKit],
  editorProps: { attributes: { 'aria-label': 'Text' } },
})
isMounted({
  get field() {
    return drawn('.ProseMirror')
  },
  text: () => editor.getText({ blockSeparator: '\n' }),
  redraw: () => {
    editor.unmount()
    editor.mount(place())
  },
  load: (text) =>
    void editor.commands.setContent({
      type: 'doc',
      content: linesOf(text).map((line) => ({
        type: 'paragraph',
        ...(line !== '' && { content: [{ type: 'text', text: line }] }),
      })),
    }),
})
