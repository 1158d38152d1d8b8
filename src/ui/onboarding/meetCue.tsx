// The third step: the cue, and what it is for.

import type { Cue } from '../../messages/shapes.ts'
import { Button } from '../parts/button.tsx'
import { CueChip } from '../parts/cue.tsx'
import { Heading, Page } from '../parts/page.tsx'
import { Steps } from './steps.tsx'

export function MeetCue({ cue, onMet }: { cue: Cue; onMet: () => void }) {
  return (
    <Page>
      <Steps at={2} />
      <Heading takesFocus>This is your cue</Heading>
      <p>Your vault is made. Remember these two words and the colour:</p>
      <p class="centre">
        <CueChip cue={cue} large />
        <span class="colour-name">in {cue.colour}</span>
      </p>
      <p>
        They are chosen at random and stand in every real Fieldseal window, wherever it takes or shows your text. A web
        page can paint something that looks like Fieldseal, but it can’t know your cue.
      </p>
      <p>
        <strong>If the cue is missing or different, it is not Fieldseal:</strong> don’t type anything there. And
        Fieldseal never asks for your password inside a web page.
      </p>
      <div class="actions">
        <Button kind="main" onClick={onMet}>
          Continue
        </Button>
      </div>
    </Page>
  )
}
