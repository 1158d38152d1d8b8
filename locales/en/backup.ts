// Saving everything into a file, and restoring it.

export const backup = {
  heading: 'Backup',
  save: {
    what: 'One file with everything: the vault, the library with its earlier versions, and your unfinished texts, sealed as they are here. Whoever finds it can’t read it; your password or your recovery key opens it.',
    removed: 'If you remove Fieldseal from the browser, the vault on this device is deleted. Save a backup file first.',
    dueNone: 'Fieldseal knows of no backup yet. If this device is lost, so is everything you sealed.',
    /** `date`: a day. */
    due: 'The last backup is of {date}. If this device is lost, so is everything you sealed.',
    last: 'The last one is of {date}.',
    save: 'Save a backup file',
    saved: 'Saved. Keep it somewhere that is not this device.',
    unlock: 'Unlock the vault to save a backup.',
    label: 'Saving a backup',
    saving: 'Saving…',
    /** How many are saved so far. */
    texts: { one: '{n} texts…', other: '{n} texts…' },
  },
  persistence: {
    mayBeRemoved: 'The browser may remove your vault when the disk is nearly full.',
    declined: 'The browser did not agree. A recent backup file brings everything back.',
    ask: 'Ask the browser to keep it',
  },
  restore: {
    fromFile: 'Restore from a backup file',
    file: 'Backup file',
    readingLabel: 'Reading the file',
    reading: 'Reading the file…',
    closed: 'What opens this backup?',
    opened: 'What this backup brings',
    restore: 'Restore',
    cancel: 'Cancel',
    restoring: 'Restoring',
    restored: 'Restored',
    inVault: 'What the backup had is in your vault now. Texts sealed with its keys open again.',
    recoveryKey: 'Recovery key of the backup',
    password: 'Password of the backup',
    passwordHint: 'The one that opened the vault when the backup was made.',
    open: 'Open the backup',
    usePassword: 'Use its password',
    useRecoveryKey: 'Use its recovery key',
    chooseAnother: 'Choose another file',
    opening: 'Opening the backup',
  },
  file: {
    madeEmpty: 'Made on {date}, with no texts.',
    made: { one: 'Made on {date}, with one text.', other: 'Made on {date}, with {n} texts.' },
    whole: 'Nothing in it is damaged.',
    cutOff: 'The file is cut off: its end is missing. What is left of it can be restored.',
    altered: 'The file was altered after it was made. What still opens in it can be restored.',
    damagedLines: { one: 'one line can’t be read.', other: '{n} lines can’t be read.' },
  },
  brings: {
    yours: 'Your vault, with the password and the recovery key it had then.',
    foreign:
      'It is of another vault. Its keys are added to yours, so that what was sealed with them opens here too. Your password stays.',
    older: 'It is older than your vault is now. Nothing newer is overwritten; only what is missing is added.',
    newer: 'It is newer than your vault is here. What was changed since is taken over.',
    nothing: 'Everything in it is here already. Restoring it changes nothing.',
    keys: { one: 'It adds one key for opening sealed texts.', other: 'It adds {n} keys for opening sealed texts.' },
    texts: { one: 'It adds one text.', other: 'It adds {n} texts.' },
    unreadable: {
      one: 'one text in it can’t be opened, and will be left out.',
      other: '{n} texts in it can’t be opened, and will be left out.',
    },
    notGenuine:
      'It was put together by someone who did not have this vault’s key. Texts may be missing from it or be older ones.',
  },
} as const
