// The toolbar's popup, and the unlock window.

export const popup = {
  noVault: {
    heading: 'Write so that only you can read it',
    what: 'Fieldseal encrypts what you write before a website has it, and shows it to you again in place. Everything stays on this device.',
    found: 'A vault of yours was found in the browser’s sync.',
    join: 'Join your vault',
    createNew: 'Create a new one',
    create: 'Create your vault',
    joinOther: 'You have one on another device?',
  },
  passkey: { unlock: 'Unlock with a passkey', waiting: 'Waiting for your passkey' },
  unlocked: { heading: 'Unlocked', closeWindow: 'You can close this window.' },
  unlock: {
    heading: 'Unlock your vault',
    password: 'Password',
    useRecoveryKey: 'Use your recovery key',
    restoreBackup: 'Restore from a backup file',
    unlocking: 'Unlocking',
    unlock: 'Unlock',
    forgot: 'Forgot your password?',
  },
  page: {
    heading: 'This page',
    compose: 'Write a sealed text',
    openTexts: 'Open texts on this page',
    print: 'Print with opened texts',
    seeUnlockMethods: 'See the ways to unlock',
    shortcuts: 'Keyboard shortcuts',
    lock: 'Lock',
    library: 'Library',
    options: 'Options',
  },
  opened: {
    none: 'This page holds no sealed texts.',
    inPlace: { one: 'One sealed text, opened on the page.', other: '{n} sealed texts, opened on the page.' },
    inWindow: {
      one: 'One sealed text, opened in a window of ours, because this page can’t show it.',
      other: '{n} sealed texts, opened in a window of ours, because this page can’t show them.',
    },
    someInWindow: {
      one: '{texts} sealed texts, opened; 1 of them in a window of ours, because this page can’t show it.',
      other: '{texts} sealed texts, opened; {n} of them in a window of ours, because this page can’t show them.',
    },
  },
  renewRecovery: {
    used: 'Your recovery key was used. It still works; replace it now, in case someone saw it.',
    make: 'Make a new recovery key',
  },
  backup: {
    due: 'It is time for a backup. If this device is lost, so is everything you sealed.',
    make: 'Make a backup',
    later: 'In a month',
  },
  countdown: {
    /** `clock`: minutes and seconds, as on a clock. */
    locksIn: 'Locks in {clock} because nothing was done',
    stay: 'Stay unlocked',
    stays: 'The vault stays unlocked.',
    underTwoMinutes: 'The vault locks in less than two minutes because nothing was done.',
    underOneMinute: 'The vault locks in less than a minute.',
    fewSeconds: 'The vault locks in a few seconds.',
  },
  site: {
    browserPage: 'Fieldseal can’t be used on this page: the browser keeps it to itself. You can still write.',
    notAllowed: 'Not allowed, so nothing was changed.',
    use: 'Use on this site',
    openByItself: 'Open texts automatically',
    showButton: 'Show the button',
    noTexts: 'No sealed texts on this page.',
    texts: { one: 'One sealed text on this page.', other: '{n} sealed texts on this page.' },
    /** `texts` is one of the two above. */
    onEverywhere: 'On, as on all sites. {texts}',
    excepted:
      'Off here, though on all other sites. The browser would still let Fieldseal in; Fieldseal itself stays out.',
    offAllowed: 'Off here. The browser would still let Fieldseal in; Fieldseal itself stays out.',
    off: 'Off: Fieldseal does not look at this site until you ask it to.',
    privateAllowed: 'A private window: what you change here holds until your private windows are closed.',
    privateAsks: 'A private window: if you switch this site on, the browser keeps the permission after it is closed.',
  },
} as const
