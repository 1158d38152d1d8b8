// A link from a window of ours to another page of ours, which opens in a tab; the window it stood in closes.

import type { ComponentChildren } from 'preact'
import { closeThis, type OwnPage, openTab } from '../app/windows.ts'

export function OwnPageLink({ to, children }: { to: OwnPage; children: ComponentChildren }) {
  const go = async (event: Event) => {
    event.preventDefault()
    await openTab(to)
    await closeThis()
  }
  return (
    <a href={to} onClick={(event) => void go(event)}>
      {children}
    </a>
  )
}
