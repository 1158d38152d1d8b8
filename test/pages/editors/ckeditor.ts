// CKEditor 5, its classic editor.

import { ClassicEditor, Essentials, Paragraph } from 'ckeditor5'
import 'ckeditor5/ckeditor5.css'
import { drawn, isMounted, linesOf, place } from './mounted.ts'

const source = document.createElement('div')
place().append(source)
const editor = await ClassicEditor.create(source, {
  licenseKey: 'GPL',
  plugins: [Essentials, Paragraph],
  label: 'Text',
})
/** A paragraph is a line, and so is what stands after a line break. */
const linesIn = (html: string) => {
  const { body } = new DOMParser().parseFromString(html, 'text/html')
  for (const each of body.querySelectorAll('br')) each.replaceWith('\n')
  return [...body.children].map(({ textContent }) => textContent.replaceAll('\u00a0', ' ')).join('\n')
}
isMounted({
  get field() {
    return drawn('[contenteditable]')
  },
  text: () => linesIn(editor.getData()),
  redraw: () => void editor.editing.view.forceRender(),
  load: (text) => {
    const body = document.createElement('div')
    for (const line of linesOf(text)) body.append(Object.assign(document.createElement('p'), { textContent: line }))
    editor.setData(body.innerHTML)
  },
})
