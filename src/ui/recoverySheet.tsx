// The recovery sheet: what is printed or saved as a file. The recovery key, its date and what to do with it; no cue,
// no password, nothing else that is secret. On screen it is not there.

import { groupsOf } from './groups.ts'
import { dayOf, saveFile } from './saveFile.ts'

const whatToDo = [
  'Keep this sheet where only you find it, and not on the device it is for.',
  'If you forget your password: open the Fieldseal popup, choose “Forgot your password?”, and type this key.',
  'It opens the vault together with the browser profile that holds it. Fieldseal keeps no copy of either.',
  'When you replace the recovery key, destroy this sheet: it no longer opens anything.',
] as const

export function RecoverySheet({ recoveryKey, at }: { recoveryKey: string; at: Date }) {
  return (
    <section class="sheet" aria-hidden="true">
      <p class="sheet-title">Fieldseal recovery sheet</p>
      <p>Made on {dayOf(at)}</p>
      <ol class="sheet-key">
        {groupsOf(recoveryKey).map((group) => (
          <li key={group}>{group}</li>
        ))}
      </ol>
      <ul>
        {whatToDo.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </section>
  )
}

export function sheetText(recoveryKey: string, at: Date): string {
  const lines = [
    'Fieldseal recovery key',
    `Made on ${dayOf(at)}`,
    '',
    recoveryKey,
    '',
    ...whatToDo.map((l) => `- ${l}`),
  ]
  return `${lines.join('\n')}\n`
}

export function saveSheet(recoveryKey: string, at: Date): void {
  saveFile(`fieldseal-recovery-key-${dayOf(at)}.txt`, [sheetText(recoveryKey, at)], 'text/plain')
}
