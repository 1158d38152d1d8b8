// The options’ sections on unlocking: the password, the ways to unlock, passkeys, and new keys.

export const optionsAccess = {
  password: {
    heading: 'Password',
    current: 'Current password',
    emptyCurrent: 'Type the current password.',
    next: 'New password',
    repeat: 'Repeat new password',
    change: 'Change password',
    changing: 'Changing the password',
    changed: 'The password is changed. Only the password: your texts, your sites and your recovery key stay good.',
  },
  methods: {
    heading: 'Ways to unlock',
    what: 'Each of these opens the vault by itself. If one is in the wrong hands, replace or remove it.',
    password: 'Password',
    /** `memory` in MiB, `passes` over that memory: how much work a guess takes. */
    passwordDetails: 'since {day} · each guess costs {memory} MiB × {passes}',
    recovery: 'Recovery key',
    recoveryDetails: 'since {day}',
    shares: 'Shares',
    sharesDetails: 'any {threshold} of {count} together · since {day}',
    unknown: 'Another way',
    unknownDetails: 'made by a newer version of Fieldseal, and kept as it is',
    passkey: 'Passkey',
    passkeyDetails: 'since {day}',
    /** A passkey with a name of its own, and its details. */
    named: '“{name}”',
    namedDetails: 'passkey · since {day}',
  },
  passkey: {
    unsupported:
      'Passkeys can’t be used here: this browser does not let extensions unlock with them. Chrome, Edge and Brave do.',
    add: 'Add a passkey',
    unlockFirst: 'Unlock the vault to add, rename or remove.',
    full: 'Eight passkeys are as many as a vault takes. Remove one to add another.',
    name: 'Name of the passkey',
    nameHint:
      'So that you know it again, e.g. “Fingerprint of the laptop”. The browser then asks where to keep it, and may ask a second time to try it.',
    /** The name that a passkey has until the person gives it another. */
    defaultName: 'Passkey {number}',
    emptyName: 'Type a name, so that you know it again.',
    create: 'Create passkey',
    waiting: 'Waiting for your passkey',
    added: '“{name}” unlocks the vault from now on.',
    rename: 'Rename',
    newName: 'New name',
    saveName: 'Save name',
    renamed: 'It is called “{name}” now.',
    cancel: 'Cancel',
    remove: 'Remove',
    removeMeans:
      '“{name}” will no longer unlock this vault. Your texts, the password and the recovery key stay good. The passkey itself stays where you keep it, of no use, until you delete it there.',
    removeConfirm: 'Remove passkey',
    keep: 'Keep it',
    removed: '“{name}” no longer unlocks the vault.',
  },
  newKeys: {
    heading: 'New keys',
    texts: 'For the texts to come',
    textsMeans: 'Texts that you seal from now on get a new key. Those you have sealed stay readable under theirs.',
    textsStart: 'Start a new text key',
    textsUnlockFirst: 'Unlock the vault to start one.',
    textsDone: 'New texts are sealed under a new key from now on. Older ones stay readable.',
    vault: 'For the whole vault',
    vaultMeans:
      'If someone may have copied your vault while it was unlocked, give it a new master key, and new keys for all texts to come. Your password stays, and so do the recovery key and the passkeys that you have at hand; shares end, and can be made anew. Sealed texts on websites stay readable to you – and to whoever copied the old keys: what was sealed before can’t be taken back.',
    vaultReplace: 'Replace the master key',
    vaultUnlockFirst: 'Unlock the vault to replace it.',
  },
  /** Replacing the master key, in three steps. */
  rotate: {
    cancel: 'Cancel, and change nothing',
    recoveryHeading: 'Your recovery key',
    recoveryType:
      'Type it from your copy, and it goes on opening the vault. Without it at hand, or if someone may have seen it, make a new one: it then takes the place of the old.',
    recoveryKeep: 'Keep this recovery key',
    recoveryNew: 'Make a new one',
    recoveryNewMeans: 'This key will open the vault from then on. Until you finish, the old one works.',
    recoveryKeepOld: 'Keep the old one instead',
    checking: 'Checking',
    passkeysHeading: 'Your passkeys',
    passkeysUse: 'Each that is to go on opening the vault has to be used once now. Any other no longer opens it.',
    passkeysUnsupported:
      'This browser does not let extensions use passkeys, so they can’t be kept from here: they would no longer open the vault. To keep them, replace the master key in a browser that unlocks with them.',
    passkeyKeep: 'Keep this passkey',
    passkeyKept: 'Stays',
    passkeyDrop: 'Don’t keep it',
    continue: 'Continue',
    continueWith: 'Continue with {kept} of {count} kept',
    ends: 'These will no longer open the vault:',
    endsRecovery: 'The recovery key of until now.',
    endsPasskey: 'The passkey “{name}”.',
    endsUnnamedPasskey: 'The passkey without a name.',
    /** `n` is 2 or more. */
    endsShares: {
      one: 'All {n} shares. You can make new ones afterwards.',
      other: 'All {n} shares. You can make new ones afterwards.',
    },
    endsOther: 'A way to unlock that a newer version of Fieldseal made.',
    password: 'Your password',
    emptyPassword: 'Type your password.',
    replace: 'Replace the master key',
    replacing: 'Replacing the master key',
    done: 'The vault has a new master key.',
    doneRecovery: 'The old recovery key opens nothing any more: destroy it.',
    doneBackup: 'Save a new backup file, and delete old ones: they still open with the old keys.',
    doneShares:
      'The shares you handed out open nothing any more. Ask for them to be destroyed, and make new ones for the same people.',
    makeShares: 'Make new shares',
  },
} as const
