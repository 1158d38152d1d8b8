// Links to the sections of the options: the page is long.

import type { VaultState } from '../../messages/vault/vault.ts'
import { type WordsKey, words } from '../../words.ts'

type Section = readonly [id: string, heading: WordsKey]

const vaultSections = [
  ['password', 'options.contents.password'],
  ['ways', 'options.contents.unlockMethods'],
  ['locking', 'options.contents.locking'],
  ['library', 'options.contents.library'],
  ['recovery', 'options.contents.recoveryKey'],
  ['shares', 'options.contents.shares'],
  ['backup', 'options.contents.backup'],
  ['devices', 'options.contents.devices'],
  ['new-keys', 'options.contents.newKeys'],
] as const satisfies readonly Section[]
const commonSections = [
  ['clipboard', 'options.contents.clipboard'],
  ['spelling', 'options.contents.spelling'],
  ['sites', 'options.contents.sites'],
  ['marks', 'options.contents.alwaysSealed'],
  ['keys', 'options.contents.shortcuts'],
  ['protects', 'options.contents.protects'],
] as const satisfies readonly Section[]

export function Contents({ vault }: { vault: VaultState['vault'] }) {
  const sections = vault === 'none' ? commonSections : [...vaultSections, ...commonSections]
  return (
    <nav class="contents" aria-label={words('options.contents.label')}>
      <ul>
        {sections.map(([id, heading]) => (
          <li key={id}>
            <a href={`#${id}`}>{words(heading)}</a>
          </li>
        ))}
      </ul>
    </nav>
  )
}
