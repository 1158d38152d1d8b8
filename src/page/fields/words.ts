// What is said to a person beside a field, made from what became of their command.

import type { FailureCode } from '../../failure.ts'
import type { Fit } from './limits.ts'
import type { Outcome } from './sealing.ts'

const failures: Partial<Record<FailureCode, string>> = {
  locked: 'Fieldseal is locked. Unlock it, then try again. Your text is as it was.',
  'no-vault': 'There is no vault on this device. Press Fieldseal’s toolbar button. Your text is as it was.',
  'too-long': 'This text is longer than one sealed text can hold. It is as it was.',
}

const otherwise = 'Fieldseal could not do this. Your text is as it was. Try again.'

/** The sentence, and whether it is one that must not pass by unread. */
export function wordsFor(outcome: Outcome): { words: string; warning: boolean } {
  switch (outcome.kind) {
    case 'sealed':
      return {
        words:
          'Sealed. The page could read the text until now; a text written in Fieldseal’s own window it never sees.',
        warning: false,
      }
    case 'empty':
      return { words: 'There is nothing to seal in this field yet.', warning: false }
    case 'changed':
      return { words: 'The field changed while Fieldseal was at work, so nothing was done. Try again.', warning: true }
    case 'busy':
      return { words: 'One moment, this field is being sealed.', warning: false }
    case 'read-only':
      return {
        words: 'This field can only be read. To read its sealed text, use “Show the opened text”.',
        warning: false,
      }
    case 'sandboxed':
      return {
        words:
          'This page is sandboxed, and Fieldseal does not trust such a page to be the site it seems. Write the text in Fieldseal’s own window, from the toolbar button, and paste it here.',
        warning: true,
      }
    case 'too-long':
      return {
        words: `Sealed, this text takes ${outcome.needs} characters; the field takes ${outcome.takes}. It was left as it is.`,
        warning: true,
      }
    case 'altered':
      return { words: 'The site changed or refused the sealed text, so your own text was put back.', warning: true }
    case 'gone':
      return {
        words: 'The field went away while its text was being sealed. The sealed text holds all of it.',
        warning: true,
      }
    case 'failed':
      return { words: failures[outcome.code] ?? otherwise, warning: true }
  }
}

export const toldWords = {
  'no-field': 'Click into a text field first, then try again.',
  'no-vault': failures['no-vault'] ?? otherwise,
  locked: failures.locked ?? otherwise,
  'not-reached': 'Click into the sealed text in its field first, then try again.',
  'nothing-here': 'This page holds no sealed texts.',
  'not-found': 'The sealed text is not on this page: it was changed or taken away, or this is not where it stands.',
  'nothing-pointed': 'There is no sealed text here.',
} as const

/** About fields that are always sealed. */
export const markWords = {
  marked: 'From now on what you write here goes to Fieldseal’s own window, and only the sealed text comes back.',
  markedUnsealed: 'This field is always sealed from now on. The text that stands in it is not sealed yet.',
  unsealed: 'The text that stands in this field is not sealed.',
  unmarked: 'This field is an ordinary one again: the page can read what you type into it.',
  full: 'There are too many fields that are always sealed. Take some off the list in the options.',
  failed: 'Fieldseal could not do this. The field is as it was. Try again.',
  fullWindows: 'Too many long texts are open in Fieldseal’s windows. Close some of those, then try again.',
  noWindow: 'Fieldseal’s window did not open. The field is as it was. Click it to try again.',
} as const

/** What the small button does, and where the sealed text comes near what the field takes, how long it will be. */
export function sealLabel(does: 'seal' | 'rest' | 'edit' | 'read' | 'marked', fit: Fit | null): string {
  if (does === 'read') return 'Show the opened text'
  if (does === 'marked') return 'Always sealed: write in Fieldseal’s own window'
  if (does === 'edit') return 'Edit this sealed text in Fieldseal’s own window'
  if (does === 'rest') return 'Seal what you wrote here, or edit the sealed text at the caret'
  const seal = 'Seal this field (until then the page can read what stands in it)'
  if (fit === null) return seal
  const over = fit.needs > fit.takes ? ', which is too few' : ''
  return `${seal}. Sealed, it takes ${fit.needs} characters; the field takes ${fit.takes}${over}.`
}
