// Recovery keys and shares, wherever they are shown or typed.

export const recovery = {
  /** Until the person gives it another name. */
  defaultVaultName: 'My vault',
  newKey: {
    label: 'Recovery key',
    copy: 'Copy',
    save: 'Save as file',
    print: 'Print',
    keep: 'Keep it on paper, or somewhere else that is not this device. Whoever has it and this device can open your vault.',
    check: 'Check your copy',
    type: 'Type these two groups from your copy. The key is covered while you type.',
    /** The label of a field. A recovery key is written in groups of letters, which are counted from 1. */
    group: 'Group {group}',
    emptyGroup: 'Type group {group} from your copy.',
    wrongGroup: 'This is not group {group}. Compare it with your copy, or show the key again.',
    confirm: 'Confirm',
    show: 'Show the key again',
    replacing: 'Replacing the recovery key',
  },
  reminder: {
    untested: 'You have never tested your recovery key. Find out now whether your copy is right.',
    test: 'Test my recovery key',
    later: 'Not now',
  },
  /** Of what a person types from paper. */
  spelling: 'Capitals, spaces and dashes don’t matter.',
  shares: {
    /** `index` is the number of the share within its set. */
    share: 'Share {index}',
    wrongShare: 'Share {index} <wrong>is wrong: altered or forged</wrong>',
    remove: 'Remove',
    removeShare: 'Remove share {index}',
    first: 'First share',
    next: 'Next share',
    add: 'Add this share',
    /** How many shares are needed together: `n` is how many there are, 2 or more. */
    threshold: {
      one: 'Any {threshold} of the {n} shares together open everything in the vault.',
      other: 'Any {threshold} of the {n} shares together open everything in the vault.',
    },
    /** The same where all are needed. */
    thresholdAll: {
      one: 'All {n} shares together open everything in the vault.',
      other: 'All {n} shares together open everything in the vault.',
    },
  },
} as const
