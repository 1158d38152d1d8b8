// The cue: two words and a colour that only the person and the extension know. The colour is also named in words.

import { cueSentence } from '../../cueSentence.ts'
import type { Cue } from '../../messages/shapes.ts'

export function CueChip({ cue, large = false }: { cue: Cue; large?: boolean }) {
  return (
    <span class={large ? 'cue cue-large' : 'cue'} data-colour={cue.colour}>
      <span class="unseen">{cueSentence(cue)}</span>
      <span aria-hidden="true">{cue.words.join(' ')}</span>
    </span>
  )
}
