// What went wrong: what happened, what was kept, what to do next (src/ui/app/errors.ts).

export const errors = {
  /** Where what was being done has no sentence of its own. */
  general: {
    locked: 'The vault is locked. Unlock it and try again.',
    noVault: 'There is no vault on this device yet. Create one first.',
    vaultExists: 'There is already a vault on this device. It was left as it is.',
    wrongSecret: 'That does not open the vault. Nothing was changed. Check it and try again.',
    mistyped: 'There is a typing error in the recovery key. Nothing was changed. Compare it group by group.',
    proofNeeded: 'Fieldseal has to know that it’s you first. Nothing was changed.',
    lastSlot:
      'This is the only way left into the vault, so it stays. Add another way to unlock first; then this one can go.',
    alreadyThere: 'This is there already. Nothing was changed.',
    cancelled: 'This was called off, or took too long. Nothing was changed. Try again when you are ready.',
    unsupported: 'This browser or this device can’t do that. Nothing was changed.',
    weakPassword: 'This password is too short. Nothing was changed. Choose a longer one.',
    notForUs: 'This text was sealed for another vault. It can’t be opened with yours.',
    damaged: 'This was altered or cut off, so it can’t be opened. The original is left as it is.',
    newerVersion: 'This was made by a newer version of Fieldseal. It is left as it is; update Fieldseal to open it.',
    otherSite: 'This text was sealed on another site, so it was not put in here.',
    tooLong: 'This text is longer than Fieldseal can seal. Nothing was lost; make it shorter or split it in two.',
    refused: 'Fieldseal did not allow this. Nothing was changed. Close this window and start again.',
    conflict: 'The vault was changed somewhere else at the same time. Nothing was overwritten. Try again.',
    rollback: 'The vault on this device is older than it was before. It was not used and nothing was overwritten.',
    clock:
      'It is dated in the future, so it was not taken in. Check the date and time on this device and on the one it came from, then try again. Nothing was changed.',
    implausible:
      'It has numbers that no real vault has, so someone altered it. It was not taken in, and nothing was changed.',
    weakened:
      'The vault on this device asks for less protection than before. It was not used and nothing was overwritten.',
    full: 'There is no space left to save this. What was saved before is kept. Free some disk space and try again.',
    memory: 'This device has too little free memory right now. Nothing was changed. Close some tabs and try again.',
    gone: 'What this was for is no longer there. Nothing was changed.',
    unavailable: 'Fieldseal did not answer. Try again; if it stays like this, restart the browser.',
  },
  look: {
    unavailable: 'The vault can’t be read right now. It was left as it is. Restart the browser and try again.',
  },
  unlock: {
    damaged:
      'The vault on this device is damaged, so it can’t be opened. It was left as it is. If you have a backup file, restore it.',
    wrongSecret: 'This password does not open the vault. Check it and try again.',
    memory:
      'This device has too little free memory to try a password. The vault is as it was. Close some tabs and try again, or use your recovery key.',
  },
  lock: {
    unavailable: 'Fieldseal did not answer, so the vault may still be unlocked. Try again, or close the browser.',
  },
  create: {
    unavailable:
      'The vault was not created: Fieldseal did not answer. Your password and key are still here. Try again.',
    full: 'The vault was not created: there is no space left. Free some disk space and try again.',
    memory: 'The vault was not created: too little free memory. Close some tabs and try again.',
  },
  recover: {
    memory:
      'This device has too little free memory to set a password as strong as the one before. Nothing was changed. Close some tabs and try again.',
    wrongSecret:
      'This recovery key has no typing error, but it does not open this vault. It may be an older key that was replaced, or one of another vault. Nothing was changed.',
    unavailable: 'Fieldseal did not answer. Try again; the recovery key goes on working until you replace it.',
  },
  renew: {
    locked: 'The vault is locked, so the recovery key was not replaced. The old one still works. Unlock and try again.',
    full: 'The recovery key was not replaced: there is no space left. The old one still works.',
    unavailable: 'Fieldseal did not answer. Keep both recovery keys, and try again.',
  },
  changePassword: {
    wrongSecret: 'The current password is not right. The password was not changed.',
    memory:
      'This device has too little free memory right now, so the password was not changed. Close some tabs and try again.',
    unavailable:
      'Fieldseal did not answer, so the password may or may not have been changed. Lock the vault, then see which opens it.',
  },
  testRecovery: {
    wrongSecret:
      'This recovery key has no typing error, but it does not open this vault. It may be an older key that was replaced, or one of another vault. If you can’t find the right one, replace the recovery key now.',
    locked: 'The vault is locked, so the recovery key was not tested. Unlock it and try again.',
    full: 'The recovery key is right. Only that it was tested could not be noted: there is no space left.',
    unavailable: 'Fieldseal did not answer. Nothing was changed. Try again.',
  },
  nameVault: {
    unavailable: 'Fieldseal did not answer. Look here again to see which name the vault has.',
  },
  share: {
    locked:
      'The vault is locked, so nothing was changed. Shares you handed out before still work. Unlock and try again.',
    mistyped: 'These shares are not complete, so nothing was changed. Make new ones.',
    full: 'Nothing was changed: there is no space left. Shares you handed out before still work.',
    unavailable: 'Fieldseal did not answer. Keep all shares, and look here again to see which are in force.',
  },
  recoverByShares: {
    wrongSecret: 'These shares do not open this vault together. Nothing was changed.',
    mistyped: 'There is a typing error in one of the shares. Nothing was changed.',
    unavailable: 'Fieldseal did not answer. Try again; the shares go on working.',
  },
  passkeyUnlock: {
    wrongSecret: 'This passkey does not open the vault. It may have been taken off the list. Use the password.',
    cancelled:
      'The vault is still locked: no passkey was used, or not in time. Try again, or use the password instead.',
    unsupported: 'This passkey gave no key to unlock with in this browser. Use the password instead.',
    refused: 'The browser did not let Fieldseal ask for a passkey. Use the password instead.',
  },
  passkeyAdd: {
    locked:
      'The vault was locked meanwhile, so the passkey was not added. Unlock it and try again. The one that was made is of no use: you can delete it where you keep it.',
    cancelled: 'No passkey was added: it was called off, or took too long. Nothing was stored. Try again when ready.',
    unsupported:
      'The place you chose keeps passkeys, but none that can unlock a vault (it lacks what is called PRF). Nothing was stored here; what was made there can be deleted. Try a security key, a phone, or another password manager.',
    alreadyThere: 'A passkey from there is on the list already. To add another, choose another device or key.',
    refused: 'The passkey was not added. Nothing was stored. Load this page again and try once more.',
    unavailable: 'Fieldseal did not answer, so the passkey may or may not have been added. Look at the list.',
    full: 'The passkey was not added: there is no space left. Free some disk space and try again.',
  },
  passkeyKeep: {
    wrongSecret: 'This is not the passkey of this name, or not in the place where it was made. It does not stay.',
    cancelled: 'The passkey was not used, or not in time. Nothing was changed. Try again when you are ready.',
    unsupported: 'The passkey gave no key to unlock with in this browser, so it can’t be kept from here.',
    refused: 'The browser did not let Fieldseal ask for the passkey. Load this page again and try once more.',
    gone: 'This passkey is no longer on the list. Cancel, and begin again.',
  },
  proveByPassword: {
    wrongSecret: 'This is not your password. Check it and try again.',
    memory: 'This device has too little free memory to check a password. Close some tabs and try again.',
  },
  proveByPasskey: {
    wrongSecret: 'This passkey does not open the vault. It may have been taken off the list. Use the password.',
    cancelled: 'No passkey was used, or not in time. Try again, or type your password.',
    unsupported: 'This passkey gave no key to unlock with in this browser. Type your password instead.',
    refused: 'The browser did not let Fieldseal ask for a passkey. Type your password instead.',
  },
  confirmAccess: {
    locked: 'The vault was locked meanwhile. Unlock it, and you are told of this again.',
    full: 'There is no space left to note this. You will be told of it again.',
    unavailable: 'Fieldseal did not answer. You will be told of this again.',
  },
  unlockMethods: {
    locked: 'The vault is locked, so nothing was changed. Unlock it and try again.',
    gone: 'This passkey is no longer on the list.',
    damaged: 'The list can’t be read, because the stored vault was altered. Nothing was changed.',
    unavailable: 'Fieldseal did not answer. Look at the list again to see whether it was changed.',
  },
  clipboard: {
    unavailable: 'The browser did not answer. Look at the switch again to see whether it was changed.',
  },
  site: {
    unavailable: 'Fieldseal did not answer. Look at the switch again to see whether it was changed.',
  },
  openPage: {
    refused: 'Fieldseal can’t look at this page: the browser keeps it to itself.',
    gone: 'This page has changed in the meantime. Open Fieldseal again.',
  },
  compose: {
    gone: 'This page has changed in the meantime. Open Fieldseal again.',
  },
  begin: {
    gone: 'The field this window was for is no longer there. You can still write here, and copy the sealed text.',
    otherSite:
      'This text was sealed on another site, so it is not edited here. To read it, choose “Show the opened text” beside the field. To write something else, empty the field first.',
    refused: 'The field this window was for is no longer known. You can still write here, and copy the sealed text.',
  },
  seal: {
    locked: 'The vault is locked, so nothing was sealed. Your text is still here. Unlock and try again.',
    tooLong: 'This text is too long to be sealed in one piece. It is still here; make it shorter or split it in two.',
    unavailable:
      'Fieldseal did not answer. Your text is still here. Look whether the field was filled before trying again.',
    full: 'The text could not be sealed: there is no space left. It is still here.',
  },
  putBack: {
    locked: 'The vault is locked, so nothing was put in. Unlock it and try again.',
    gone: 'This question has lapsed, so nothing was put in. Your text is still here. Give the command in the field again.',
    unavailable: 'Fieldseal did not answer. Your text is still here. Look at the field before you try again.',
  },
  draft: {
    locked:
      'The vault is locked, so this text is not saved. Unlock to save it, or copy it before you close this window.',
    gone: 'This unfinished text is no longer there. It was sealed or discarded in another window.',
    full: 'There is no space left, so this text is not saved. Copy it before you close this window.',
    unavailable: 'This text is not saved yet: Fieldseal did not answer. It will be tried again.',
    tooLong: 'This text is too long to be saved as a draft. Make it shorter, or copy it before you close this window.',
  },
  newKey: {
    unavailable: 'Fieldseal did not answer, so there may or may not be a new key. Another one does no harm. Try again.',
  },
  newMasterKey: {
    wrongSecret: 'This is not the password. Nothing was changed.',
    conflict:
      'The vault was changed on another device meanwhile, so the master key was not replaced. Cancel, look at the ways to unlock, and begin again.',
    unavailable: 'Fieldseal did not answer. Keep every recovery key you have at hand, and try again with the same one.',
    full: 'The master key was not replaced: there is no space left. Everything is as it was.',
  },
  backup: {
    locked: 'The vault was locked, so no file was saved. Unlock it and try again.',
    unavailable: 'No file was saved: Fieldseal did not answer. Try again.',
  },
  openBackup: {
    wrongSecret: 'That does not open this backup. Check it, or try the one you had when it was made.',
    mistyped: 'There is a typing error in the recovery key. Compare it group by group.',
    memory: 'This device has too little free memory for this password. Close some tabs, or use the recovery key.',
    weakened: 'This backup asks for less protection than Fieldseal accepts, so it was not opened.',
  },
  restore: {
    damaged: 'This is not a backup of Fieldseal, or its beginning is damaged. Nothing was changed.',
    locked: 'The vault is locked, so nothing was restored. Unlock it and try again.',
    full: 'There is no space left to restore this. Nothing was changed. Free some disk space and try again.',
    tooLong: 'Together they are more than a vault can hold. Nothing was changed.',
    gone: 'The file was put aside in the meantime. Nothing was changed. Choose it again.',
    unavailable: 'Fieldseal did not answer. Restoring again does no harm: it adds only what is missing.',
  },
  offerPairing: {
    locked: 'The vault was locked, so nothing is shown. Unlock it and try again.',
    unavailable: 'Nothing is shown: Fieldseal did not answer. Try again.',
  },
  openPairing: {
    wrongSecret:
      'This code does not open what was read. It may be the code of an earlier showing: a new one takes new pictures or a new file with it. Nothing was changed.',
    mistyped: 'There is a typing error in the one-time code. Compare it group by group.',
    damaged: 'What was read is not a whole vault. Nothing was changed. Have it shown once more.',
    newerVersion: 'The other browser has a newer version of Fieldseal. Update it here, then pair the two.',
    weakened: 'This vault asks for less protection than Fieldseal accepts, so it was not taken in.',
    unavailable: 'Fieldseal did not answer. Nothing was changed, and what was read is kept. Try again.',
  },
  acceptPairing: {
    wrongSecret: 'This does not open the vault of the other browser. Nothing was changed. Check it and try again.',
    mistyped: 'There is a typing error in the recovery key. Compare it group by group.',
    memory: 'This device has too little free memory for this password. Close some tabs, or use the recovery key.',
    damaged: 'The vault that was read was altered. Nothing was changed. Have it shown once more.',
    weakened: 'This vault asks for less protection than before, so it was not taken in. Nothing was changed.',
    rollback:
      'This is an older state of the vault than this browser has had. Nothing was changed. Show the newest one.',
    locked: 'The vault is locked, so nothing was taken in. Unlock it and try again.',
    full: 'There is no space left to take this in. Nothing was changed. Free some disk space and try again.',
    tooLong: 'Together they are more than a vault can hold. Nothing was changed.',
    unavailable: 'Fieldseal did not answer. Taking it in again does no harm: it adds only what is missing.',
  },
  practice: {
    locked: 'The vault was locked. Unlock it to go on practising.',
  },
  sync: {
    unavailable: 'Fieldseal did not answer. Look again to see how it stands; the vault here is as it was.',
  },
  acceptSyncedVault: {
    wrongSecret: 'This password does not open what lies in the browser’s sync. Nothing was changed. Try again.',
    locked: 'The vault is locked. Unlock it with the password it has on this device, then try again.',
  },
  join: {
    wrongSecret: 'This does not open that vault. Nothing was joined. Check it and try again.',
    vaultExists: 'There is a vault on this device already. It was left as it is, and none was joined.',
    damaged: 'This is not a whole vault: it was altered, cut off, or is another file. Nothing was joined.',
    newerVersion: 'That vault was made by a newer version of Fieldseal. Update Fieldseal here, then join.',
    weakened:
      'That vault protects its password less than Fieldseal allows. It may have been altered; it was not joined.',
    rollback: 'This is an older state of the vault than this device has had. It was not joined. Look for a newer one.',
    gone: 'The vault has not arrived in the browser’s sync as a whole. Wait a minute and try again, or join with a file.',
    unavailable: 'Fieldseal did not answer. Close this tab, then see whether the vault is here before you try again.',
  },
  autoLock: {
    locked: 'The vault was locked in the meantime, so nothing was changed. Unlock it and choose again.',
    unavailable: 'Fieldseal did not answer. Load this page again to see whether the choice was kept.',
  },
  stayUnlocked: {
    locked: 'It was too late: the vault is locked. Nothing was lost; unlock it to go on.',
    unavailable: 'Fieldseal did not answer, so the vault will lock when the time is up. Nothing will be lost.',
  },
  /** Why a sealed text was not put where it was meant to go. */
  unplaced: {
    gone: 'The field is no longer there. Copy the sealed text and paste it where it should go.',
    altered: 'The site did not take the text as it is, so its field was put back. Copy the sealed text instead.',
    tooLong: 'The sealed text is too long for the field, which was left as it was. Shorten your text, or copy this.',
    noTarget: 'Your text is sealed. Copy it and paste it where it should go.',
  },
  notPutBack: {
    gone: 'The page or its field is gone, so nothing was put in. Your text is still here, and you can copy it.',
    changed: 'The sealed text is no longer in that field, so nothing was put in. Your text is still here.',
    altered: 'The site did not take the text as it is, so its field was put back. Your text is still here.',
    tooLong: 'The text is too long for the field, which was left as it was. Your text is still here.',
  },
  /** Why an opened text is not offered to the page. Of a foreign one, its site or key is named above. */
  notOffered: {
    foreign: 'So it can’t be put into this page. You can read it here, and copy it.',
    over: 'This window asks only once. To put the text back, give the command in the field again.',
  },
  /** Of a recovery key, a share or a one-time code that is being typed. They are written in groups of letters. */
  code: {
    length: '{letters} of {all} letters and digits.',
    group: 'There is a typing error in group {group}.',
  },
  recoveryKey: {
    label: 'Recovery key',
    complete: 'The recovery key is complete and has no typing errors.',
    letter: 'Group {group} has a character that recovery keys never use. They have no 1, B, I or O.',
    somewhere: 'There is a typing error somewhere. Compare it with the paper, group by group.',
  },
  oneTimeCode: {
    label: 'One-time code',
    complete: 'The one-time code is complete and has no typing errors.',
    letter: 'Group {group} has a character that one-time codes never use. They have no 1, B, I or O.',
    somewhere: 'There is a typing error somewhere. Compare it with the other browser, group by group.',
  },
  /** Of one share, beside those that were typed before. */
  typedShare: {
    complete: 'The share is complete and has no typing errors.',
    letter: 'Group {group} has a character that shares never use. They have no 1, B, I or O.',
    somewhere: 'There is a typing error somewhere. Compare it with the paper, group by group.',
    /** `index` is the number of the share. */
    good: 'This is share {index}, without a typing error.',
    twice: 'Share {index} is here already. Type another one.',
    twiceOtherwise:
      'Another share {index} is here already, and one of the two is wrong. Remove that one to try this one.',
    otherSet:
      'This share has no typing error, but it is not one of those that open this vault now. It may be of an older set that was replaced, or of another vault.',
    newer: 'This share was made by a newer version of Fieldseal. Update Fieldseal to use it.',
  },
  /** Of all shares that were typed. */
  typedShares: {
    few: '{count} of {needed} shares.',
    open: 'These are enough shares: they open the vault.',
    /** `shares` is a list of the next. */
    wrong: {
      one: 'But {shares} was altered or forged, although it has no typing error. It is not used.',
      other: 'But {shares} was altered or forged, although it has no typing error. It is not used.',
    },
    share: 'share {index}',
    someForged:
      'More than one of these shares was altered or forged, although none has a typing error. Add another share to find out which.',
    oneForged:
      'One of these shares was altered or forged, although none has a typing error. Add another share to find out which.',
  },
} as const
