// A written secret on the screen, in groups. The dashes are in the text for whoever copies it; a style sets the groups apart for
// the eye.

import { groupsOf } from '../app/groups.ts'

export function Letters({ text, label }: { text: string; label: string }) {
  return (
    <output class="letters" aria-label={label}>
      {groupsOf(text).map((group, index) => (
        <span class="group" key={index}>
          {index === 0 ? null : <span class="dash">-</span>}
          {group}
        </span>
      ))}
    </output>
  )
}
