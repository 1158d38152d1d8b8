// What several windows have in common.

export const app = {
  /** Of a window or tab. */
  title: 'Fieldseal – {page}',
  windowTitle: { library: 'Library', options: 'Options', onboarding: 'Create your vault' },
  tryAgain: 'Try again',
  close: 'Close',
  cancel: 'Cancel',
  copy: 'Copy',
  vaultGone: 'Your vault is gone',
  createVault: 'Create your vault',
  unlockVault: 'Unlock the vault',
  switch: { on: 'On', off: 'Off' },
  /** Of a password that can be shown as it is typed. */
  field: { show: 'Show', hide: 'Hide', capsLock: 'Caps Lock is on.' },
  /** By which a person tells Fieldseal's windows from imitations: two words and a colour. */
  cue: {
    whole: 'Your cue: {words}, {colour}',
    colour: {
      red: 'red',
      orange: 'orange',
      yellow: 'yellow',
      green: 'green',
      teal: 'teal',
      blue: 'blue',
      purple: 'purple',
      pink: 'pink',
    },
  },
  /** A circle is a group of people who share keys. */
  keyOwner: {
    circle: 'Sealed with a key of a circle.',
    removedCircle: 'Sealed with a key of a circle that you removed.',
    otherVault: 'Sealed with a key from another vault.',
    beforeRotation: 'Sealed with a key from before your master key was replaced.',
    earlier: {
      personal: 'Sealed with an earlier key.',
      circle: 'Sealed with an earlier key of a circle.',
      removedCircle: 'Sealed with an earlier key of a circle that you removed.',
      otherVault: 'Sealed with an earlier key from another vault.',
    },
    /** `circle` is the name of the circle. */
    named: {
      circle: 'Sealed with a key of the circle: “{circle}”.',
      removedCircle: 'Sealed with a key of a circle that you removed: “{circle}”.',
      otherVault: 'Sealed with a key from another vault: “{circle}”.',
      beforeRotation: 'Sealed with a key from before your master key was replaced: “{circle}”.',
    },
    earlierNamed: {
      circle: 'Sealed with an earlier key of the circle: “{circle}”.',
      removedCircle: 'Sealed with an earlier key of a circle that you removed: “{circle}”.',
      otherVault: 'Sealed with an earlier key from another vault: “{circle}”.',
    },
  },
  vaultRemoved: {
    what: 'The browser removed your vault’s data from this device. Browsers do that when the disk is nearly full, or when a program cleans up after them.',
    stillSealed:
      'What you sealed is still on the websites. To read it again, bring your vault back: a new vault can’t open it.',
    inSync: 'Your vault is still in the browser’s sync.',
    restore: 'Restore a backup file',
    join: 'Join from another device',
    pair: 'Pair with another browser',
    create: 'Start over with a new vault',
  },
  shortcuts: { notSet: 'not set', openPopup: 'Open the Fieldseal popup' },
  copied: {
    done: 'Copied.',
    refused: 'The browser did not let it be copied. Select it and copy it yourself.',
    there: 'On the clipboard. Other programs can read it.',
    watched: 'On the clipboard. Other programs can read it. Fieldseal clears it after a minute.',
    cleared: 'Cleared from the clipboard. If your system keeps a clipboard history, delete it there too.',
    gone: 'Your text is no longer on the clipboard. What is there now was left alone.',
    failed: 'Fieldseal could not clear the clipboard. Copy something else to replace what is there.',
    clear: 'Clear now',
  },
} as const
