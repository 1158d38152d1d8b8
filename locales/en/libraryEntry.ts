// A text of the library that is open: read, written, compared with its earlier versions, and looked for on its page.

export const libraryEntry = {
  label: 'Text',
  choose: 'Choose a text to read it here.',
  /** `hidden`: read out only. */
  back: 'Back<hidden> to the list</hidden>',
  opening: 'Opening',
  damaged: 'A damaged text',
  cantShow: 'This text can’t be shown',
  deleteDamaged: 'Delete it',
  edit: 'Edit',
  copySealed: 'Copy sealed text',
  copyPlaintext: 'Copy plaintext',
  delete: 'Delete',
  /** The text was changed here, and not on the website. */
  behind:
    'You changed this text here. What was given to the site is the text before: to change it there too, copy the sealed text and put it in its place.',
  /** `host`: the website. `hidden`: read out only. */
  link: '{host}<hidden> (opens the page in a new tab)</hidden>',
  showAll: 'Show all',
  shown: { one: '{shown} of {n} letters are shown.', other: '{shown} of {n} letters are shown.' },
  /** Names of facts about the text. */
  facts: {
    written: 'Written',
    changed: 'Changed',
    neverChanged: 'never since',
    keyMade: 'Key made',
    /** `age`: “yesterday”, “3 days ago”. */
    keyReplaced: '{age}: the one before was old, and has just been replaced',
    length: 'Length',
  },
  draft: {
    damaged:
      'This unfinished text was altered or cut off where it is stored, so it can’t be opened. You can discard it.',
    goOn: 'Go on writing',
    discard: 'Discard',
    notSealed: 'It is not sealed for a site yet. The composer shows all of it.',
  },
  note: {
    label: 'Note',
    about: 'Belongs to no site. It is kept here, sealed, as every text is.',
  },
  editor: {
    save: 'Save',
    saving: 'Saving',
    cancel: 'Cancel',
    keys: '<key>Ctrl</key> <key>Enter</key> saves. <key>Esc</key> leaves the box.',
    keysOnMac: '<key>⌘</key> <key>Enter</key> saves. <key>Esc</key> leaves the box.',
  },
  /** The text was saved elsewhere while it was being written here. */
  conflict: {
    mine: 'Your text',
    saveMine: 'Save mine as the newest',
    saveApart: 'Save mine as a new note',
    theirs: 'The text that was saved elsewhere',
    about: 'Changed on {date}. If you save yours as the newest, this one stays as an earlier version.',
  },
  leave: {
    label: 'Unsaved changes',
    question: 'This text has changes that are not saved.',
    save: 'Save them',
    discard: 'Discard them',
    stay: 'Go on writing',
  },
  versions: {
    heading: 'Earlier versions',
    compare: 'Compare',
    damaged: {
      one: '{n} earlier version can’t be opened: damaged.',
      other: '{n} earlier versions can’t be opened: damaged.',
    },
    asOf: 'As it was on {date}',
    /** Names the choice between the two that follow. */
    show: 'Show',
    changes: 'What was changed since',
    whole: 'The whole text of then',
    earlier: 'The text of then',
    restore: 'Restore this text',
    backToNow: 'Back to the text of now',
    restoreHint: 'Restoring keeps the text of now as an earlier version.',
  },
  diff: {
    tooDifferent: 'The two texts have too little in common to be compared word by word. This is the earlier one:',
    earlier: 'The earlier text',
    same: 'The two texts are the same, letter by letter.',
    legend: '<del>Crossed out</del>: taken out since. <ins>Underlined</ins>: put in since.',
    label: 'What was changed since',
    /** `hidden`: read out only, around the words that were taken out or put in. */
    removed: '<hidden>Taken out: </hidden>{text}<hidden>. </hidden>',
    added: '<hidden>Put in: </hidden>{text}<hidden>. </hidden>',
    folded: { one: '{n} line that is the same', other: '{n} lines that are the same' },
  },
  onPage: {
    find: 'Find on page',
    place: 'Put it into a field there',
    there: 'It is on the page. The page is open in its tab, with the text opened where it stands.',
    missing:
      'The page is open in its tab, but the sealed text is not on it. It may stand further down, on another page of the site, or the site may have taken it away. Your text is safe here.',
    off: 'Fieldseal is off at this site, so it can’t look for the text. Switch it on there: in the toolbar, on that page.',
    unreachable:
      'The page can’t be opened right now. Try again later, or follow the link above. Your text is safe here.',
    waiting: 'Go to the page and click the field that is to hold the sealed text.',
  },
} as const
