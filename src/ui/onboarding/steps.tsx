// The steps of making a vault, and which of them is current.

import { words } from '../../words.ts'

const stepKeys = [
  'onboarding.steps.password',
  'onboarding.steps.recoveryKey',
  'onboarding.steps.cue',
  'onboarding.steps.practice',
] as const

export function Steps({ current }: { current: 0 | 1 | 2 | 3 }) {
  return (
    <ol class="steps" aria-label={words('onboarding.steps.label')}>
      {stepKeys.map((key, index) => (
        <li
          key={key}
          class={index < current ? 'step-past' : undefined}
          aria-current={index === current ? 'step' : undefined}
        >
          {words(key)}
        </li>
      ))}
    </ol>
  )
}
