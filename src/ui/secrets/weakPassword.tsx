// Warns of a weak password before the sealed vault goes where others could try to guess it offline.

import type { ComponentChildren } from 'preact'
import type { VaultState } from '../../messages/vault/vault.ts'
import { words } from '../../words.ts'
import { Notice } from '../parts/notice.tsx'
import { say } from '../parts/say.tsx'

const sentences = { file: 'secrets.weakPassword.file', sync: 'secrets.weakPassword.sync' } as const
const remedies = { file: 'secrets.weakPassword.fileRemedy', sync: 'secrets.weakPassword.syncRemedy' } as const

interface Props {
  readonly seen: Pick<VaultState, 'weakPassword'> | null
  /** Where it goes: into a file, or to the person's other devices. */
  readonly to: keyof typeof sentences
  /** The link for changing the password, around its words. */
  readonly link: (text: string) => ComponentChildren
}

export function WeakPassword({ seen, to, link }: Props) {
  if (seen?.weakPassword !== true) return null
  return (
    <Notice kind="warning">
      <p>
        {words(sentences[to])} {say(remedies[to], { link })}
      </p>
    </Notice>
  )
}
