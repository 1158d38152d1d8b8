// What is said while two browsers are paired.

import type { CameraState } from './camera.ts'
import { type Collection, missing } from './collected.ts'
import type { Looked, Opened, Read } from './taking.ts'

/** Numbers beyond these are counted, not listed. */
const listedAtMost = 8
const namedAtMost = 3

const counted = (count: number, one: string, many: string) => (count === 1 ? `one ${one}` : `${count} ${many}`)
const capital = (words: string) => words.charAt(0).toUpperCase() + words.slice(1)

export function progressSentence(collection: Collection | null): string {
  if (collection === null) return 'Nothing has been read yet.'
  const { there, count } = collection
  const lacking = missing(collection)
  if (lacking.length === 0) return 'All parts are here.'
  const listed = lacking.slice(0, listedAtMost).join(', ')
  const more = lacking.length > listedAtMost ? ` and ${lacking.length - listedAtMost} more` : ''
  return `${there.size} of ${counted(count, 'part', 'parts')}. Missing: ${listed}${more}.`
}

/** Changes four times at most, so that it is read out seldom. */
export function spokenProgress(collection: Collection | null): string {
  if (collection === null || collection.there.size === 0) return ''
  const quarter = Math.floor((4 * collection.there.size) / collection.count)
  if (quarter === 4) return 'All parts are here.'
  return quarter === 0
    ? 'The first part is here.'
    : `${['', 'A quarter', 'Half', 'Three quarters'][quarter]} of the parts are here.`
}

export function readSentence({ parts, damaged, newer }: Read): string {
  if (newer > 0 && parts === 0) return 'This was made by a newer version of Fieldseal. Update Fieldseal here.'
  if (parts + damaged === 0) return 'There is nothing of a pairing in it.'
  const left = damaged > 0 ? `${capital(counted(damaged, 'part was', 'parts were'))} damaged and left out.` : ''
  return [parts > 0 ? `${capital(counted(parts, 'part', 'parts'))} read.` : '', left].filter(Boolean).join(' ')
}

const cameras: Readonly<Record<CameraState, string>> = {
  off: '',
  asking: 'The browser asks whether Fieldseal may use the camera.',
  on: 'Hold the moving pictures of the other browser in front of the camera.',
  refused:
    'The browser did not let Fieldseal use the camera. Allow it in the browser’s settings for this page, or choose pictures, ' +
    'a saved file or a copied text instead.',
  none: 'There is no camera here. Choose pictures, a saved file or a copied text instead.',
  taken: 'Another program is using the camera. Close it and try again, or choose pictures, a file or a text instead.',
  lost: 'The camera stopped. Start it again, or choose pictures, a saved file or a copied text instead.',
  hidden: 'The camera was switched off because this tab was not in view. What was read is kept.',
}

export function cameraSentence(state: CameraState): string {
  return cameras[state]
}

/** While the camera is on. */
export const slowPictureSentence =
  'That picture took too long to read and was skipped. Hold the camera still, with nothing but the code in view.'

export function slowFilesSentence(names: readonly string[]): string {
  if (names.length === 0) return ''
  return `${named(names)} took too long to read and ${names.length === 1 ? 'was' : 'were'} skipped. Cut the picture down to the code and choose it again.`
}

export function emptyFilesSentence(names: readonly string[]): string {
  return names.length === 0 ? '' : `Nothing of a pairing can be read in ${named(names)}.`
}

function named(names: readonly string[]): string {
  const more = names.length > namedAtMost ? ` and ${names.length - namedAtMost} more` : ''
  return names.slice(0, namedAtMost).join(', ') + more
}

export function aboutWords({ revision, updatedAt, madeAt }: Looked): string {
  return `revision ${revision}, last changed on ${when(updatedAt)}. It was shown on ${when(madeAt)}.`
}

export function broughtSentences({ whose, otherKey, brings }: Opened): string[] {
  if (!brings.changesVault)
    return [`It is ${whose === 'foreign' ? 'another vault' : 'your vault'}, and all that is in it is here already.`]
  const lines: string[] = []
  if (whose === 'foreign')
    lines.push(
      'It is another vault. Its keys are added to yours, so that what was sealed with them opens here too. Your password stays.',
    )
  if (whose === 'same')
    lines.push('It is your vault. What was changed there is taken over; nothing newer here is overwritten.')
  if (otherKey)
    lines.push(
      'It has another master key than your vault here. If you did not replace the master key in one of the two browsers, ' +
        'cancel: someone else made this.',
    )
  if (brings.keys > 0) lines.push(`It adds ${counted(brings.keys, 'key', 'keys')} for opening sealed texts.`)
  return lines
}

function when(at: number): string {
  return new Date(at).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' })
}

/** As on a clock, seconds that have begun counted whole. */
export function leftWords(leftMs: number): string {
  const seconds = Math.ceil(Math.max(leftMs, 0) / 1000)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
