// The cue: two words and a colour that only the person and the extension know. The colour is also said in words.

import type { Cue } from '../../messages/shapes.ts'

export function CueChip({ cue, large = false }: { cue: Cue; large?: boolean }) {
  return (
    <span class={large ? 'cue cue-large' : 'cue'} data-colour={cue.colour}>
      <span class="unseen">Your cue: </span>
      {cue.words.join(' ')}
      <span class="unseen">, {cue.colour}</span>
    </span>
  )
}
