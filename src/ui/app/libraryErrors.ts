// The keys of what a person reads when something in the library did not work; see errors.ts.

import type { FailureCode } from '../../failure.ts'
import type { PlainKey } from '../../words.ts'

export type LibraryErrorContext =
  | 'look-at-library'
  | 'list-library'
  | 'open-entry'
  | 'open-version'
  | 'restore-version'
  | 'save-entry'
  | 'seal-entry'
  | 'delete-entries'
  | 'undo-delete'
  | 'drop-drafts'
  | 'compose-draft'
  | 'find-on-page'
  | 'place-entry'
  | 'export'
  | 'import'
  | 'set-library'
  | 'rekey'

export const libraryErrors: Readonly<Record<LibraryErrorContext, Partial<Readonly<Record<FailureCode, PlainKey>>>>> = {
  'look-at-library': {
    unavailable: 'libraryErrors.lookAtLibrary.unavailable',
  },
  'list-library': {
    unavailable: 'libraryErrors.listLibrary.unavailable',
  },
  'open-entry': {
    gone: 'libraryErrors.goneText',
    damaged: 'libraryErrors.openEntry.damaged',
    unavailable: 'libraryErrors.openEntry.unavailable',
  },
  'open-version': {
    gone: 'libraryErrors.openVersion.gone',
    damaged: 'libraryErrors.openVersion.damaged',
  },
  'restore-version': {
    conflict: 'libraryErrors.restoreVersion.conflict',
    gone: 'libraryErrors.goneText',
    full: 'libraryErrors.restoreVersion.full',
    unavailable: 'libraryErrors.restoreVersion.unavailable',
  },
  'save-entry': {
    locked: 'libraryErrors.saveEntry.locked',
    conflict: 'libraryErrors.saveEntry.conflict',
    gone: 'libraryErrors.saveEntry.gone',
    full: 'libraryErrors.saveEntry.full',
    'too-long': 'libraryErrors.saveEntry.tooLong',
    unavailable: 'libraryErrors.saveEntry.unavailable',
  },
  'seal-entry': {
    gone: 'libraryErrors.goneText',
    'too-long': 'libraryErrors.sealEntry.tooLong',
    unavailable: 'libraryErrors.sealEntry.unavailable',
  },
  'delete-entries': {
    locked: 'libraryErrors.deleteEntries.locked',
    unavailable: 'libraryErrors.deleteEntries.unavailable',
  },
  'undo-delete': {
    full: 'libraryErrors.undoDelete.full',
    gone: 'libraryErrors.undoDelete.gone',
    unavailable: 'libraryErrors.undoDelete.unavailable',
  },
  'drop-drafts': {
    locked: 'libraryErrors.dropDrafts.locked',
    unavailable: 'libraryErrors.dropDrafts.unavailable',
  },
  'compose-draft': {
    gone: 'libraryErrors.composeDraft.gone',
    unavailable: 'libraryErrors.composeDraft.unavailable',
  },
  'find-on-page': {
    gone: 'libraryErrors.goneText',
    unavailable: 'libraryErrors.findOnPage.unavailable',
  },
  'place-entry': {
    gone: 'libraryErrors.goneText',
    unavailable: 'libraryErrors.placeEntry.unavailable',
  },
  export: {
    'wrong-secret': 'libraryErrors.export.wrongSecret',
    refused: 'libraryErrors.export.refused',
    locked: 'libraryErrors.export.locked',
    cancelled: 'libraryErrors.export.cancelled',
    unavailable: 'libraryErrors.export.unavailable',
    memory: 'libraryErrors.export.memory',
  },
  import: {
    locked: 'libraryErrors.import.locked',
    full: 'libraryErrors.import.full',
    cancelled: 'libraryErrors.import.cancelled',
    unavailable: 'libraryErrors.import.unavailable',
  },
  'set-library': {
    locked: 'libraryErrors.setLibrary.locked',
    unavailable: 'libraryErrors.setLibrary.unavailable',
  },
  rekey: {
    full: 'libraryErrors.rekey.full',
    unavailable: 'libraryErrors.rekey.unavailable',
  },
}
