// The third step: the cue, and what it is for.

import type { Cue } from '../../messages/shapes.ts'
import { type WordsKey, words } from '../../words.ts'
import { Button } from '../parts/button.tsx'
import { say } from '../parts/say.tsx'
import { CueChip } from '../window/cue.tsx'
import { Heading, Page } from '../window/page.tsx'
import { Steps } from './steps.tsx'

const colourKeys = {
  red: 'onboarding.cue.inColour.red',
  orange: 'onboarding.cue.inColour.orange',
  yellow: 'onboarding.cue.inColour.yellow',
  green: 'onboarding.cue.inColour.green',
  teal: 'onboarding.cue.inColour.teal',
  blue: 'onboarding.cue.inColour.blue',
  purple: 'onboarding.cue.inColour.purple',
  pink: 'onboarding.cue.inColour.pink',
} as const satisfies Record<Cue['colour'], WordsKey>

export function MeetCue({ cue, onMet }: { cue: Cue; onMet: () => void }) {
  return (
    <Page>
      <Steps current={2} />
      <Heading takesFocus>{words('onboarding.cue.heading')}</Heading>
      <p>{words('onboarding.cue.remember')}</p>
      <p class="centre">
        <CueChip cue={cue} large />
        <span class="colour-name">{words(colourKeys[cue.colour])}</span>
      </p>
      <p>{words('onboarding.cue.what')}</p>
      <p>{say('onboarding.cue.missing', { strong: (text) => <strong>{text}</strong> })}</p>
      <div class="actions">
        <Button kind="main" onClick={onMet}>
          {words('onboarding.cue.continue')}
        </Button>
      </div>
    </Page>
  )
}
