// Lexical with rich text and history.

import { createEmptyHistoryState, registerHistory } from '@lexical/history'
import { registerRichText } from '@lexical/rich-text'
import { $createParagraphNode, $createTextNode, $getRoot, createEditor } from 'lexical'
import { drawn, isMounted, linesOf, place } from './mounted.ts'

const root = document.createElement('div')
root.contentEditable = 'true'
root.ariaLabel = 'Text'
place().append(root)

const editor = createEditor({
  onError: (thrown) => {
    throw thrown
  },
})
editor.setRootElement(root)
registerRichText(editor)
registerHistory(editor, createEmptyHistoryState(), 300)

const load = (text: string) =>
  editor.update(() => {
    const paragraphs = linesOf(text).map((line) => $createParagraphNode().append($createTextNode(line)))
    $getRoot()
      .clear()
      .append(...paragraphs)
  })
load('')
isMounted({
  get field() {
    return drawn('[contenteditable]')
  },
  text: () =>
    editor.read(() =>
      $getRoot()
        .getChildren()
        .map((each) => each.getTextContent())
        .join('\n'),
    ),
  redraw: () => {
    editor.setRootElement(null)
    root.replaceChildren()
    editor.setRootElement(root)
  },
  load,
})
