// Texts as people see them listed: what stands for one that is long, and in which order they come.

const titleLetters = 80

/** The first line that says anything, of 80 letters (code points) at most: a longer one ends in "…". Empty for a blank text. */
export function titleOf(text: string): string {
  const line = text.trim().split('\n', 1)[0] ?? ''
  // A letter has two UTF-16 units at most: no more of a long line need be looked at.
  const letters = [...line.slice(0, 2 * titleLetters + 1)]
  return letters.length <= titleLetters ? line : `${letters.slice(0, titleLetters - 1).join('')}…`
}

/** Orders texts by their UTF-16 units, alike on every device: below 0, 0 or above 0, as `sort` takes it. ISO dates come in order of time. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
