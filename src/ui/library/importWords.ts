// What is said of files that are to be read in, and of what came of it.

import type { FailureCode } from '../../failure.ts'
import type { ReadFile, Refused } from './importing.ts'
import { counted, texts } from './words.ts'

const refusals: Readonly<Record<Refused, string>> = {
  empty: 'There is nothing in it.',
  'too-long': 'It is longer than one text can be. Split it in two.',
  'not-text': 'It is not written in UTF-8, so its letters can’t be told. Save it as UTF-8 and try again.',
  'not-ours': 'It is no export of Fieldseal, or was altered.',
  'newer-version': 'It was exported by a newer version of Fieldseal. Update Fieldseal to read it.',
  unreadable: 'The browser could not read it. Choose it again.',
  'other-kind': 'Only exports of Fieldseal (.json) and files of plain text (.txt, .md) can be read in.',
}

const numbersShown = 20

export function fileSentence({ texts: read, broken, refused, backup }: ReadFile): string {
  if (backup) return 'It is a sealed backup. Restore it in the options, under “Backup”.'
  if (refused !== null) return refusals[refused]
  if (broken.length === 0) return `${texts(read.length)}.`
  const which = broken.slice(0, numbersShown).join(', ')
  const more = broken.length > numbersShown ? ` and ${broken.length - numbersShown} more` : ''
  return `${texts(read.length)}. ${counted(broken.length, 'more is', 'more are')} not whole and will be left out: number ${which}${more}.`
}

export function doneSentences(taken: number, left: Readonly<Partial<Record<FailureCode, number>>>): readonly string[] {
  const lines = [`${counted(taken, 'text is', 'texts are')} in your library now.`]
  const long = left['too-long'] ?? 0
  const damaged = left.damaged ?? 0
  if (long > 0) lines.push(`${counted(long, 'text was', 'texts were')} left out: longer than a text can be.`)
  if (damaged > 0) lines.push(`${counted(damaged, 'text was', 'texts were')} left out: damaged.`)
  return lines
}
