// Says whose key sealed a text, unless it is the person's own newest key. A stranger may have named the circle.

import type { ComponentChildren } from 'preact'
import type { SealedUnder } from '../../messages/shapes.ts'
import { type PlainKey, words } from '../../words.ts'
import { Notice } from './notice.tsx'
import { say } from './say.tsx'
import { UntrustedText } from './untrustedText.tsx'

/** Nothing for a text under the person's own newest key; else a sentence, followed by `children`. */
export function KeyOwner({ under, children }: { under: SealedUnder; children?: ComponentChildren }) {
  if (under.owner === 'personal' && !under.earlier) return null
  return (
    <Notice>
      <p>
        {ownerSentence(under)} {children}
      </p>
    </Notice>
  )
}

type Owner = SealedUnder['owner']

const withKey = {
  personal: 'app.keyOwner.earlier.personal',
  circle: 'app.keyOwner.circle',
  'removed-circle': 'app.keyOwner.removedCircle',
  'other-vault': 'app.keyOwner.otherVault',
  'before-rotation': 'app.keyOwner.beforeRotation',
} as const satisfies Record<Owner, PlainKey>

const withEarlierKey = {
  personal: 'app.keyOwner.earlier.personal',
  circle: 'app.keyOwner.earlier.circle',
  'removed-circle': 'app.keyOwner.earlier.removedCircle',
  'other-vault': 'app.keyOwner.earlier.otherVault',
  'before-rotation': 'app.keyOwner.beforeRotation',
} as const satisfies Record<Owner, PlainKey>

/** With the name of the circle. */
const withNamedKey = {
  circle: 'app.keyOwner.named.circle',
  'removed-circle': 'app.keyOwner.named.removedCircle',
  'other-vault': 'app.keyOwner.named.otherVault',
  'before-rotation': 'app.keyOwner.named.beforeRotation',
} as const

const withEarlierNamedKey = {
  circle: 'app.keyOwner.earlierNamed.circle',
  'removed-circle': 'app.keyOwner.earlierNamed.removedCircle',
  'other-vault': 'app.keyOwner.earlierNamed.otherVault',
  'before-rotation': 'app.keyOwner.named.beforeRotation',
} as const

function ownerSentence({ owner, circle, earlier }: SealedUnder): ComponentChildren {
  // The personal circle has no name.
  if (circle === null || owner === 'personal') return words((earlier ? withEarlierKey : withKey)[owner])
  return say((earlier ? withEarlierNamedKey : withNamedKey)[owner], { circle: <UntrustedText>{circle}</UntrustedText> })
}
