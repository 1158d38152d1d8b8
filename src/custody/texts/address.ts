// The address at which a text is written, as it is stored to find the way back there: of the page in its tab, which is not
// always that of the frame with the field. What it holds of a person's own, a name and a password, is left out.

const charsAtMost = 2_000

/** The host of an origin; null for none. */
export function hostOf(origin: string | null): string | null {
  return origin !== null && URL.canParse(origin) ? new URL(origin).host : null
}

/** The address as it is stored; null for one that is not http or https, or too long. */
export function cleanAddress(url: string | null | undefined): string | null {
  if (!url || !URL.canParse(url)) return null
  const parsed = new URL(url)
  if (parsed.protocol !== 'http:' && parsed.protocol !== 'https:') return null
  parsed.username = ''
  parsed.password = ''
  return parsed.href.length <= charsAtMost ? parsed.href : null
}
