// The options tab, as far as no file of its own has its sections.

export const options = {
  heading: 'Options',
  lock: 'Lock',
  noVault: 'There is no vault on this device yet.',
  locked: 'The vault is locked.',
  saved: 'Saved.',
  /** Links to the sections of the page, in short. */
  contents: {
    label: 'On this page',
    password: 'Password',
    unlockMethods: 'Ways to unlock',
    locking: 'Locking',
    library: 'Library',
    recoveryKey: 'Recovery key',
    shares: 'Shares',
    backup: 'Backup',
    devices: 'Other devices',
    newKeys: 'New keys',
    clipboard: 'Clipboard',
    spelling: 'Spelling',
    sites: 'Sites',
    alwaysSealed: 'Always sealed fields',
    shortcuts: 'Keyboard shortcuts',
    protects: 'What it protects',
  },
  autoLock: {
    heading: 'Locking',
    unlockFirst: 'Unlock the vault first, to see and change when it locks by itself.',
    idle: 'Lock when nothing was done for',
    never: 'Never',
    neverMeans:
      'The vault stays unlocked until you lock it or close the browser, unless something below locks it first. Whoever comes to the device meanwhile can read what you can.',
    /** `time`: “5 minutes” or “1 hour”. */
    idleMeans:
      'After {time} without a key or a move of the mouse anywhere on the device, and after a sleep as long as that, everything that is open goes blank. An unfinished text is kept, sealed.',
    onScreenLock: 'Lock when the screen is locked',
    onScreenLockHint:
      'At once, in Chrome and its kin on most systems. Firefox does not tell extensions of a locked screen; there the time above counts.',
    onLastWindow: 'Lock when the last window is closed',
    onLastWindowHint:
      'On some systems the browser lives on without a window. When the browser itself is closed, the vault is locked in any case.',
  },
  library: {
    heading: 'Library',
    what: 'The texts you sealed, kept on this device, encrypted: to be found, read and changed again.',
    open: 'Open the library',
    unlockFirst: 'Unlock the vault to see and change what is kept.',
  },
  vaultName: {
    heading: 'Vault',
    label: 'Name of the vault',
    hint: 'It stands on the sheets you print. It is sealed like everything else in the vault.',
    rename: 'Rename the vault',
  },
  clipboard: {
    heading: 'Clipboard',
    clear: 'Clear the clipboard a minute after Copy',
    clearHint:
      'Fieldseal then clears a text, a recovery key or a share that you copied with its buttons, if it is still on the clipboard. The browser asks you first: Fieldseal needs permission to read and change what you copy and paste, and uses it for this only.',
    histories:
      'Some systems keep a clipboard history or share the clipboard with your other devices. Clearing does not reach what those have kept. What you copied also stays if you close the browser within the minute.',
    off: 'Saved. The browser took the permission back.',
    refused: 'You did not allow it, so nothing changed.',
  },
  spelling: {
    heading: 'Spelling',
    check: 'Check spelling while you write',
    checkHint: 'Off unless you turn it on, because some browsers send what you type to a server to check it.',
  },
  shortcuts: {
    heading: 'Keyboard shortcuts',
    /** `chrome` and `firefox` are addresses. The words in quotes are Firefox’s own. */
    change: 'Change them at {chrome}, in Firefox at {firefox} under “Manage Extension Shortcuts”.',
  },
  protects: {
    heading: 'What Fieldseal protects, and what not',
    sealed: 'What you seal, the website stores as a text it can’t read. It can’t change it unnoticed either.',
    website:
      'The website still sees that you sealed something, when, and about how long it is. It can delete it, or show an older sealed text again.',
    typing:
      'What you type into a website’s own field, the site can read before you seal it. In our own window it can’t.',
    device:
      'Everything is on this device, and on others only if you choose so above. Fieldseal has no server, and keeps no copy of your password or recovery key. With both lost, and no shares handed out, nobody can open your texts.',
    unlocked:
      'While the vault is unlocked, someone at your device can read what you can. A device under someone else’s control, or a browser that was tampered with, is beyond what Fieldseal can guard against.',
  },
} as const
