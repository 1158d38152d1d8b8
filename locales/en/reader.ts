// Opened texts in place, in frames within a page. Room is scarce there.

export const reader = {
  openedText: 'Opened text',
  ciphertext: 'Ciphertext',
  more: 'More',
  edit: 'Edit',
  openInWindow: 'Open in a window',
  showOpened: 'Show opened text',
  showCiphertext: 'Show ciphertext',
  onlyBeginning: 'Only the beginning is printed here.',
  /** `age` is “today” or “2 years ago”. */
  sealed: 'Sealed {age} · {host}',
  sealedEarlierKey: 'Sealed {age} · {host}, with an earlier key',
  /** `time` is a date and a time. */
  exactly: 'Sealed on {host}, {time}',
  exactlyEarlierKey: 'Sealed on {host}, {time}, with an earlier key',
  old: 'Sealed on {host}, {time}. That is long ago: edit it and seal it again to give it a new key',
  oldEarlierKey:
    'Sealed on {host}, {time}, with an earlier key. That is long ago: edit it and seal it again to give it a new key',
  /** Buttons beside a closed text, each with a short form for narrow places. */
  unlock: 'Unlock to read',
  unlockShort: 'Unlock',
  show: 'Show in Fieldseal',
  showShort: 'Show',
  /** Why a text is not opened, in at most 40 characters. */
  closed: {
    locked: 'Sealed.',
    elsewhere: 'Sealed on another site.',
    nowhere: 'Sealed outside any site.',
    otherKey: 'Sealed with another key.',
    notForUs: 'Sealed with a key you don’t have.',
    damaged: 'Damaged: this text was changed.',
    cutOff: 'Incomplete: a part is missing.',
    newerVersion: 'Made by a newer Fieldseal. Update it.',
    /** The same for narrow places. */
    short: {
      elsewhere: 'Other site',
      nowhere: 'No site',
      otherKey: 'Other key',
      notForUs: 'Not your key',
      damaged: 'Damaged',
      cutOff: 'Incomplete',
      newerVersion: 'Update needed',
    },
  },
} as const
