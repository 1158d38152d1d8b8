// A link to another page of ours: opens it in a tab and closes this window.

import type { ComponentChildren } from 'preact'
import { closeThis, type OwnPage, openTab } from '../app/windows.ts'

export function OwnPageLink({ to, children }: { to: OwnPage; children: ComponentChildren }) {
  const openAndClose = async (event: Event) => {
    event.preventDefault()
    await openTab(to)
    await closeThis()
  }
  return (
    <a href={to} onClick={(event) => void openAndClose(event)}>
      {children}
    </a>
  )
}
