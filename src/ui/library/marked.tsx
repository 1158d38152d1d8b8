// A part of a text, with what was searched for marked in it. Read by everyone from the side its own letters begin at.

import type { Excerpt } from '../../messages/library.ts'

export function Marked({ of: { text, found } }: { of: Excerpt }) {
  if (found === null) return <bdi>{text}</bdi>
  const [from, to] = found
  return (
    <bdi>
      {text.slice(0, from)}
      <mark>{text.slice(from, to)}</mark>
      {text.slice(to)}
    </bdi>
  )
}
