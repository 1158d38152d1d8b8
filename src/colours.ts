// The colours of what stands in pages and in readers. Those that have a name of src/ui/theme/tokens.css have its value
// (test/colours.test.ts). Each by itself, so that a script that comes into pages brings no others than it uses.

/** In a light scheme, and in a dark one. */
type Colour = readonly [light: string, dark: string]

export const accent: Colour = ['#0b5f56', '#6ed3c2']
export const accentWash: Colour = ['#e2f1ee', '#17312d']
export const onAccent: Colour = ['#ffffff', '#06211d']
export const pageGround: Colour = ['#ffffff', '#26252f']
export const pageInk: Colour = ['#1c1b22', '#f1f0f7']
export const pageQuiet: Colour = ['#55536a', '#c2c0d0']
export const pageLine: Colour = ['#d5d3de', '#454353']
export const pageRim: Colour = ['#b9b8c4', '#55536a']
export const pageEdge: Colour = ['#8d8a9c', '#6d6a80']
export const pageBad: Colour = ['#a02515', '#ff9d8f']
export const pageGap: Colour = ['#ffffff', '#17161d']
export const pageGlow: Colour = ['rgb(11 95 86 / 0.25)', 'rgb(110 211 194 / 0.3)']

/** Of the dot of a cue in a reader, which stands on any ground. By the names of the cue's colours. */
export const dotColours = {
  red: '#d03a35',
  orange: '#e07b1a',
  yellow: '#e6c229',
  green: '#2f9e44',
  teal: '#1098ad',
  blue: '#2b6fdb',
  purple: '#8a3ffc',
  pink: '#e64980',
} as const

/** A style sheet by which the box of a shell has these as custom properties, by their names. The page cannot set them there. */
export function colourSheet(used: Readonly<Record<string, Colour>>): string {
  const sheet = (scheme: 0 | 1) =>
    `.box{${Object.entries(used)
      .map(([name, colour]) => `--${name}:${colour[scheme]}`)
      .join(';')}}`
  return `${sheet(0)}@media (prefers-color-scheme: dark){${sheet(1)}}`
}
