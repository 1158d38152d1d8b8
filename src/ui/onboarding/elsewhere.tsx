// For whoever has a vault on another device already: it is joined, and no second one made.

import { useFound } from '../found.ts'
import { Notice } from '../parts/notice.tsx'

export function Elsewhere() {
  const found = useFound()
  if (found === 'vault' || found === 'arriving') {
    return (
      <Notice>
        <p>
          A vault of yours was found in the browser’s sync. <a href="#join">Join your vault</a> instead of making a new
          one.
        </p>
      </Notice>
    )
  }
  return (
    <p class="hint">
      You have a vault on another device? <a href="#join">Join your vault</a>, or{' '}
      <a href="#pair">pair with another browser</a>.
    </p>
  )
}
