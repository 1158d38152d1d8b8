// What is said of a backup file, before anything is done with it.

import type { Looked, Opened } from './restoring.ts'

const counted = (count: number, one: string, many: string) => (count === 1 ? `one ${one}` : `${count} ${many}`)
/** Of the library, earlier versions of these, and unfinished ones. */
const texts = (count: number) => counted(count, 'text', 'texts')

export function stateSentence({ madeAt, state, documents, damagedLines }: Looked): string {
  const made = `Made on ${new Date(madeAt).toLocaleDateString([], { dateStyle: 'long' })}, with ${documents === 0 ? 'no texts' : texts(documents)}.`
  if (state === 'whole') return `${made} Nothing in it is damaged.`
  const lost = damagedLines > 0 ? ` ${counted(damagedLines, 'line', 'lines')} can’t be read.` : ''
  if (state === 'cut-off')
    return `${made} The file is cut off: its end is missing. What is left of it can be restored.${lost}`
  return `${made} The file was altered after it was made. What still opens in it can be restored.${lost}`
}

export function broughtSentences({ whose, genuine, state, unreadable, brings }: Opened): string[] {
  const lines: string[] = []
  if (whose === 'nobodys') lines.push('Your vault, with the password and the recovery key it had then.')
  if (whose === 'foreign')
    lines.push(
      'It is of another vault. Its keys are added to yours, so that what was sealed with them opens here too. Your password stays.',
    )
  if (whose === 'same' && brings.age === 'older')
    lines.push('It is older than your vault is now. Nothing newer is overwritten; only what is missing is added.')
  if (whose === 'same' && brings.age === 'newer')
    lines.push('It is newer than your vault is here. What was changed since is taken over.')
  if (whose === 'same' && !brings.changesVault && brings.documents === 0)
    lines.push('Everything in it is here already. Restoring it changes nothing.')
  if (whose !== 'nobodys' && brings.keys > 0)
    lines.push(`It adds ${counted(brings.keys, 'key', 'keys')} for opening sealed texts.`)
  if (brings.documents > 0) lines.push(`It adds ${texts(brings.documents)}.`)
  if (unreadable > 0) lines.push(`${texts(unreadable)} in it can’t be opened, and will be left out.`)
  if (state === 'whole' && !genuine)
    lines.push(
      'It was put together by someone who did not have this vault’s key. Texts may be missing from it or be older ones.',
    )
  return lines
}
