// The names of the preferences (preferences.ts), and what each is for.

/** Every preference there is. test/storage/stored.test.ts holds each to the rule of storedShape.ts. */
export const preferenceNames = [
  // The cue, so that a locked popup can show it too. It is no secret of the disk's, only of pages.
  'cue',
  // What was chosen for sites, and the fields that are always sealed (tabs/siteSettings.ts).
  'sites',
  // Whether and how far this device keeps in step with others (sync/syncState.ts).
  'sync',
  // When a backup was last made on this device, and until when not to remind of it (custody/backups/reminders.ts).
  'backup',
  // How far giving every document a new key has come (library/reencryption.ts).
  'rekeying',
  // The key of the names by which a page's earlier content scripts are known (tabs/ownerToken.ts).
  'owner',
  // What was chosen about the boxes that a person writes in (tabs/spelling.ts).
  'writing',
] as const
export type PreferenceName = (typeof preferenceNames)[number]

/** All of them as they are stored. */
export type Preferences = { readonly [Name in PreferenceName]?: unknown }
