// Things said to the person: what went wrong, which is read out at once, and what is good to know.

import type { ComponentChildren } from 'preact'
import type { Trouble } from '../deed.ts'
import { Icon } from './mark.tsx'

/** Nothing while there is no trouble. A second trouble of the same words is a new element, so that it is read out again. */
export function TroubleNotice({ trouble, children }: { trouble: Trouble | null; children?: ComponentChildren }) {
  if (trouble === null) return null
  return (
    <div class="notice notice-bad" key={trouble.nth}>
      <Icon name="warning" />
      <div>
        <p role="alert" id={troubleId(trouble)}>
          {trouble.words}
        </p>
        {children}
      </div>
    </div>
  )
}

/** The id of what is said of a trouble, for the field that it is about. */
export function troubleId(trouble: Trouble | null): string | undefined {
  return trouble === null ? undefined : `trouble-${trouble.nth}`
}

type Kind = 'about' | 'done' | 'warning' | 'lock'

export function Notice({ kind = 'about', children }: { kind?: Kind; children: ComponentChildren }) {
  return (
    <div class={`notice notice-${kind}`}>
      <Icon name={kind} />
      <div>{children}</div>
    </div>
  )
}
