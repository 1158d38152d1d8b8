// Puts a sealed text into a field's text.

import { findSealed } from '../../crypto/armor.ts'

/** The field's text with `sealed` in the place of `replaces`, or at the end if `replaces` is null or absent. `maxChars` in UTF-16 units. */
export function withSealed(text: string, sealed: string, replaces: string | null, maxChars: number | null): string {
  const old = replaces === null ? undefined : findSealed(text).find((item) => item.sealed === replaces)
  if (old !== undefined) return text.slice(0, old.start) + sealed + text.slice(old.end)
  if (text.trim() === '') return sealed
  const joined = `${text}${/\s$/.test(text) ? '' : '\n'}${sealed}`
  return maxChars !== null && joined.length > maxChars ? `${text} ${sealed}` : joined
}
