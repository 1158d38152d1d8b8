// A part of a text, with what was searched for marked in it. Read by everyone from the side its own letters begin at.

import type { Excerpt } from '../../../messages/vault/library.ts'
import { UntrustedText } from '../../parts/untrustedText.tsx'

export function Highlight({ of: { text, found } }: { of: Excerpt }) {
  if (found === null) return <UntrustedText>{text}</UntrustedText>
  const [start, end] = found
  return (
    <UntrustedText>
      {text.slice(0, start)}
      <mark>{text.slice(start, end)}</mark>
      {text.slice(end)}
    </UntrustedText>
  )
}
