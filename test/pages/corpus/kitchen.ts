// Runs in a page of its own, away from the extension: the packages that need a browser to turn what a person wrote into the
// HTML that sites show. Each editor is the real one, given the text as its own paragraphs, and asked for its HTML by its own
// serialiser; those that have none (Slate, Draft.js, Lexical without its HTML package) for what they draw.

import { Editor as Tiptap } from '@tiptap/core'
import StarterKit from '@tiptap/starter-kit'
import { Bold, ClassicEditor, Essentials, Link, Paragraph } from 'ckeditor5'
import DOMPurify from 'dompurify'
import { ContentState, Editor as DraftEditor, EditorState } from 'draft-js'
import { $createParagraphNode, $createTextNode, $getRoot, createEditor as createLexical } from 'lexical'
import { DOMSerializer, Node as ProseMirrorNode } from 'prosemirror-model'
import { schema } from 'prosemirror-schema-basic'
import Quill from 'quill'
import { createElement, type ReactNode } from 'react'
import { flushSync } from 'react-dom'
import { createRoot } from 'react-dom/client'
import { createEditor as createSlate } from 'slate'
import { Editable, Slate, withReact } from 'slate-react'
import tinymce from 'tinymce'
import 'tinymce/icons/default'
import 'tinymce/models/dom'
import 'tinymce/themes/silver'
import 'trix'

type Serve = (source: string) => string | Promise<string>

const linesOf = (source: string): string[] => source.split(/\n+/)
const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
const asHtml = (source: string): string =>
  linesOf(source)
    .map((line) => `<p>${escaped(line)}</p>`)
    .join('')

/** A place in the document for as long as an editor needs one. */
async function inPlace(work: (place: HTMLElement) => string | Promise<string>): Promise<string> {
  const place = document.createElement('div')
  document.body.append(place)
  try {
    return await work(place)
  } finally {
    place.remove()
  }
}

function draw(element: ReactNode, place: HTMLElement): string {
  const root = createRoot(place)
  flushSync(() => root.render(element))
  const html = place.innerHTML
  root.unmount()
  return html
}

const proseDoc = (source: string) => ({
  type: 'doc',
  content: linesOf(source).map((line) => ({
    type: 'paragraph',
    content: line === '' ? [] : [{ type: 'text', text: line }],
  })),
})

const kitchen: Readonly<Record<string, Serve>> = {
  DOMPurify: (source) => DOMPurify.sanitize(`<p onclick="x()">${escaped(source)}<script>x()</script></p>`),
  'DOMPurify, for MathML and SVG too': (source) =>
    DOMPurify.sanitize(`<div><svg><title>t</title></svg><b><i>${escaped(source)}</b></i><img src=x onerror=x()></div>`),
  ProseMirror: (source) => {
    const place = document.createElement('div')
    const doc = ProseMirrorNode.fromJSON(schema, proseDoc(source))
    place.append(DOMSerializer.fromSchema(schema).serializeFragment(doc.content))
    return place.innerHTML
  },
  TipTap: (source) =>
    inPlace((element) => {
      const editor = new Tiptap({ element, extensions: [StarterKit], content: proseDoc(source) })
      const html = editor.getHTML()
      editor.destroy()
      return html
    }),
  'Quill, semantic HTML': (source) =>
    inPlace((place) => {
      const quill = new Quill(place)
      quill.setText(source)
      return quill.getSemanticHTML()
    }),
  'Quill, as drawn': (source) =>
    inPlace((place) => {
      const quill = new Quill(place)
      quill.setText(source)
      quill.formatText(3, 40, 'bold', true)
      return quill.root.innerHTML
    }),
  'Slate, as drawn': (source) =>
    inPlace((place) => {
      const editor = withReact(createSlate())
      const initialValue = linesOf(source).map((text) => ({ type: 'paragraph', children: [{ text }] }))
      const editable = createElement(Editable, { readOnly: true })
      return draw(createElement(Slate, { editor, initialValue, children: editable }), place)
    }),
  'Lexical, as drawn': (source) =>
    inPlace((place) => {
      const editor = createLexical({ onError: (error) => console.error(error) })
      editor.setRootElement(place)
      editor.update(
        () => {
          const paragraphs = linesOf(source).map((line) => $createParagraphNode().append($createTextNode(line)))
          $getRoot()
            .clear()
            .append(...paragraphs)
        },
        { discrete: true },
      )
      const html = place.innerHTML
      editor.setRootElement(null)
      return html
    }),
  'Draft.js, as drawn': (source) =>
    inPlace((place) => {
      const editorState = EditorState.createWithContent(ContentState.createFromText(source))
      return draw(createElement(DraftEditor, { editorState, readOnly: true, onChange: () => undefined }), place)
    }),
  CKEditor: (source) =>
    inPlace(async (place) => {
      const plugins = [Essentials, Paragraph, Bold, Link]
      const editor = await ClassicEditor.create(place, { licenseKey: 'GPL', plugins, initialData: asHtml(source) })
      const html = editor.getData()
      await editor.destroy()
      return html
    }),
  TinyMCE: (source) =>
    inPlace(async (target) => {
      const quiet = { license_key: 'gpl', skin: false, content_css: false, promotion: false, menubar: false } as const
      const [editor] = await tinymce.init({ target, inline: true, toolbar: false, ...quiet })
      editor?.setContent(asHtml(source))
      const html = editor?.getContent() ?? ''
      editor?.remove()
      return html
    }),
  Trix: (source) =>
    inPlace(async (place) => {
      const element = document.createElement('trix-editor') as HTMLElement & {
        readonly value: string
        readonly editor: { insertString(text: string): void }
      }
      const ready = new Promise((resolve) => element.addEventListener('trix-initialize', resolve, { once: true }))
      place.append(element)
      await ready
      element.editor.insertString(source)
      return element.value
    }),
}

Object.assign(globalThis, { kitchen })
