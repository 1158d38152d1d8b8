// Texts of the library written into files, and read from them.

export const libraryFiles = {
  cancel: 'Cancel',
  close: 'Close',
  export: {
    all: 'Export the whole library',
    some: { one: 'Export {n} text', other: 'Export {n} texts' },
    /** Names the choice between the kinds of files. */
    as: 'As',
    kinds: {
      sealed: 'Sealed backup',
      sealedHint: 'Only your password or your recovery key opens it.',
      json: 'Plaintext, to be read in again (JSON)',
      jsonHint: 'Everyone who has the file can read it. Fieldseal can import it.',
      markdown: 'Plaintext, to be read by people (Markdown)',
      markdownHint: 'Everyone who has the file can read it.',
    },
    label: 'Exporting',
    backupAll:
      'A backup of everything is made in the options: the vault, the library and your unfinished texts in one file.',
    goToBackups: 'Go to backups',
    backupSome: {
      one: 'The file holds the vault, and of the library the {n} text you ticked, with their earlier versions. It is restored in the options. It does not count as a backup of everything.',
      other:
        'The file holds the vault, and of the library the {n} texts you ticked, with their earlier versions. It is restored in the options. It does not count as a backup of everything.',
    },
    backupProgress: { one: '{n} text…', other: '{n} texts…' },
    saved: 'Saved.',
    save: 'Save the file',
    warning:
      '<strong>The file is not sealed.</strong> Whoever gets hold of it, and every program on this device, can read the texts. Save it only where you would keep them on paper.',
    progress: { one: '{done} of {n} text…', other: '{done} of {n} texts…' },
    start: 'Export as plaintext',
    done: {
      one: '{n} text written into the file. It is not sealed: delete it when you no longer need it.',
      other: '{n} texts written into the file. It is not sealed: delete it when you no longer need it.',
    },
    damaged: {
      one: '{n} damaged text could not be opened and are not in it.',
      other: '{n} damaged texts could not be opened and are not in it.',
    },
  },
  /** Within the file that people read. */
  markdown: {
    heading: 'Texts from Fieldseal',
    about: 'Exported on {date}. This file is not sealed: whoever has it can read it.',
    written: 'written {date}',
    changed: 'changed {date}',
  },
  import: {
    heading: 'Import texts',
    kinds: {
      json: 'A plaintext export of Fieldseal (.json): its texts, with their sites and dates.',
      text: 'Files of plain text (.txt, .md): a note of each.',
      backup: 'A sealed backup (.fieldseal) is restored <link>in the options</link>.',
    },
    files: 'Files to import',
    choose: 'Choose files',
    chooseOthers: 'Choose other files',
    readingLabel: 'Reading the files',
    reading: 'Reading…',
    start: { one: 'Import {n} text', other: 'Import {n} texts' },
    restoreBackup: 'Restore the backup in the options',
    label: 'Importing',
    progress: { one: '{done} of {n} text…', other: '{done} of {n} texts…' },
    done: { one: '{n} text is in your library now.', other: '{n} texts are in your library now.' },
    tooLong: {
      one: '{n} text was left out: longer than a text can be.',
      other: '{n} texts were left out: longer than a text can be.',
    },
    damaged: { one: '{n} text was left out: damaged.', other: '{n} texts were left out: damaged.' },
  },
  /** Said of one file. */
  file: {
    texts: { one: '{n} text.', other: '{n} texts.' },
    /** `numbers`: which of the texts, “1, 2, 3”. */
    broken: {
      one: '{n} more is not whole and will be left out: number {numbers}.',
      other: '{n} more are not whole and will be left out: number {numbers}.',
    },
    /** `rest`: how many numbers more there are. */
    brokenMany: {
      one: '{n} more is not whole and will be left out: number {numbers} and {rest} more.',
      other: '{n} more are not whole and will be left out: number {numbers} and {rest} more.',
    },
    backup: 'It is a sealed backup. Restore it in the options, under “Backup”.',
    empty: 'There is nothing in it.',
    tooLong: 'It is longer than one text can be. Split it in two.',
    notText: 'It is not written in UTF-8, so its letters can’t be told. Save it as UTF-8 and try again.',
    notOurs: 'It is no export of Fieldseal, or was altered.',
    newerVersion: 'It was exported by a newer version of Fieldseal. Update Fieldseal to read it.',
    unreadable: 'The browser could not read it. Choose it again.',
    otherKind: 'Only exports of Fieldseal (.json) and files of plain text (.txt, .md) can be read in.',
  },
} as const
