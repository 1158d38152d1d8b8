// What stands where there is no vault on this device yet.

import type { ComponentChildren } from 'preact'
import { openTab } from '../windows.ts'
import { Button } from './button.tsx'
import { Notice } from './notice.tsx'

export function NoVault({ children }: { children: ComponentChildren }) {
  return (
    <Notice>
      <p>{children}</p>
      <p class="actions">
        <Button kind="main" onClick={() => void openTab('/onboarding.html')}>
          Create your vault
        </Button>
      </p>
    </Notice>
  )
}
