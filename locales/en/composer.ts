// The composer's window: writing, reading, copying a sealed text, and putting an opened one back into its field.

export const composer = {
  placed: {
    sealed: 'Sealed',
    sealedInField: 'The sealed text is in the field. You can close this window.',
    putBack: 'Put back',
    openedInField: 'The opened text is in the field. You can close this window.',
  },
  locked: {
    heading: 'Locked',
    nothing: 'The vault is locked. Unlock it to go on here.',
    all: 'The vault is locked. Your text was kept, sealed; unlock the vault and it comes back here.',
    most: 'The vault is locked. Your text was kept, sealed, but perhaps not its last few letters. Unlock the vault and it comes back here.',
    toolbar: 'You can also unlock it in the toolbar. This window goes on by itself.',
  },
  /** Where a text goes. `field` is the label of a field in a page. */
  target: {
    none: 'Not for a field: you can copy the sealed text.',
    goesTo: 'Goes to {host}',
    goesToField: 'Goes to {host} · field “{field}”',
    wasFor: 'Was for {host}',
    wasForField: 'Was for {host} · field “{field}”',
    /** Of the field: the longest sealed text that fits into it. */
    limit: { one: 'takes {n} character, sealed', other: 'takes {n} characters, sealed' },
  },
  write: {
    heading: 'Write a sealed text',
    newestKey: 'Sealing it again uses your own newest key.',
    old: 'This text was sealed on {date}. Sealing it again gives it a new key.',
    text: 'Text to seal',
    seal: 'Seal',
    sealing: 'Sealing',
    kept: 'Draft kept',
    keptForNow: 'Draft kept for now',
    /** The key on a keyboard that is no Mac’s. */
    control: 'Ctrl',
    /** `modifier` is that key, or ⌘. */
    keys: '{modifier} <key>Enter</key> seals. <key>Esc</key> closes; an unfinished text is kept.',
    keysInPrivate:
      '{modifier} <key>Enter</key> seals. <key>Esc</key> closes; an unfinished text is kept until your private windows are closed, and is not written to disk.',
  },
  unfinished: {
    heading: 'Unfinished texts',
    noneLeft: 'None left.',
    untitled: 'Untitled',
    where: '{host} · {time}',
    discarded: 'Discarded',
    undo: 'Undo',
    restore: 'Restore',
    discard: 'Discard',
  },
  sealed: {
    heading: 'Copy the sealed text',
    text: 'Sealed text',
    copy: 'Copy sealed text',
    back: 'Back to the text',
  },
  putBack: {
    title: 'Put the opened text back',
    asks: 'Put the opened text back?',
    not: 'Not put back',
    warning: 'This site will be able to read it.',
    confirm: 'Put it into the page',
    running: 'Putting it back',
  },
  read: {
    openedText: 'Opened text',
    openedTexts: 'Opened texts',
    nothing: 'There is nothing to read here.',
    /** `time` is a day and a time. */
    sealed: 'Sealed {time}',
    sealedOn: 'Sealed on {host} · {time}',
    noSite: 'This was not sealed on any site. You found it on {host}.',
    differentSite: 'This was sealed on a different site. You found it on {host}.',
    otherSite: 'This was sealed on a different site: {sealedOn}. You found it on {host}.',
  },
  /** Why a text is not shown. */
  closed: {
    elsewhere: 'This was sealed on a different site, so it is not shown here.',
    otherKey: 'This was sealed with another key, so it is not shown here.',
    cutOff: 'A part of this sealed text is missing, so it can’t be opened. Go back to the page and look for all of it.',
    notForUs: 'This was sealed with a key you don’t have, or it was changed since. It can’t be opened with your vault.',
  },
} as const
