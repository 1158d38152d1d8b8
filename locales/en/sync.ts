// The options’ section on the vault’s copies in the browser’s sync and on other devices.

export const sync = {
  heading: 'Other devices',
  on: 'Keep in step through the browser’s sync',
  onHint:
    'Your vault, sealed, goes to the browsers where you are signed in with the same account. Each device chooses for itself.',
  looking: 'Looking',
  look: 'Look now',
  looked: 'Looked at {time}.',
  /** `why` is one of the sentences of `refused`, and `time` when it came to that. */
  refusedAt: '{time}: {why}',
  accept: {
    password: 'Password on the other device',
    take: 'Take it in',
    taking: 'Trying the password',
  },
  replace: {
    ask: 'Put this device’s vault in its place…',
    means:
      'What lies in the browser’s sync is replaced by the vault of this device. Devices that have it keep their own copy. If no device has it, it is lost.',
    replace: 'Replace it',
    leave: 'Leave it',
  },
  means: {
    summary: 'What it means',
    sealed:
      'The vault is carried as it lies on this device: sealed. Whoever runs the browser’s sync, such as Google or Mozilla, can’t read it, and can’t change it unnoticed.',
    learn: 'They learn that you use Fieldseal, how large your vault is, and when it changes.',
    guess:
      'Whoever gets at your browser account can take the sealed vault away and guess at its password for as long as they like. Choose a strong one.',
    older:
      'They can hold changes back or put an older state in place of a newer one. A device notices that by what it has seen itself; one that is new can’t.',
    vaultOnly:
      'Only the vault is carried: its keys and settings, not the library, your unfinished texts or your list of sites. In the browser’s own settings, sync has to be on for extensions. Chrome and Firefox don’t sync with each other: they are paired, below.',
    off: 'Switching it off here leaves what lies there, and the other devices, as they are.',
    clear: 'Remove the vault from the browser’s sync',
    cleared: 'Removed. A device where this is on puts its own there again.',
  },
  status: {
    none: 'Not looked yet. Unlock the vault, and it is sent.',
    inStep: 'In step with the browser’s sync since {time}.',
    tooLarge:
      'This vault is too large for the browser’s sync, which holds about 100 kB. It is whole on this device. Take a backup file to your other devices instead.',
    pending:
      'The vault was given a new key on another device. Type the password it has there to take that in. If you did not do this, someone altered what lies in the browser’s sync: leave it.',
    waitingLocked: 'Something new from another device is here. Unlock the vault to take it in.',
    waitingArriving: 'A change from another device is still arriving. It is looked at again by itself.',
    waitingBrowser: 'The browser’s sync does not take it right now. It is tried again by itself; nothing is lost.',
  },
  refused: {
    damaged:
      'What lay in the browser’s sync was altered or damaged, so it was not taken in. The vault on this device is as it was.',
    rollback:
      'An older state of your vault lay in the browser’s sync in the place of a newer one. Nothing here was overwritten.',
    otherVault:
      'Another vault lies in the browser’s sync. It was left there, and this device’s vault is not sent while it is.',
    oldKey:
      'A device that does not have the vault’s new key yet has sent its state, which was not taken in. Type the new password in the options of that device; what was changed there comes along then.',
    newerVersion: 'What lies in the browser’s sync was made by a newer version. It is left as it is; update Fieldseal.',
    weakened:
      'What lies in the browser’s sync asks for less protection of the password than before, so it was not taken in. If you did not change the password on a slower device, someone altered it.',
    slots:
      'Each device has removed the ways to unlock that the other one has, so nothing would open the vault any more. Both were left as they are. Change the password on one of them.',
    clock:
      'Another device’s changes are dated in the future, so they were not taken in. Check the date and time on this device and on the other. Fieldseal tries again by itself, and nothing is lost.',
    implausible:
      'What lies in the browser’s sync has numbers that no real vault has, so someone altered it. It was not taken in, and the vault on this device is as it was.',
    tooLong: 'The vaults of both devices together are more than one vault can hold. Both were left as they are.',
  },
} as const
