// Shown where this device has no vault yet.

import type { ComponentChildren } from 'preact'
import { words } from '../../words.ts'
import { openTab } from '../app/windows.ts'
import { Button } from '../parts/button.tsx'
import { Notice } from '../parts/notice.tsx'

export function NoVault({ children }: { children: ComponentChildren }) {
  return (
    <Notice>
      <p>{children}</p>
      <p class="actions">
        <Button kind="main" onClick={() => void openTab('/onboarding.html')}>
          {words('app.createVault')}
        </Button>
      </p>
    </Notice>
  )
}
