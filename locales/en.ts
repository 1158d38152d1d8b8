// Every sentence that a person reads on screen, in English, by feature: the source of all other languages (CONTRIBUTING.md says how to
// add one). `{name}` is a value, `<name>…</name>` words that stand in an element, and `{ one, other }` a sentence with a number, `{n}`.

import { app } from './en/app.ts'
import { backup } from './en/backup.ts'
import { composer } from './en/composer.ts'
import { errors } from './en/errors.ts'
import { extension } from './en/extension.ts'
import { library } from './en/library.ts'
import { libraryEntry } from './en/libraryEntry.ts'
import { libraryErrors } from './en/libraryErrors.ts'
import { libraryFiles } from './en/libraryFiles.ts'
import { menus } from './en/menus.ts'
import { onboarding } from './en/onboarding.ts'
import { options } from './en/options.ts'
import { optionsAccess } from './en/optionsAccess.ts'
import { optionsRecovery } from './en/optionsRecovery.ts'
import { optionsSites } from './en/optionsSites.ts'
import { page } from './en/page.ts'
import { pairing } from './en/pairing.ts'
import { popup } from './en/popup.ts'
import { reader } from './en/reader.ts'
import { recovery } from './en/recovery.ts'
import { secrets } from './en/secrets.ts'
import { sheets } from './en/sheets.ts'
import { sync } from './en/sync.ts'

export const en = {
  app,
  backup,
  composer,
  errors,
  extension,
  library,
  libraryEntry,
  libraryErrors,
  libraryFiles,
  menus,
  onboarding,
  options,
  optionsAccess,
  optionsRecovery,
  optionsSites,
  page,
  pairing,
  popup,
  reader,
  recovery,
  secrets,
  sheets,
  sync,
} as const
