// What stands where the vault must be unlocked first. The password is typed in the popup's window, not here.

import type { ComponentChildren } from 'preact'
import { openUnlock } from '../windows.ts'
import { Button } from './button.tsx'
import { Notice } from './notice.tsx'

export function UnlockFirst({ children }: { children: ComponentChildren }) {
  return (
    <Notice kind="lock">
      <p>{children}</p>
      <p class="actions">
        <Button kind="main" onClick={() => void openUnlock()}>
          Unlock the vault
        </Button>
      </p>
    </Notice>
  )
}
