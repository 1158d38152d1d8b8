// What browsers show of the extension itself, and what the catalogue says of its language.

export const extension = {
  /** BCP 47: for dates, numbers, lists and plural forms. */
  locale: 'en',
  /** The direction of the language: ltr or rtl. */
  dir: 'ltr',
  name: 'Fieldseal',
  description: 'Encrypts what you write on any website before the website has it, and shows it to you again in place.',
  command: {
    seal: 'Seal this field',
    compose: 'Write a sealed text',
    openPage: 'Open the sealed texts on this page',
    putBack: 'Put the opened text back…',
    lock: 'Lock the vault',
  },
} as const
