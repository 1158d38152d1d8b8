// The place in a page that a text goes to, or was for: its site, and its field where that has a label.

import { say } from '../parts/say.tsx'
import { UntrustedText } from '../parts/untrustedText.tsx'

export const goesTo = { host: 'composer.target.goesTo', field: 'composer.target.goesToField' } as const
export const wasFor = { host: 'composer.target.wasFor', field: 'composer.target.wasForField' } as const

interface Props {
  readonly keys: typeof goesTo | typeof wasFor
  readonly host: string
  /** Its label; '' for none. */
  readonly field: string
}

export function TargetSentence({ keys, host, field }: Props) {
  const site = (
    <strong>
      <UntrustedText>{host}</UntrustedText>
    </strong>
  )
  if (field === '') return <>{say(keys.host, { host: site })}</>
  return <>{say(keys.field, { host: site, field: <UntrustedText>{field}</UntrustedText> })}</>
}
