// Sentences on a pairing, made from what was read and found.

import { counted, type WordsKey, words } from '../../words.ts'
import { formatEnumeration, formatMediumTime, formatNumber } from '../app/format.ts'
import { listMissing, type ScannedFrames } from './collected.ts'
import type { InspectedVault, Opened, ReadFrames } from './pairingAcceptance.ts'
import type { CameraState } from './qr/camera.ts'

/** Numbers beyond these are counted, not listed. */
const maxListedNumbers = 8
const maxListedNames = 3

export function progressSentences(collection: ScannedFrames | null): string {
  if (collection === null) return words('pairing.gather.nothingYet')
  const { frames, count } = collection
  const missing = listMissing(collection)
  if (missing.length === 0) return words('pairing.gather.all')
  const numbers = formatEnumeration(missing.slice(0, maxListedNumbers).map(formatNumber))
  const more = missing.length - maxListedNumbers
  return [
    counted('pairing.gather.some', { n: count, read: formatNumber(frames.size) }),
    more > 0
      ? counted('pairing.gather.missingAndMore', { n: more, numbers })
      : words('pairing.gather.missing', { numbers }),
  ].join(' ')
}

const quarterKeys = [
  'pairing.gather.first',
  'pairing.gather.quarter',
  'pairing.gather.half',
  'pairing.gather.threeQuarters',
  'pairing.gather.all',
] as const

/** Changes five times at most, so that it is read out seldom. */
export function spokenProgress(collection: ScannedFrames | null): string {
  if (collection === null || collection.frames.size === 0) return ''
  const key = quarterKeys[Math.floor((4 * collection.frames.size) / collection.count)]
  return key === undefined ? '' : words(key)
}

export function readSentences({ parts, damaged, newer }: ReadFrames): string {
  if (newer > 0 && parts === 0) return words('pairing.gather.newer')
  if (parts + damaged === 0) return words('pairing.gather.nothing')
  return [
    ...(parts > 0 ? [counted('pairing.gather.partsRead', { n: parts })] : []),
    ...(damaged > 0 ? [counted('pairing.gather.damaged', { n: damaged })] : []),
  ].join(' ')
}

const cameraKeys = {
  asking: 'pairing.camera.asking',
  on: 'pairing.camera.on',
  refused: 'pairing.camera.refused',
  none: 'pairing.camera.none',
  taken: 'pairing.camera.taken',
  lost: 'pairing.camera.lost',
  hidden: 'pairing.camera.hidden',
} as const satisfies Record<Exclude<CameraState, 'off'>, WordsKey>

export const cameraSentence = (state: CameraState): string => (state === 'off' ? '' : words(cameraKeys[state]))

/** '' for none. */
export function overranFilesSentence(fileNames: readonly string[]): string {
  const { names, more } = listNames(fileNames)
  if (fileNames.length === 0) return ''
  return more > 0
    ? counted('pairing.files.overranAndMore', { n: more, names })
    : counted('pairing.files.overran', { n: fileNames.length, names })
}

/** '' for none. */
export function emptyFilesSentence(fileNames: readonly string[]): string {
  const { names, more } = listNames(fileNames)
  if (fileNames.length === 0) return ''
  return more > 0 ? counted('pairing.files.emptyAndMore', { n: more, names }) : words('pairing.files.empty', { names })
}

/** The first few names as one text, and how many names there are besides. */
function listNames(fileNames: readonly string[]): { names: string; more: number } {
  return {
    names: formatEnumeration(fileNames.slice(0, maxListedNames)),
    more: Math.max(fileNames.length - maxListedNames, 0),
  }
}

/** What stands in the sentence on a vault beside its name. */
export function aboutValues({ revision, updatedAt, madeAt }: InspectedVault) {
  return {
    revision: formatNumber(revision),
    changed: formatMediumTime(updatedAt),
    shown: formatMediumTime(madeAt),
  }
}

export function broughtSentences({ whose, otherKey, brings }: Opened): string[] {
  if (!brings.changesVault)
    return [whose === 'foreign' ? words('pairing.vault.foreignSame') : words('pairing.vault.sameSame')]
  const lines: string[] = []
  if (whose === 'foreign') lines.push(words('pairing.vault.foreign'))
  if (whose === 'same') lines.push(words('pairing.vault.same'))
  if (otherKey) lines.push(words('pairing.vault.otherKey'))
  if (brings.keys > 0) lines.push(counted('pairing.vault.keys', { n: brings.keys }))
  return lines
}
