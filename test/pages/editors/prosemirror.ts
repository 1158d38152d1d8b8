// ProseMirror with its basic schema, history and keys.

import { baseKeymap } from 'prosemirror-commands'
import { history, redo, undo } from 'prosemirror-history'
import { keymap } from 'prosemirror-keymap'
import { schema } from 'prosemirror-schema-basic'
import { EditorState } from 'prosemirror-state'
import { EditorView } from 'prosemirror-view'
import 'prosemirror-view/style/prosemirror.css'
import { drawn, isMounted, linesOf, place } from './mounted.ts'

const docOf = (text: string) =>
  schema.node(
    'doc',
    null,
    linesOf(text).map((line) => schema.node('paragraph', null, line === '' ? [] : [schema.text(line)])),
  )
const plugins = [history(), keymap({ 'Mod-z': undo, 'Mod-y': redo }), keymap(baseKeymap)]
const make = (state: EditorState) => new EditorView(place(), { state, attributes: { 'aria-label': 'Text' } })
let view = make(EditorState.create({ doc: docOf(''), plugins }))

isMounted({
  get field() {
    return drawn('.ProseMirror')
  },
  text: () => view.state.doc.textBetween(0, view.state.doc.content.size, '\n'),
  redraw: () => {
    const { state } = view
    view.destroy()
    view = make(state)
  },
  load: (text) => view.updateState(EditorState.create({ doc: docOf(text), plugins })),
})
