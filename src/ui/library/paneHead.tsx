// The heading of what is open beside the list, and the way back to the list, which a narrow window shows alone.

import type { ComponentChildren } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { Button } from '../parts/button.tsx'
import { focusList } from './focus.ts'
import type { Shelf } from './shelf.ts'

interface Props {
  readonly shelf: Shelf
  readonly takesFocus: boolean
  readonly children: ComponentChildren
}

export function PaneHead({ shelf, takesFocus, children }: Props) {
  const heading = useRef<HTMLHeadingElement>(null)
  useLayoutEffect(() => {
    if (takesFocus) heading.current?.focus()
  }, [takesFocus])
  return (
    <header class="pane-head">
      <span class="pane-back">
        <Button
          onClick={() => {
            shelf.shut()
            focusList()
          }}
        >
          <span aria-hidden="true">‹ </span>Back<span class="unseen"> to the list</span>
        </Button>
      </span>
      <h2 ref={heading} tabIndex={-1}>
        {children}
      </h2>
    </header>
  )
}
