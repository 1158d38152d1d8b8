// Searches one frame for a sealed text: among the texts of the page, including covered ones, and in its fields. Waits a while for a page that
// is still loading.

import { findSealed } from '../../crypto/armor.ts'
import { mayHoldSealed, readField } from '../field/kinds/field.ts'
import { type Field, fieldOf } from '../script/fieldOf.ts'
import { Scanner } from '../text/scanner.ts'
import type { Match } from '../text/textRun.ts'

/** How long to wait for a text that the page has not loaded yet. */
const seekMs = 5_000
/** How often to read the fields: no event reports what a page's script puts into them. */
const fieldsEveryMs = 500
const fields = 'textarea,input,[contenteditable]'
/** Most elements checked for a shadow root in one document or root. */
const elementsAtMost = 50_000

/** Where a text is: in the page itself, or in a field. */
export type FoundText = { readonly sealed: string } & ({ readonly match: Match } | { readonly field: Field })

/** Finds the first of these texts that is present. Null if none is within 5 s, or `life` has ended. */
export function findText(wanted: readonly string[], life: AbortSignal): Promise<FoundText | null> {
  const sought = wanted.map((text) => findSealed(text)[0]?.sealed ?? text)
  return new Promise((resolve) => {
    const all: Match[] = []
    /** During the first scan, matches only accumulate; afterwards each decides at once. */
    let looking = true
    const scanner = new Scanner({
      isOurs: () => false,
      isShowing: () => false,
      onMatches: (matches) => {
        all.push(...matches.filter(({ sealed }) => sought.includes(sealed)))
        if (!looking) decide()
      },
      onChange: () => undefined,
      onEditable: () => undefined,
    })
    const end = (found: FoundText | null) => {
      clearInterval(again)
      clearTimeout(late)
      life.removeEventListener('abort', ended)
      scanner.stop()
      resolve(found)
    }
    const decide = () => {
      const found = best(sought, all)
      if (found !== null) end(found)
    }
    const ended = () => end(null)
    const again = setInterval(decide, fieldsEveryMs)
    const late = setTimeout(ended, seekMs)
    life.addEventListener('abort', ended)
    if (life.aborted) return ended()
    scanner.start()
    scanner.release()
    scanner.finish()
    looking = false
    decide()
  })
}

/** The first text in the order of `sought` that is present. Prefers a visible place. */
function best(sought: readonly string[], seen: readonly Match[]): FoundText | null {
  const written = [...fieldsIn(document)].flatMap((field) => textsInField(field, sought))
  for (const sealed of sought) {
    const matches = seen.filter((match) => match.sealed === sealed && match.scope.isConnected)
    const match = matches.find(isDrawn) ?? matches[0]
    const field = written.find((found) => found.sealed === sealed)
    if (match !== undefined && (field === undefined || isDrawn(match))) return { sealed, match }
    if (field !== undefined) return field
  }
  return null
}

function isDrawn({ spans }: Match): boolean {
  return spans[0]?.node.parentElement?.checkVisibility({ contentVisibilityAuto: true }) !== false
}

function textsInField(field: Field, sought: readonly string[]): { sealed: string; field: Field }[] {
  if (!mayHoldSealed(field)) return []
  return findSealed(readField(field)).flatMap(({ sealed }) => (sought.includes(sealed) ? [{ sealed, field }] : []))
}

/** The fields of a document, including those in open shadow roots. */
function fieldsIn(root: Document | ShadowRoot, found = new Set<Field>()): ReadonlySet<Field> {
  for (const element of root.querySelectorAll(fields)) {
    const field = fieldOf(element)
    if (field !== null) found.add(field)
  }
  for (const element of [...root.querySelectorAll('*')].slice(0, elementsAtMost)) {
    if (element.shadowRoot !== null) fieldsIn(element.shadowRoot, found)
  }
  const whole = root instanceof Document && root.designMode === 'on' ? fieldOf(root) : null
  if (whole !== null) found.add(whole)
  return found
}
