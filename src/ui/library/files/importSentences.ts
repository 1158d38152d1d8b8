// Sentences about files that are read in, and about what came of it.

import { counted, type WordsKey, words } from '../../../words.ts'
import { formatEnumeration, formatNumber } from '../../app/format.ts'
import type { ReadFile, Refused, RefusedFile } from './fileImport.ts'

const refusalKeys = {
  empty: 'libraryFiles.file.empty',
  'too-long': 'libraryFiles.file.tooLong',
  'not-text': 'libraryFiles.file.notText',
  'not-ours': 'libraryFiles.file.notOurs',
  'newer-version': 'libraryFiles.file.newerVersion',
  unreadable: 'libraryFiles.file.unreadable',
  'other-kind': 'libraryFiles.file.otherKind',
} as const satisfies Record<RefusedFile, WordsKey>

const maxNumbersShown = 20

export function fileSentence({ texts, broken, refused, backup }: ReadFile): string {
  if (backup) return words('libraryFiles.file.backup')
  if (refused !== null) return words(refusalKeys[refused])
  const count = counted('libraryFiles.file.texts', { n: texts.length })
  return broken.length === 0 ? count : `${count} ${brokenSentence(broken)}`
}

function brokenSentence(broken: readonly number[]): string {
  const n = broken.length
  const numbers = formatEnumeration(broken.slice(0, maxNumbersShown).map(formatNumber))
  if (n <= maxNumbersShown) return counted('libraryFiles.file.broken', { n, numbers })
  return counted('libraryFiles.file.brokenMany', { n, numbers, rest: formatNumber(n - maxNumbersShown) })
}

export function doneSentences(imported: number, refused: Refused): readonly string[] {
  const sentences = [counted('libraryFiles.import.done', { n: imported })]
  const { 'too-long': tooLong, damaged } = refused
  if (tooLong > 0) sentences.push(counted('libraryFiles.import.tooLong', { n: tooLong }))
  if (damaged > 0) sentences.push(counted('libraryFiles.import.damaged', { n: damaged }))
  return sentences
}
