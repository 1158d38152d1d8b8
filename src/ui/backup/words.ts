// The sentences on a backup file, shown before anything changes.

import { counted, words } from '../../words.ts'
import { formatLongDay } from '../app/format.ts'
import type { InspectedBackup, Opened } from './restoring.ts'

export function stateSentences({ madeAt, state, documents, damagedLines }: InspectedBackup): string {
  const date = formatLongDay(madeAt)
  const made =
    documents === 0 ? words('backup.file.madeEmpty', { date }) : counted('backup.file.made', { n: documents, date })
  if (state === 'whole') return [made, words('backup.file.whole')].join(' ')
  const condition = state === 'cut-off' ? words('backup.file.cutOff') : words('backup.file.altered')
  const lost = damagedLines > 0 ? [counted('backup.file.damagedLines', { n: damagedLines })] : []
  return [made, condition, ...lost].join(' ')
}

export function broughtSentences({ whose, genuine, state, unreadable, brings }: Opened): string[] {
  const lines: string[] = []
  if (whose === 'nobodys') lines.push(words('backup.brings.yours'))
  if (whose === 'foreign') lines.push(words('backup.brings.foreign'))
  if (whose === 'same' && brings.age === 'older') lines.push(words('backup.brings.older'))
  if (whose === 'same' && brings.age === 'newer') lines.push(words('backup.brings.newer'))
  if (whose === 'same' && !brings.changesVault && brings.documents === 0) lines.push(words('backup.brings.nothing'))
  if (whose !== 'nobodys' && brings.keys > 0) lines.push(counted('backup.brings.keys', { n: brings.keys }))
  if (brings.documents > 0) lines.push(counted('backup.brings.texts', { n: brings.documents }))
  if (unreadable > 0) lines.push(counted('backup.brings.unreadable', { n: unreadable }))
  if (state === 'whole' && !genuine) lines.push(words('backup.brings.notGenuine'))
  return lines
}
