// The options’ sections on the recovery key and on shares.

export const optionsRecovery = {
  key: {
    heading: 'Recovery key',
    used: 'Your recovery key was used. It still works; replace it now, in case someone saw it.',
    what: 'The recovery key opens the vault when the password is forgotten. A new one takes the place of the old one.',
    untested: 'It was never tested.',
    /** `day` is written as 2026-11-23. */
    tested: 'Last tested on {day}.',
    test: 'Test recovery key',
    replace: 'Replace recovery key',
    unlockFirst: 'Unlock the vault to test or to replace it.',
    testType:
      'Fetch your copy and type the key from it, as you would on the day you need it. Nothing is changed by this.',
    testThis: 'Test this key',
    cancel: 'Cancel',
    right: 'Your copy is right: this key opens your vault. Put it back where it was.',
    replaced: 'Replaced. The old recovery key no longer opens anything: destroy it.',
  },
  shares: {
    heading: 'Shares for people you trust',
    what: 'Give several people a share each. Enough of them together can open your vault when you have lost both password and recovery key; fewer learn nothing from theirs.',
    used: 'Shares were used to set a new password, and they still work. If someone may have seen or copied them, make new shares now.',
    cutOff:
      'The vault was locked before the new shares were put in force. If you have printed or saved any of them, destroy them: they open nothing. Shares made before go on working.',
    /** `threshold` of the `n` shares are needed together; `n` is 2 or more. `day` is written as 2026-11-23. */
    ended: {
      one: 'The vault got a new master key on {day}. The shares of before, any {threshold} of {n}, no longer open it: ask for them to be destroyed, and give the same people new ones.',
      other:
        'The vault got a new master key on {day}. The shares of before, any {threshold} of {n}, no longer open it: ask for them to be destroyed, and give the same people new ones.',
    },
    endedMake: 'Make new shares for them',
    endedNone: 'No shares any more',
    noneInForce: 'No shares are in force.',
    inForce: 'The shares are in force. Only together do they open your vault.',
    made: 'Made on {day}.',
    unnamed: 'no name given',
    make: 'Make shares',
    makeNew: 'Make new shares',
    remove: 'Remove shares',
    unlockFirst: 'Unlock the vault to change this.',
    removeMeans: 'The shares then open nothing any more. This can’t be undone; you can make new ones.',
    removeConfirm: 'Take the shares back',
    removed: 'The shares are taken back: they no longer open anything. Ask for them to be destroyed.',
    keep: 'Keep them',
  },
  /** How many shares, and for whom. */
  choose: {
    people: 'People who get a share',
    needed: 'Shares needed together',
    /** `n` people or fewer: one less than are needed. */
    fewer: { one: 'One alone learns nothing.', other: 'Fewer than {needed} learn nothing.' },
    noneToLose: 'No share may be lost: then the others are of no use.',
    canLose: {
      one: 'One share may be lost and the others still work.',
      other: '{n} shares may be lost and the others still work.',
    },
    whom: 'Choose people who would not do it without you.',
    names: 'Who gets them',
    namesHint:
      'Names are for you, and stand on the sheets. They are kept sealed in your vault; you can leave them empty.',
    name: 'Name for share {number}',
    replaces:
      'New shares take the place of those made before, which then open nothing. Until you confirm the new ones the old ones go on working.',
    /** `n` is 2 or more. */
    make: { one: 'Make {n} shares', other: 'Make {n} shares' },
    cancel: 'Cancel',
  },
  handOut: {
    heading: 'Hand out the shares',
    what: 'Each person gets one, best on paper. Keep none together with another, and none on this device. They are shown only now.',
    printAll: 'Print all, each on its own page',
    share: 'Share {number} of {count}',
    shareFor: 'Share {number} of {count}, for {name}',
    print: 'Print',
    printShare: 'Print share {number}',
    save: 'Save as file',
    saveShare: 'Save as file, share {number}',
    copy: 'Copy',
    copyShare: 'Copy share {number}',
    confirm: 'Every share is handed out, or printed or saved to be handed out',
    unconfirmed: 'Tick this once every share is out of this tab. They can’t be shown again.',
    keep: 'Put these shares in force',
    replace: 'Put these shares in the place of the old',
    keeping: 'Putting the shares in force',
    discard: 'Throw them away',
  },
} as const
