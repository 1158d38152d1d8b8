// The ways to replace the selection in a field, one per mechanism: as a paste, as input that an editor carries out itself, by the
// browser's own editing command, and as the control's value. None knows any product.

import { type Field, isControl } from '../../script/fieldOf.ts'

/**
 * Puts a text in the place of the selection, as far as it can. Whether it came about is for the caller to look at; true when
 * an editor said that it will see to it, which may take it a while.
 */
export type InsertionMethod = (field: Field, text: string) => boolean

/** What an editor reads of a clipboard. Text alone: there is nothing to be carried but letters and lines. */
export function paste(field: Field, text: string): boolean {
  const clipboardData = new DataTransfer()
  clipboardData.setData('text/plain', text)
  // Firefox makes the event's data from `data`, which the page can read; from ours it could not.
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

/** The whole value, past what a framework has laid over the element: it then sees what it has not set itself. */
export function setValue(whole: string): InsertionMethod {
  return (field, text) => {
    if (!isControl(field)) return false
    field.value = whole
    field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true, inputType: 'insertText', data: text }))
    return false
  }
}
