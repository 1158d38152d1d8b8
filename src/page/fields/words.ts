// What is said to a person beside a field, made from what became of their command.

import type { FailureCode } from '../../failure.ts'
import type { Outcome } from './sealing.ts'

const failures: Partial<Record<FailureCode, string>> = {
  locked: 'Fieldseal is locked. Unlock it, then try again. Your text is as it was.',
  'no-vault': 'There is no vault yet. Press Fieldseal’s toolbar button to make one. Your text is as it was.',
  'not-for-us': 'This was sealed under a key that your vault does not have. It is as it was.',
  damaged: 'This sealed text is damaged: a part of it was changed or cut off. It is as it was.',
  'newer-version': 'This was sealed by a newer version of Fieldseal. Update Fieldseal to open it.',
  'other-site':
    'This was sealed on another site, so its text is not given to this one. Read it with “Show the opened text”.',
  'too-long': 'This text is longer than one sealed text can hold. It is as it was.',
  refused: 'To put the opened text back, use the keyboard shortcut or the context menu.',
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
    case 'opened':
      return { words: 'Opened. The page can read this text now; seal it again before you send it.', warning: false }
    case 'empty':
      return { words: 'There is nothing to seal in this field yet.', warning: false }
    case 'changed':
      return { words: 'The field changed while Fieldseal was at work, so nothing was done. Try again.', warning: true }
    case 'busy':
      return { words: 'One moment, this field is being sealed.', warning: false }
    case 'swapped':
      return {
        words:
          'The page put a sealed text into this field while you were writing, so nothing was opened into it. To read that text, use “Show the opened text” in the small button’s menu.',
        warning: true,
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
    case 'unreadable':
      return { words: 'The site changed or refused the opened text, so the sealed text was put back.', warning: true }
    case 'failed':
      return { words: failures[outcome.code] ?? otherwise, warning: true }
  }
}

export const toldWords = {
  'no-field': 'Click into a text field first, then try again.',
  'no-vault': failures['no-vault'] ?? otherwise,
  locked: failures.locked ?? otherwise,
  'nothing-here': 'This page holds no sealed texts.',
} as const
