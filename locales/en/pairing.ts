// Bringing a vault from one browser to another, with moving pictures, a file or a text.

export const pairing = {
  section: {
    heading: 'Another browser',
    what: 'Chrome and Firefox share no sync. Pair them with moving pictures, a file or a text, and a code: no network is needed. It brings your vault to a browser that has none, and merges both where it has one.',
    take: 'Pair with another browser',
    unlock: 'Unlock the vault to pair.',
    /** `button`: what its button says, `pairing.show.title`. */
    howToTake:
      'In the other browser, open Fieldseal’s options and choose “{button}”. Nothing is changed here before you are told what it brings.',
    close: 'Close',
  },
  show: {
    /** Of the button, and of the part that it opens. */
    title: 'Show this vault to another browser',
    /** `button`: what its button says, `pairing.section.take`. */
    howTo:
      'In the other browser, choose “{button}”, in Fieldseal’s options or where a vault is made. Bring over the moving pictures, the file or the text below. Then type this code there, and the password or recovery key of this vault.',
    over: 'The five minutes are over: the code and the pictures are gone from here. A new code comes with new pictures, and the old ones do not go with it.',
    sealing: 'Sealing the vault',
    newCode: 'Show a new code',
    stop: 'Stop showing',
    apart:
      'Don’t send the code along with the file or text. Whoever has both can start guessing at your password, also after the five minutes. From then on the two browsers keep the vault apart: what is changed in one comes to the other only by pairing them again, which merges both.',
    code: 'One-time code',
    save: 'Save as a file',
    copy: 'Copy as text',
    saved: 'Saved. Delete the file when the other browser has it.',
    /** `clock`: minutes and seconds, as on a clock. */
    shownFor: 'Shown for {clock} more',
    fiveMinutes: 'The code is shown for five minutes.',
    oneMinute: 'The code is shown for one more minute.',
  },
  pictures: {
    /** Of one of the moving pictures. */
    name: 'Picture {number} of {count}',
    moving: { one: '{n} pictures are moving.', other: '{n} pictures are moving.' },
    /** `n`: minutes. */
    many: {
      one: 'These are many pictures: one round takes {n} minutes. A file is quicker.',
      other: 'These are many pictures: one round takes {n} minutes. A file is quicker.',
    },
    pause: 'Pause',
    move: 'Let them move',
    previous: 'Previous',
    next: 'Next',
  },
  gather: {
    title: 'Bring it over',
    read: 'Parts that were read',
    nothingYet: 'Nothing has been read yet.',
    /** `n`: of how many parts. */
    some: { one: '{read} of one part.', other: '{read} of {n} parts.' },
    /** `numbers`: those of the parts. */
    missing: 'Missing: {numbers}.',
    missingAndMore: { one: 'Missing: {numbers} and {n} more.', other: 'Missing: {numbers} and {n} more.' },
    first: 'The first part is here.',
    quarter: 'A quarter of the parts are here.',
    half: 'Half of the parts are here.',
    threeQuarters: 'Three quarters of the parts are here.',
    all: 'All parts are here.',
    partsRead: { one: 'One part read.', other: '{n} parts read.' },
    damaged: { one: 'One part was damaged and left out.', other: '{n} parts were damaged and left out.' },
    newer: 'This was made by a newer version of Fieldseal. Update Fieldseal here.',
    nothing: 'There is nothing of a pairing in it.',
  },
  camera: {
    label: 'What the camera sees',
    start: 'Scan with the camera',
    stop: 'Stop the camera',
    asking: 'The browser asks whether Fieldseal may use the camera.',
    on: 'Hold the moving pictures of the other browser in front of the camera.',
    refused:
      'The browser did not let Fieldseal use the camera. Allow it in the browser’s settings for this page, or choose pictures, a saved file or a copied text instead.',
    none: 'There is no camera here. Choose pictures, a saved file or a copied text instead.',
    taken: 'Another program is using the camera. Close it and try again, or choose pictures, a file or a text instead.',
    lost: 'The camera stopped. Start it again, or choose pictures, a saved file or a copied text instead.',
    hidden: 'The camera was switched off because this tab was not in view. What was read is kept.',
    overran:
      'That picture took too long to read and was skipped. Hold the camera still, with nothing but the code in view.',
  },
  files: {
    label: 'Pictures or file of a pairing',
    choose: 'Choose pictures or the saved file',
    reading: 'Reading',
    /** `names`: of files, with commas between them. */
    empty: 'Nothing of a pairing can be read in {names}.',
    emptyAndMore: {
      one: 'Nothing of a pairing can be read in {names} and {n} more.',
      other: 'Nothing of a pairing can be read in {names} and {n} more.',
    },
    /** `n`: how many files are named. */
    overran: {
      one: '{names} took too long to read and was skipped. Cut the picture down to the code and choose it again.',
      other: '{names} took too long to read and were skipped. Cut the picture down to the code and choose it again.',
    },
    overranAndMore: {
      one: '{names} and {n} more took too long to read and were skipped. Cut the picture down to the code and choose it again.',
      other:
        '{names} and {n} more took too long to read and were skipped. Cut the picture down to the code and choose it again.',
    },
  },
  paste: {
    summary: 'Paste a copied text',
    label: 'Copied text',
    first: 'Paste the copied text into this field first.',
    read: 'Read the text',
  },
  code: {
    title: 'Type the one-time code',
    what: 'It stands above the pictures in the other browser, for five minutes. It is good for these very pictures.',
    continue: 'Continue',
    again: 'Start again',
  },
  open: {
    title: 'What opens this vault?',
    password: 'Password of this vault',
    passwordHint: 'The one it has in the other browser.',
    usePassword: 'Use the password',
    useRecoveryKey: 'Use the recovery key',
    accept: 'Take it in',
    open: 'Open it',
    again: 'Start again',
    opening: 'Opening the vault',
  },
  vault: {
    title: 'What this vault brings',
    /** `name`: of the vault. `changed` and `shown`: days with the time. */
    about: '“{name}”, revision {revision}, last changed on {changed}. It was shown on {shown}.',
    foreignSame: 'It is another vault, and all that is in it is here already.',
    sameSame: 'It is your vault, and all that is in it is here already.',
    foreign:
      'It is another vault. Its keys are added to yours, so that what was sealed with them opens here too. Your password stays.',
    same: 'It is your vault. What was changed there is taken over; nothing newer here is overwritten.',
    otherKey:
      'It has another master key than your vault here. If you did not replace the master key in one of the two browsers, cancel: someone else made this.',
    keys: {
      one: 'It adds one key for opening sealed texts.',
      other: 'It adds {n} keys for opening sealed texts.',
    },
    addKeys: 'Add its keys',
    merge: 'Merge',
    cancel: 'Cancel',
    again: 'Start again',
    accepting: 'Taking it in',
  },
  done: {
    title: 'Paired',
    stored:
      'Your vault is in this browser now, and unlocked. The two keep apart from now on: pair them again to bring over what was changed since.',
    merged:
      'What the other browser showed is in the vault here now. The two keep apart from now on: pair them again to bring over what was changed since.',
  },
} as const
