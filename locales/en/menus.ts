// The context menus of pages, and what the browser is told of the document that clears the clipboard.

export const menus = {
  sealField: 'Seal this field',
  compose: 'Write a sealed text',
  openPointed: 'Open this sealed text',
  putBack: 'Put the opened text back…',
  openPage: 'Open texts on this page',
  clipboardDocument: 'Clears the clipboard where it still holds a text that was copied here.',
} as const
