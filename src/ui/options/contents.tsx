// What the options hold, as links to their sections: the page is long.

import type { State } from '../../messages/shapes.ts'

const ofVault = [
  ['password', 'Password'],
  ['ways', 'Ways to unlock'],
  ['locking', 'Locking'],
  ['library', 'Library'],
  ['recovery', 'Recovery key'],
  ['shares', 'Shares'],
  ['backup', 'Backup'],
  ['devices', 'Other devices'],
  ['new-keys', 'New keys'],
] as const
const always = [
  ['clipboard', 'Clipboard'],
  ['spelling', 'Spelling'],
  ['sites', 'Sites'],
  ['marks', 'Always sealed fields'],
  ['keys', 'Keyboard shortcuts'],
  ['protects', 'What it protects'],
] as const

export function Contents({ vault }: { vault: State['vault'] }) {
  const sections = vault === 'none' ? always : [...ofVault, ...always]
  return (
    <nav class="contents" aria-label="On this page">
      <ul>
        {sections.map(([id, words]) => (
          <li key={id}>
            <a href={`#${id}`}>{words}</a>
          </li>
        ))}
      </ul>
    </nav>
  )
}
