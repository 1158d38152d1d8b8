// TinyMCE, in the iframe that it makes for itself.

import tinymce from 'tinymce'
import 'tinymce/icons/default'
import 'tinymce/models/dom'
import 'tinymce/skins/content/default/content.js'
import 'tinymce/skins/ui/oxide/content.js'
import 'tinymce/skins/ui/oxide/skin.js'
import 'tinymce/themes/silver'
import { drawn, isMounted, linesOf, place } from './mounted.ts'

const target = document.createElement('textarea')
place().append(target)
const [editor] = await tinymce.init({
  target,
  license_key: 'gpl',
  skin_url: 'default',
  content_css: 'default',
  menubar: false,
  toolbar: false,
  iframe_aria_text: 'Text',
})
if (editor === undefined) throw new Error('TinyMCE made no editor')
isMounted({
  get field() {
    return drawn('iframe')
  },
  text: () => editor.getContent({ format: 'text' }).replaceAll('\n\n', '\n').replaceAll('\u00a0', ' '),
  redraw: () => void editor.setContent(editor.getContent()),
  load: (text) => {
    const body = document.createElement('div')
    for (const line of linesOf(text)) body.append(Object.assign(document.createElement('p'), { textContent: line }))
    editor.setContent(body.innerHTML)
  },
})
