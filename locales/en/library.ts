// The library's tab: its list, its settings, and what is said of all of it.

export const library = {
  heading: 'Library',
  noVault: 'There is no vault on this device yet, so there is no library.',
  locked: 'The vault is locked. Unlock it to see your library.',
  options: 'Options',
  lock: 'Lock',
  newNote: 'New note',
  import: 'Import…',
  export: 'Export…',
  understood: 'Understood',
  texts: 'Texts',
  drafts: 'Unfinished',
  settings: 'Settings',
  /** In the place of a title. */
  untitled: 'Untitled',
  /** In the place of a website, of a text that belongs to none. */
  noSite: 'No site',
  letters: { one: '{n} letter', other: '{n} letters' },
  /** Something was being written when the vault was locked. */
  unsaved: {
    saved: 'What you were writing was saved in the library, sealed, before the vault was locked.',
    lost: 'What you were writing could not be saved before the vault was locked. The text before it is still there.',
  },
  /** `date`: with the time. */
  autoSaveFailed: {
    full: 'The text you sealed on {date} was not kept in your library: the disk is full. Free some space, then seal it again or write it into the library. On the page it was sealed all the same.',
    unavailable:
      'The text you sealed on {date} was not kept in your library: this browser did not let anything be stored. Restart it, then seal it again. On the page it was sealed all the same.',
  },
  search: {
    texts: 'Search the library',
    drafts: 'Search unfinished texts',
    placeholder: 'Search texts, sites, dates',
    order: 'Order',
    byTime: 'By time',
    bySite: 'By site',
    reading: 'Reading the library',
    readSoFar: 'Reading {done} of {of}…',
    found: { one: '{n} text found.', other: '{n} texts found.' },
    nothing: 'Nothing found.',
    /** `search`: what was typed. */
    nothingHas: 'Nothing has all the words of {search} in its text, its site or its date.',
    showAll: 'Show all',
  },
  list: {
    drafts: 'Unfinished texts',
    textCount: { one: '{n} text.', other: '{n} texts.' },
    noTexts: 'No texts yet.',
    draftCount: { one: '{n} unfinished text.', other: '{n} unfinished texts.' },
    noDrafts: 'No unfinished texts.',
    loading: 'Loading',
    /** `hidden`: read out only. */
    discarded: '{title}<hidden>, discarded</hidden>',
    /** At the head of those that are damaged, in the place of a website. */
    damagedHeading: 'Damaged',
    damaged: 'A damaged text',
    cantOpen: 'It can’t be opened.',
  },
  empty: {
    drafts: 'What you begin to write in the composer and do not seal is kept here, until you seal or discard it.',
    heading: 'Your library is empty',
    about:
      'Every text you seal on a site is kept here from now on, encrypted, on this device: so that you find it again, also when a site loses it.',
    offHeading: 'Nothing is kept here',
    offAbout: 'You chose that texts you seal are not kept. Switch it on in the settings, and they are, from then on.',
    write: 'Write a note',
  },
  selection: {
    label: 'Those that are ticked',
    count: { one: '{n} text ticked', other: '{n} texts ticked' },
    all: 'Tick all {count}',
    discard: 'Discard',
    delete: 'Delete',
    clear: 'Untick',
  },
  deletion: {
    label: 'Deleting',
    progress: 'Deleting {done} of {of}…',
    deleted: { one: 'Deleted {n} text.', other: 'Deleted {n} texts.' },
    discarded: { one: 'Discarded {n} unfinished text.', other: 'Discarded {n} unfinished texts.' },
    undo: 'Undo',
    close: 'Close',
    draftsBack: 'They are back.',
    textsBack: { one: 'Brought back {n} text.', other: 'Brought back {n} texts.' },
    nothingBack: 'There was nothing left to bring back.',
  },
  keep: {
    heading: 'Keeping',
    label: 'Keep what I seal',
    hint: 'Every text you seal is kept here too, encrypted, so that you find it again when a site loses it. What is here already stays when you switch this off. Texts from private windows are never kept.',
    saved: 'Saved.',
  },
  keyAge: {
    /** Names the box with the number. */
    label: 'New key after',
    /** Stands behind the box with the number. */
    unit: 'days',
    save: 'Save',
    outOfRange: 'Type a number of days from {least} to {most}.',
    /** `days`: a number. */
    hint: 'A text whose key is older gets a new one when you open it. Usual: {days}.',
  },
  reencryption: {
    heading: 'New keys',
    about:
      'Every text here has a key of its own. You can give all of them new keys at once, for instance after someone may have had a copy of this device. It goes on in the background, and you can go on working.',
    label: 'Giving new keys',
    running: '{done} of {of}…',
    halted: '{done} of {of}',
    start: 'Give everything new keys now',
    resume: 'Go on',
    stop: 'Stop',
    full: {
      one: 'The disk is full: {done} of {n} text have new keys. Nothing was lost. Free some space, then go on.',
      other: 'The disk is full: {done} of {n} texts have new keys. Nothing was lost. Free some space, then go on.',
    },
    stopped: {
      one: 'Stopped: {done} of {n} text have new keys. The others keep the keys they have.',
      other: 'Stopped: {done} of {n} texts have new keys. The others keep the keys they have.',
    },
    /** `keys`: how many there are. */
    done: 'All done. New keys: {keys}, with earlier versions and unfinished texts.',
    damaged: {
      one: '{n} text is damaged and can’t be opened; it was left as it is.',
      other: '{n} texts are damaged and can’t be opened; they were left as they are.',
    },
  },
} as const
