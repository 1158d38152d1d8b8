// Said where the sealed vault goes to where others could guess at its password for as long as they like.

import type { ComponentChildren } from 'preact'
import type { State } from '../messages/shapes.ts'
import { Notice } from './parts/notice.tsx'

interface Props {
  readonly seen: Pick<State, 'weakPassword'> | null
  /** Whoever comes by it, e.g. "Whoever finds this file". */
  readonly who: string
  /** The way to changing the password. */
  readonly children: ComponentChildren
}

export function WeakPassword({ seen, who, children }: Props) {
  if (seen?.weakPassword !== true) return null
  return (
    <Notice kind="warning">
      <p>
        Your password is not strong. {who} could guess it, given enough time. {children}
      </p>
    </Notice>
  )
}
