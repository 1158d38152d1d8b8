// The tab in which a vault is made, joined, paired, restored or recovered.

export const onboarding = {
  steps: {
    label: 'Steps',
    password: 'Password',
    recoveryKey: 'Recovery key',
    cue: 'Your cue',
    practice: 'Try it',
  },
  create: {
    title: 'Create your vault',
    what: 'The vault holds the keys to everything you seal. It stays on this device and opens with one password, which Fieldseal never stores.',
    password: 'Password',
    repeatPassword: 'Repeat password',
    noReset:
      'Nobody can reset this password, not even we. In the next step you get a recovery key for the day you forget it.',
    create: 'Create vault',
    restoreBackup: 'Restore from a backup file',
  },
  elsewhere: {
    found:
      'A vault of yours was found in the browser’s sync. <join>Join your vault</join> instead of making a new one.',
    hint: 'You have a vault on another device? <join>Join your vault</join>, or <pair>pair with another browser</pair>.',
  },
  recoveryKey: {
    heading: 'Write down your recovery key',
    onlyOtherWay:
      'It is the only other way into your vault. Nobody can reset a password for you: with both the password and this key lost, what you sealed stays sealed for ever.',
    saveBackup:
      'Your vault is kept in this browser. If you ever remove Fieldseal from it, the vault is deleted too: save a backup file first, in the options.',
    creating: 'Creating your vault',
  },
  cue: {
    heading: 'This is your cue',
    remember: 'Your vault is made. Remember these two words and the colour:',
    /** Stands after the two words of the cue. */
    inColour: {
      red: 'in red',
      orange: 'in orange',
      yellow: 'in yellow',
      green: 'in green',
      teal: 'in teal',
      blue: 'in blue',
      purple: 'in purple',
      pink: 'in pink',
    },
    what: 'They are chosen at random and stand in every real Fieldseal window, wherever it takes or shows your text. A web page can paint something that looks like Fieldseal, but it can’t know your cue.',
    missing:
      '<strong>If the cue is missing or different, it is not Fieldseal:</strong> don’t type anything there. And Fieldseal never asks for your password inside a web page.',
    continue: 'Continue',
  },
  practice: {
    heading: 'Try it here',
    what: 'Think of this as a field on a website. Write something and seal it, as you would before sending it.',
    field: 'Practice field',
    /** An example of what somebody may write. */
    suggestion: 'Meet me at the old bridge at nine.',
    seal: 'Seal',
    again: 'Try again',
    websiteHas: 'What the website has',
    youSee: 'What you see',
    onWebsite: 'On a website',
    switchOn:
      'Click Fieldseal in the toolbar and switch it on for the site. A small button then stands at the edge of every field you write in. These keys do the same:',
    done: 'Done',
  },
  join: {
    title: 'Join your vault',
    looking: 'Looking in the browser’s sync…',
    found: {
      vault: 'A vault was found in the browser’s sync. If it is yours, its password opens it here.',
      nothing: 'There is no vault in the browser’s sync. You can join with a file from your other device.',
      arriving: 'A vault is arriving in the browser’s sync, but not all of it is here yet. Try again in a minute.',
      unreadable: 'What lies in the browser’s sync can’t be read. It was left as it is. You can join with a file.',
    },
    password: 'Password of the vault',
    fromFile: 'Take it from a file',
    file: 'File with a vault',
    fileHint:
      'A vault record, sealed. For a backup file, <restore>restore it</restore> instead: that brings the library and unfinished texts too.',
    fileChosen: 'The vault in this file is joined, not the one in the browser’s sync.',
    join: 'Join',
    usePassword: 'Use the password',
    useRecoveryKey: 'Use the recovery key',
    joining: 'Joining',
    olderState:
      'Whoever can write to your browser account could have put an older state of your vault there. When you have joined, see that what you did last on your other device is in it. A vault that is not yours does not open with your password.',
    createNew: 'Create a new vault instead',
    pair: 'Pair with another browser',
  },
  joined: {
    heading: 'Your vault is on this device',
    cue: 'It is unlocked. This is its cue; it is the one you know from your other device:',
    fromFile: 'Changes made on one device reach the other only by the browser’s sync or by another file.',
    bySync: 'This device is kept in step through the browser’s sync from now on. The options switch that off.',
    byRecoveryKey: 'You joined by the recovery key. If you don’t know the password, <recover>set a new one</recover>.',
    openOptions: 'Open the options',
  },
  pair: {
    title: 'Pair with another browser',
    /** `button`: what its button says, `pairing.show.title`. */
    howTo:
      'In the browser that has your vault, open Fieldseal’s options. Under “Other devices”, choose “{button}”. Then bring over what it shows, in whatever way suits you.',
    cue: 'This is its cue; it is the one you know from the other browser:',
    byRecoveryKey:
      'It was opened by the recovery key. If you don’t know the password, <recover>set a new one</recover>.',
    openOptions: 'Open the options',
    createNew: 'Create a new vault instead',
    join: 'Join one from the browser’s sync or a file',
  },
  restore: {
    title: 'Restore from a backup',
    what: 'Choose the file that you saved. It is opened by the password or the recovery key that the vault had when the file was made.',
    unreadable:
      'The vault on this device can’t be read. The backup takes its place; what was sealed after the backup was made may not open any more. The unreadable vault is kept aside in this browser profile.',
    choose: 'Choose a backup file',
    done: 'Done',
    createNew: 'Create a new vault instead',
  },
  recover: {
    title: 'Recover your vault',
    what: 'With your recovery key you can set a new password. Everything in the vault stays as it is.',
    newPassword: 'New password',
    repeatNewPassword: 'Repeat new password',
    set: 'Set new password',
    setting: 'Setting the new password',
    useShares: 'No recovery key, but people who keep shares for you? <shares>Use shares instead</shares>',
  },
  renew: {
    title: 'New recovery key',
    heading: 'Make a new recovery key',
    headingAfterRecovery: 'Now a new recovery key',
    passwordSet: 'Your new password is set, and the vault is unlocked.',
    what: 'This one takes the place of the old key, which works until you have confirmed the new one.',
    whatAfterRecovery:
      'The key you just used may have been seen. This one takes the place of the old key, which works until you have confirmed the new one.',
    locked: 'The vault is locked. Unlock it to make a new recovery key; the old one still works.',
    replaced: 'The recovery key is replaced',
    destroyOld: 'The old recovery key no longer opens anything: destroy it.',
    destroyOldAfterRecovery:
      'Your new password and your new recovery key both open the vault. The old recovery key no longer opens anything: destroy it.',
    done: 'Done',
  },
  shares: {
    title: 'Recover your vault with shares',
    needed: {
      one: '{n} of the {count} shares are needed. Type them in one after the other. Fewer open nothing.',
      other: '{n} of the {count} shares are needed. Type them in one after the other. Fewer open nothing.',
    },
    useRecoveryKeyInstead: 'Use the recovery key instead',
    setPassword: 'Set a new password',
    newPassword: 'New password',
    repeatNewPassword: 'Repeat new password',
    set: 'Set new password',
    setting: 'Setting the new password',
    noShares: 'This vault has no shares',
    noneInForce:
      'No shares are in force for the vault on this device. Shares that you have may be of another vault, or were taken back.',
    useRecoveryKey: 'Use the recovery key',
    passwordSet: 'Your new password is set',
    unlocked: 'The vault is unlocked, and everything in it is as it was.',
    stillWork:
      'The shares you used still work. If anyone may have seen or copied them, make new shares: the old ones then open nothing. If your recovery key is lost too, make a new one.',
    makeShares: 'Make new shares',
    makeRecoveryKey: 'Make a new recovery key',
  },
  haveVault: {
    heading: 'You already have a vault',
    what: 'There is a vault on this device. It was left as it is; a second one is never made over it.',
    howToOpen: 'To open it, click Fieldseal in the browser’s toolbar and type your password.',
    openOptions: 'Open the options',
    forgot: 'Forgot your password?',
  },
  vaultGone: 'Your vault is gone',
  noVault: {
    heading: 'There is no vault here',
    what: 'A recovery key opens the vault it was made for. There is none on this device, or in this browser profile. If you have made one elsewhere, use your recovery key there.',
    create: 'Create a vault',
    restore: 'Restore from a backup file',
    join: 'Join one from another device',
    pair: 'Pair with another browser',
  },
} as const
