// Whose key a text was sealed with, said where it is not the newest of one's own. A stranger may have named the circle.

import type { ComponentChildren } from 'preact'
import type { SealedUnder } from '../../messages/shapes.ts'
import { Foreign } from './foreign.tsx'
import { Notice } from './notice.tsx'

/** Nothing for a text of one's own; else a sentence, and what follows it. */
export function KeyOwner({ under, children }: { under: SealedUnder; children?: ComponentChildren }) {
  const { owner, circle, earlier } = under
  if (owner === 'personal' && !earlier) return null
  return (
    <Notice>
      <p>
        {wordsFor(under)}
        {circle === null ? null : (
          <>
            : “<Foreign>{circle}</Foreign>”
          </>
        )}
        . {children}
      </p>
    </Notice>
  )
}

function wordsFor({ owner, circle, earlier }: SealedUnder): string {
  const key = earlier ? 'an earlier key' : 'a key'
  switch (owner) {
    case 'personal':
      return `Sealed with ${key}`
    case 'circle':
      return circle === null ? `Sealed with ${key} of a circle` : `Sealed with ${key} of the circle`
    case 'removed-circle':
      return `Sealed with ${key} of a circle that you removed`
    case 'other-vault':
      return `Sealed with ${key} from another vault`
    case 'before-rotation':
      return 'Sealed with a key from before your master key was replaced'
  }
}
