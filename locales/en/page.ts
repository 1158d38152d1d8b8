// What stands in pages of the web beside fields and in the place of sealed texts, and the toolbar icon's title.

export const page = {
  icon: { locked: 'Fieldseal: locked', unlocked: 'Fieldseal: unlocked' },
  close: 'Close',
  copySealed: 'Copy the sealed text',
  openFieldseal: 'Open Fieldseal',
  button: {
    more: 'More',
    read: 'Show the opened text',
    marked: 'Always sealed: write in Fieldseal’s own window',
    edit: 'Edit this sealed text in Fieldseal’s own window',
    rest: 'Seal what you wrote here, or edit the sealed text at the caret',
    seal: 'Seal this field (until then the page can read what stands in it)',
    /** Characters. */
    sealFits:
      'Seal this field (until then the page can read what stands in it). Sealed, it takes {needs} characters; the field takes {takes}.',
    sealTooLong:
      'Seal this field (until then the page can read what stands in it). Sealed, it takes {needs} characters; the field takes {takes}, which is too few.',
  },
  menu: {
    seal: 'Seal this field',
    compose: 'Write a sealed text…',
    read: 'Show the opened text',
    mark: 'Always seal this field',
    unmark: 'No longer always seal this field',
  },
  sealing: {
    sealed: 'Sealed. The page could read the text until now; a text written in Fieldseal’s own window it never sees.',
    empty: 'There is nothing to seal in this field yet.',
    changed: 'The field changed while Fieldseal was at work, so nothing was done. Try again.',
    busy: 'One moment, this field is being sealed.',
    readOnly: 'This field can only be read. To read its sealed text, use “Show the opened text”.',
    sandboxed:
      'This page is sandboxed, and Fieldseal does not trust such a page to be the site it seems. Write the text in Fieldseal’s own window, from the toolbar button, and paste it here.',
    /** Characters. */
    tooLong: 'Sealed, this text takes {needs} characters; the field takes {takes}. It was left as it is.',
    altered: 'The site changed or refused the sealed text, so your own text was put back.',
    gone: 'The field went away while its text was being sealed. The sealed text holds all of it.',
    locked: 'Fieldseal is locked. Unlock it, then try again. Your text is as it was.',
    noVault: 'There is no vault on this device. Press Fieldseal’s toolbar button. Your text is as it was.',
    longerThanAll: 'This text is longer than one sealed text can hold. It is as it was.',
    failed: 'Fieldseal could not do this. Your text is as it was. Try again.',
    now: 'Seal it now',
  },
  command: {
    noField: 'Click into a text field first, then try again.',
    notReached: 'Click into the sealed text in its field first, then try again.',
    nothingHere: 'This page holds no sealed texts.',
    notFound: 'The sealed text is not on this page: it was changed or taken away, or this is not where it stands.',
    nothingPointed: 'There is no sealed text here.',
  },
  always: {
    marked: 'From now on what you write here goes to Fieldseal’s own window, and only the sealed text comes back.',
    markedUnsealed: 'This field is always sealed from now on. The text that stands in it is not sealed yet.',
    unsealed: 'The text that stands in this field is not sealed.',
    unmarked: 'This field is an ordinary one again: the page can read what you type into it.',
    full: 'There are too many fields that are always sealed. Take some off the list in the options.',
    failed: 'Fieldseal could not do this. The field is as it was. Try again.',
    fullWindows: 'Too many long texts are open in Fieldseal’s windows. Close some of those, then try again.',
    noWindow: 'Fieldseal’s window did not open. The field is as it was. Click it to try again.',
  },
  finder: {
    choose: 'Click the field the sealed text is to go into, or go to it and press Enter. Esc to leave it.',
    left: 'The sealed text was not put anywhere.',
    late: 'No field was chosen, so the sealed text was not put anywhere. You can begin again in the library.',
    placed: 'The sealed text is in the field.',
    alreadyThere: 'The sealed text stands in this field already.',
    readOnly: 'This field can only be read, so the sealed text was not put into it.',
    altered: 'The site changed or refused the sealed text. The field is as it was.',
    gone: 'The field went away before the sealed text was in it.',
    /** Characters. */
    tooLong: 'The sealed text takes {needs} characters; this field takes {takes}. It was left as it is.',
    here: 'Here stands the sealed text.',
    unseen: 'The sealed text is on this page, but in a part that the page does not show now.',
  },
  text: {
    closeOpened: 'Close the opened text',
    ofField: 'Opened texts of this field',
    sandboxed: 'Sealed. To read it, press Fieldseal’s toolbar button.',
    stuck: 'Sealed. It did not open here.',
    openWindow: 'Open in a window',
    show: 'Show',
    hide: 'Hide',
    showCiphertext: 'Show ciphertext',
    hideCiphertext: 'Hide ciphertext',
  },
} as const
