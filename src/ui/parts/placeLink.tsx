// A link from a window of ours to another page of ours, which opens in a tab; the window it stood in closes.

import type { ComponentChildren } from 'preact'
import { closeThis, openTab, type Place } from '../windows.ts'

export function PlaceLink({ to, children }: { to: Place; children: ComponentChildren }) {
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
