// The heading of what is open beside the list, and the way back to the list in a narrow window, which shows only one of the two.

import type { ComponentChildren } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { Button } from '../../parts/button.tsx'
import { say } from '../../parts/say.tsx'
import { focusList } from '../model/focus.ts'
import type { LibraryModel } from '../model/libraryModel.ts'

interface Props {
  readonly library: LibraryModel
  readonly takesFocus: boolean
  readonly children: ComponentChildren
}

export function PaneHead({ library, takesFocus, children }: Props) {
  const heading = useRef<HTMLHeadingElement>(null)
  useLayoutEffect(() => {
    if (takesFocus) heading.current?.focus()
  }, [takesFocus])
  return (
    <header class="pane-head">
      <span class="pane-back">
        <Button
          onClick={() => {
            library.closePane()
            focusList()
          }}
        >
          <span aria-hidden="true">‹ </span>
          {say('libraryEntry.back', { hidden: (text) => <span class="unseen">{text}</span> })}
        </Button>
      </span>
      <h2 ref={heading} tabIndex={-1}>
        {children}
      </h2>
    </header>
  )
}
