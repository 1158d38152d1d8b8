// Shown where the vault must be unlocked first. The password is typed in the popup's window, not here.

import type { ComponentChildren } from 'preact'
import { words } from '../../words.ts'
import { openUnlock } from '../app/windows.ts'
import { Button } from '../parts/button.tsx'
import { Notice } from '../parts/notice.tsx'

export function UnlockFirst({ children }: { children: ComponentChildren }) {
  return (
    <Notice kind="lock">
      <p>{children}</p>
      <p class="actions">
        <Button kind="main" onClick={() => void openUnlock()}>
          {words('app.unlockVault')}
        </Button>
      </p>
    </Notice>
  )
}
