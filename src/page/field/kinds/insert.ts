// The ways to replace the selection in a field, one per mechanism: as a paste, as input that an editor carries out itself, by the
// browser's own editing command, and as the control's value. None knows any product.

import { type Field, isControl } from '../../script/fieldOf.ts'

/**
 * Tries to replace the selection with a text. True if an editor accepted the input, which it may carry out later. The caller must check
 * the result.
 */
export type InsertionMethod = (field: Field, text: string) => boolean

/** Dispatches a paste of plain text. */
export function paste(field: Field, text: string): boolean {
  const clipboardData = new DataTransfer()
  clipboardData.setData('text/plain', text)
  // Firefox creates the event's data from `data`, so that the page can read it. It could not read our `clipboardData`.
  const init = { clipboardData, dataType: 'text/plain', data: text, bubbles: true, composed: true, cancelable: true }
  return !field.dispatchEvent(new ClipboardEvent('paste', init))
}

export function input(field: Field, text: string): boolean {
  const taken = text.split('\n').map((line, i) => {
    const parted = i > 0 && announce(field, 'insertParagraph', null)
    return (line !== '' && announce(field, 'insertText', line)) || parted
  })
  return taken.includes(true)
}

function announce(field: Field, inputType: string, data: string | null): boolean {
  const init = { inputType, data, bubbles: true, composed: true, cancelable: true }
  return !field.dispatchEvent(new InputEvent('beforeinput', init))
}

/** The browser's own command, which keeps its undo history. */
export function command(field: Field, text: string): boolean {
  const { ownerDocument } = field
  if (text === '') ownerDocument.execCommand('delete')
  else if (isControl(field)) ownerDocument.execCommand('insertText', false, text)
  else {
    text.split('\n').forEach((line, i) => {
      if (i > 0) ownerDocument.execCommand('insertParagraph')
      if (line !== '') ownerDocument.execCommand('insertText', false, line)
    })
  }
  return false
}

/** Sets the whole value through the native setter, past a framework's own one, so that the framework notices the change. */
export function setValue(whole: string): InsertionMethod {
  return (field, text) => {
    if (!isControl(field)) return false
    field.value = whole
    field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true, inputType: 'insertText', data: text }))
    return false
  }
}
