// A part of a text, with what was searched for marked in it. Read by everyone from the side its own letters begin at.

import type { Excerpt } from '../../messages/library.ts'
import { Foreign } from '../parts/foreign.tsx'

export function Marked({ of: { text, found } }: { of: Excerpt }) {
  if (found === null) return <Foreign>{text}</Foreign>
  const [from, to] = found
  return (
    <Foreign>
      {text.slice(0, from)}
      <mark>{text.slice(from, to)}</mark>
      {text.slice(to)}
    </Foreign>
  )
}
