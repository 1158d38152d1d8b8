// A written secret on the screen, in groups. The text has the dashes, so that a copy has them; on screen a style separates the
// groups.

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
