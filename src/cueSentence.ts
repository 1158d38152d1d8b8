// The cue in a sentence, for whoever cannot see it: its two words, and its colour by name.

import { words } from './words.ts'

const colourNames = {
  red: 'app.cue.colour.red',
  orange: 'app.cue.colour.orange',
  yellow: 'app.cue.colour.yellow',
  green: 'app.cue.colour.green',
  teal: 'app.cue.colour.teal',
  blue: 'app.cue.colour.blue',
  purple: 'app.cue.colour.purple',
  pink: 'app.cue.colour.pink',
} as const

export function cueSentence(cue: {
  readonly words: readonly string[]
  readonly colour: keyof typeof colourNames
}): string {
  return words('app.cue.whole', { words: cue.words.join(' '), colour: words(colourNames[cue.colour]) })
}
