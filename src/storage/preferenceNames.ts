// The names of the preferences (preferences.ts), and what each is for.

/** All preferences. test/storage/stored.test.ts checks each against the rule of storedShape.ts. */
export const preferenceNames = [
  // The cue, so that a locked popup can show it. It is secret from pages, not from the disk.
  'cue',
  // The settings of sites, and the always-sealed fields (tabs/siteSettings.ts).
  'sites',
  // Whether this device syncs, and how far it has come (custody/sync/syncState.ts).
  'sync',
  // When this device last made a backup, and until when the reminder is postponed (custody/backups/reminders.ts).
  'backup',
  // The progress of re-encrypting all documents (custody/library/reencryption.ts).
  'rekeying',
  // The key of the tokens that identify earlier content scripts in a page (tabs/ownerToken.ts).
  'owner',
  // Whether the browser may check spelling in our text boxes (tabs/spelling.ts).
  'writing',
] as const
export type PreferenceName = (typeof preferenceNames)[number]

/** All preferences, as stored. */
export type Preferences = { readonly [Name in PreferenceName]?: unknown }
