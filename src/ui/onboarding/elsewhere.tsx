// For a person with a vault on another device: offers to join it rather than create a second one.

import { useFoundVault } from '../app/foundVault.ts'
import { Notice } from '../parts/notice.tsx'
import { say } from '../parts/say.tsx'

export function VaultElsewhere() {
  const found = useFoundVault()
  if (found === 'vault' || found === 'arriving') {
    return (
      <Notice>
        <p>{say('onboarding.elsewhere.found', { join: (text) => <a href="#join">{text}</a> })}</p>
      </Notice>
    )
  }
  return (
    <p class="hint">
      {say('onboarding.elsewhere.hint', {
        join: (text) => <a href="#join">{text}</a>,
        pair: (text) => <a href="#pair">{text}</a>,
      })}
    </p>
  )
}
