// Passwords, passkeys, and who can open the vault.

export const secrets = {
  newPassword: {
    notTheSame: 'The two passwords are not the same. Type it once more.',
    sixWords: 'Six words, drawn at random on this device:',
    use: 'Use this passphrase',
    suggest: 'Suggest a passphrase',
    suggestAnother: 'Suggest another',
    filledIn: 'Filled in and shown above. Write it down now.',
  },
  /** Of a password. */
  strength: {
    label: 'Strength',
    empty: 'Empty',
    hint: 'At least {least} characters. Several words are easiest to remember.',
    /** `name` is one of those below; a sentence of `holds` follows. */
    named: '{name}.',
    tooWeak: 'Too weak',
    weak: 'Weak',
    fair: 'Fair',
    good: 'Good',
    strong: 'Strong',
  },
  /** How long a password would hold. */
  holds: {
    withinMinute: 'Someone who stole your vault would guess it within a minute.',
    minutes: {
      one: 'Someone who stole your vault would guess it in about {n} minute.',
      other: 'Someone who stole your vault would guess it in about {n} minutes.',
    },
    hours: {
      one: 'Someone who stole your vault would guess it in about {n} hour.',
      other: 'Someone who stole your vault would guess it in about {n} hours.',
    },
    days: {
      one: 'Someone who stole your vault would guess it in about {n} day.',
      other: 'Someone who stole your vault would guess it in about {n} days.',
    },
    months: {
      one: 'Someone who stole your vault would guess it in about {n} month.',
      other: 'Someone who stole your vault would guess it in about {n} months.',
    },
    years: {
      one: 'Someone who stole your vault would guess it in about {n} year.',
      other: 'Someone who stole your vault would guess it in about {n} years.',
    },
    thousandsOfYears: 'Someone who stole your vault would guess it only after thousands of years.',
    millionsOfYears: 'Someone who stole your vault would guess it only after millions of years.',
  },
  refusal: {
    none: 'Choose a password.',
    short: {
      one: 'This password has {n} character. Use at least {least}.',
      other: 'This password has {n} characters. Use at least {least}.',
    },
    easy: 'This password is too easy to guess. Make it longer, or use words that don’t belong together.',
  },
  weakPassword: {
    fileRemedy: '<link>Choose a stronger one</link> first.',
    syncRemedy: '<link>Choose a stronger one</link> before the vault leaves this device.',
    file: 'Your password is not strong. Whoever finds the file could guess it, given enough time.',
    sync: 'Your password is not strong. Whoever gets into your browser account, or has a pairing and its code, could guess it, given enough time.',
  },
  /** The browser and password managers list the passkey under this name. */
  passkeyName: 'Fieldseal vault',
  proof: {
    heading: 'Confirm it’s you',
    why: 'This could give someone lasting access to what you sealed, so Fieldseal checks that it’s you. It won’t ask again for five minutes.',
    password: 'Your password',
    missing: 'Type your password.',
    waiting: 'Waiting for your passkey',
    checking: 'Checking',
    continue: 'Continue',
    usePasskey: 'Use a passkey',
  },
  /** What can open the vault since, or where it has gone. */
  access: {
    password: 'The password was changed.',
    recovery: 'A new recovery key was made.',
    passkey: 'A passkey was added.',
    /** `passkey` is its name. */
    namedPasskey: 'The passkey “{passkey}” was added.',
    shares: 'Shares for other people were made.',
    another: 'Another way to unlock was added.',
    paired: 'This vault was shown to another browser.',
    joined: 'This vault was brought to another device.',
    synced: 'Browser sync was turned on: it carries this vault, sealed.',
    /** The same with a date, as “Nov 23, 2026”. */
    dated: {
      password: 'The password was changed on {date}.',
      recovery: 'A new recovery key was made on {date}.',
      passkey: 'A passkey was added on {date}.',
      namedPasskey: 'The passkey “{passkey}” was added on {date}.',
      shares: 'Shares for other people were made on {date}.',
      another: 'Another way to unlock was added on {date}.',
      paired: 'This vault was shown to another browser on {date}.',
      joined: 'This vault was brought to another device on {date}.',
      synced: 'Browser sync was turned on on {date}: it carries this vault, sealed.',
    },
    /** Of those that are not listed. */
    more: { one: 'And {n} more.', other: 'And {n} more.' },
    notYou: 'If this wasn’t you, remove what you don’t know and change your password.',
    confirm: 'That was me',
  },
} as const
