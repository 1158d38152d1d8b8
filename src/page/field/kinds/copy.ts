// Reads an editor through its own copy handler, since the page may show only part of its text, or none.

/** The text that an editor would copy of its selection; null if none answers. The event reaches only the field's own listeners. */
export function readByCopying(field: HTMLElement): string | null {
  const event = new ClipboardEvent('copy', { clipboardData: new DataTransfer(), bubbles: false, cancelable: true })
  if (field.dispatchEvent(event)) return null
  const text = event.clipboardData?.getData('text/plain').replaceAll(/\r\n?/g, '\n') ?? ''
  return text === '' ? null : text
}
