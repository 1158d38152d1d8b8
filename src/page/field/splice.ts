// Where in a field's text a sealed text goes.

import { findSealed } from '../../crypto/armor.ts'

/** The field's text with `sealed` in it: in the place of `replaces` if that stands there, else after what does. */
export function withSealed(text: string, sealed: string, replaces: string | null, maxChars: number | null): string {
  const old = replaces === null ? undefined : findSealed(text).find((one) => one.sealed === replaces)
  if (old !== undefined) return text.slice(0, old.start) + sealed + text.slice(old.end)
  if (text.trim() === '') return sealed
  const joined = `${text}${/\s$/.test(text) ? '' : '\n'}${sealed}`
  return maxChars !== null && joined.length > maxChars ? `${text} ${sealed}` : joined
}
