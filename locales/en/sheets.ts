// What is printed on paper, or saved as a file: a recovery key or a share, and what to do with it.

export const sheets = {
  /** The name of the vault. */
  vault: 'Vault: {name}',
  /** `day` is written as 2026-11-23. */
  made: 'Made on {day}',
  recovery: {
    title: 'Fieldseal recovery sheet',
    keep: 'Keep this sheet where only you find it, and not on the device it is for.',
    use: 'If you forget your password: open the Fieldseal popup, choose “Forgot your password?”, and type this key. The square holds the same key, for a device of yours that can scan it.',
    profile: 'It opens the vault together with the browser profile that holds it. Fieldseal keeps no copy of either.',
    destroy: 'When you replace the recovery key, destroy this sheet: it no longer opens anything.',
  },
  share: {
    /** `number` is that of the share, from 1 to `count`. */
    title: 'Fieldseal share {number} of {count}',
    /** Who keeps the share. */
    holder: 'For {name}',
    alone: 'This one alone says nothing about it.',
    keep: 'Keep it where only you find it. Please make no copy and put it into no message.',
    verify: 'Should the owner ask for it, make sure that it is really them: hear their voice, or meet them.',
    use: 'The owner opens the Fieldseal popup on their own device, chooses “Forgot your password?”, then “Use shares instead”, and types it there. The square holds the same letters.',
    destroy: 'When the owner makes new shares, destroy this one: it no longer opens anything.',
  },
} as const
