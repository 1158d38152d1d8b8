// What went wrong in the library (src/ui/app/libraryErrors.ts).

export const libraryErrors = {
  goneText: 'This text is no longer in the library. It was deleted in another window, or on another device.',
  lookAtLibrary: {
    unavailable:
      'The library can’t be read right now. Nothing was changed. Try again; if it stays like this, restart the browser.',
  },
  listLibrary: {
    unavailable:
      'The library did not answer. Nothing was changed. Try again; if it stays like this, restart the browser.',
  },
  openEntry: {
    damaged:
      'This text was altered or cut off where it is stored, so it can’t be opened. A backup file may still have it whole. You can leave it as it is, or delete it.',
    unavailable: 'The text was not opened: Fieldseal did not answer. Nothing was changed. Try again.',
  },
  openVersion: {
    gone: 'This earlier version is no longer there.',
    damaged:
      'This earlier version was altered or cut off, so it can’t be opened. The text of now is not touched by that.',
  },
  restoreVersion: {
    conflict: 'The text was changed elsewhere in the meantime, so nothing was restored. Look at it again first.',
    full: 'Nothing was restored: there is no space left. Free some disk space and try again.',
    unavailable: 'Fieldseal did not answer. Look at the text again to see whether it was restored.',
  },
  saveEntry: {
    locked: 'The vault is locked, so your text is not saved yet. Unlock it and save again.',
    conflict:
      'This text was changed elsewhere while you were writing. Nothing was overwritten: yours is in the box, the other one is below. Choose what becomes of yours.',
    gone: 'This text was deleted elsewhere in the meantime. What you wrote is still in the box: copy it into a new note.',
    full: 'Your text is not saved: there is no space left. It is still in the box. Free some disk space and save again.',
    tooLong:
      'Your text is too long to be kept in one piece. It is still in the box; make it shorter or split it in two.',
    unavailable: 'Fieldseal did not answer, so your text may not be saved yet. It is still in the box. Save again.',
  },
  sealEntry: {
    tooLong: 'This text is too long to be sealed in one piece. Make it shorter or split it in two.',
    unavailable: 'Nothing was copied: Fieldseal did not answer. Try again.',
  },
  deleteEntries: {
    locked: 'The vault was locked, so nothing was deleted. Unlock it and try again.',
    unavailable: 'Fieldseal did not answer. Look at the list again to see what was deleted.',
  },
  undoDelete: {
    full: 'They could not be brought back: there is no space left. Free some disk space and try again at once.',
    gone: 'They can’t be brought back any more: others were deleted since.',
    unavailable: 'Fieldseal did not answer. Look at the list again to see whether they are back.',
  },
  dropDrafts: {
    locked: 'The vault was locked, so nothing was discarded.',
    unavailable: 'Fieldseal did not answer, so the unfinished texts may still be there. Look at the list again.',
  },
  composeDraft: {
    gone: 'This unfinished text is no longer there. It was sealed or discarded in another window.',
    unavailable: 'The composer was not opened: Fieldseal did not answer. Try again.',
  },
  findOnPage: {
    unavailable: 'Fieldseal could not look at the page. Nothing was changed. Try again.',
  },
  placeEntry: {
    unavailable: 'Fieldseal could not go to the page. Nothing was changed. Copy the sealed text and paste it there.',
  },
  export: {
    wrongSecret: 'This is not your password. Nothing was exported. Check it and try again.',
    refused: 'This took too long, so nothing was exported. Type your password again.',
    locked: 'The vault was locked, so nothing was exported. Unlock it and try again.',
    cancelled: 'The export was called off. No file was saved.',
    unavailable: 'No file was saved: Fieldseal did not answer. Try again.',
    memory: 'This device has too little free memory right now, so nothing was exported. Close some tabs and try again.',
  },
  import: {
    locked: 'The vault was locked. What was imported before is in the library; unlock it and import the rest.',
    full: 'There is no space left. What was imported before is in the library; free some disk space and import the rest.',
    cancelled: 'The import was called off. What was imported before is in the library.',
    unavailable: 'Fieldseal did not answer. What was imported before is in the library; import the rest again.',
  },
  setLibrary: {
    locked: 'The vault was locked in the meantime, so nothing was changed. Unlock it and choose again.',
    unavailable: 'Fieldseal did not answer. Look here again to see whether the choice was kept.',
  },
  rekey: {
    full: 'There is no space left for new keys. Nothing was lost. Free some disk space and go on.',
    unavailable: 'Fieldseal did not answer. Look here again to see how far it has come.',
  },
} as const
