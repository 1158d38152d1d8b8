// A text with one letter that is another: never, by chance, the one that was there.

/** `text` with the letter at `at`, counted as String.at does, changed to the first of `letters` that it is not. */
export function altered(text: string, at = -1, letters = 'AB'): string {
  const place = at < 0 ? text.length + at : at
  const other = [...letters].find((letter) => letter !== text[place])
  if (place < 0 || place >= text.length || other === undefined)
    throw new RangeError(`expected a letter at ${at} of ${text.length}, and another than it in ${letters}`)
  return text.slice(0, place) + other + text.slice(place + 1)
}
