// Reads an editor of which the page may show a part or nothing: by what it would copy of its selection.

/** What an editor would copy of what is selected in it; null where none answers. Only the field's own listeners are asked. */
export function readByCopying(field: HTMLElement): string | null {
  const event = new ClipboardEvent('copy', { clipboardData: new DataTransfer(), bubbles: false, cancelable: true })
  if (field.dispatchEvent(event)) return null
  const text = event.clipboardData?.getData('text/plain').replaceAll(/\r\n?/g, '\n') ?? ''
  return text === '' ? null : text
}
