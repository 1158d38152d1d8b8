// A part of a text, with what was searched for marked in it. Read by everyone from the side its own letters begin at.

import type { Excerpt } from '../../../messages/vault/library.ts'
import { UntrustedText } from '../../parts/untrustedText.tsx'

export function Highlight({ of: { text, found } }: { of: Excerpt }) {
  if (found === null) return <UntrustedText>{text}</UntrustedText>
  const [from, to] = found
  return (
    <UntrustedText>
      {text.slice(0, from)}
      <mark>{text.slice(from, to)}</mark>
      {text.slice(to)}
    </UntrustedText>
  )
}
