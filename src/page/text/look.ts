// The look of the page around a sealed text, reduced to numbers, so that a reader can fit in without adopting styles.

import type { Appearance } from '../../messages/reader.ts'

type Rgb = [number, number, number]

/** Background colours by element, cached for one batch of texts. */
export type Backdrops = Map<Element, Rgb>

export function appearanceOf(place: Element, known: Backdrops = new Map()): Appearance {
  const style = getComputedStyle(place)
  const backdrop = backdropOf(place, known)
  return {
    colour: rgbOf(style.color)?.rgb ?? (isDark(backdrop) ? [240, 240, 240] : [20, 20, 20]),
    backdrop,
    fontPx: clamp(Number.parseFloat(style.fontSize) || 16, 9, 48),
    weight: clamp(Number.parseInt(style.fontWeight, 10) || 400, 100, 900),
    family: familyOf(style.fontFamily),
    direction: style.direction === 'rtl' ? 'rtl' : 'ltr',
  }
}

function backdropOf(place: Element | null, known: Backdrops): Rgb {
  if (place === null) return canvas()
  const before = known.get(place)
  if (before !== undefined) return before
  const painted = rgbOf(getComputedStyle(place).backgroundColor)
  const backdrop = painted !== null && painted.alpha > 0.5 ? painted.rgb : backdropOf(parentOf(place), known)
  known.set(place, backdrop)
  return backdrop
}

/** The browser's own background, behind a page that paints none. */
function canvas(): Rgb {
  const scheme = getComputedStyle(document.documentElement).colorScheme
  const dark = scheme === 'dark' || (scheme.includes('dark') && matchMedia('(prefers-color-scheme: dark)').matches)
  return dark ? [18, 18, 18] : [255, 255, 255]
}

function parentOf({ parentElement, parentNode }: Element): Element | null {
  return parentElement ?? (parentNode instanceof ShadowRoot ? parentNode.host : null)
}

/** The background of most elements. */
const clear = { rgb: [0, 0, 0] as Rgb, alpha: 0 }

function rgbOf(colour: string): { rgb: Rgb; alpha: number } | null {
  if (colour === 'rgba(0, 0, 0, 0)') return clear
  const numbers = /^rgba?\(([\d.]+), ([\d.]+), ([\d.]+)(?:, ([\d.]+))?\)$/.exec(colour)
  if (numbers === null) return drawn(colour)
  const [r = 0, g = 0, b = 0, alpha = 1] = numbers.slice(1).flatMap((number) => (number ? Number(number) : []))
  return { rgb: [r, g, b], alpha }
}

/** Converts colours in newer notations (oklch, color-mix, …) by painting a pixel. */
function drawn(colour: string): { rgb: Rgb; alpha: number } | null {
  const paint = new OffscreenCanvas(1, 1).getContext('2d')
  if (paint === null || !CSS.supports('color', colour)) return null
  paint.fillStyle = colour
  paint.fillRect(0, 0, 1, 1)
  const [r = 0, g = 0, b = 0, alpha = 0] = paint.getImageData(0, 0, 1, 1).data
  return { rgb: [r, g, b], alpha: alpha / 255 }
}

function isDark([r, g, b]: Rgb): boolean {
  return 0.299 * r + 0.587 * g + 0.114 * b < 128
}

function familyOf(families: string): Appearance['family'] {
  const first = families.toLowerCase()
  if (/mono|courier|consolas|menlo/.test(first)) return 'mono'
  return /(^|[^-])\bserif|georgia|times|garamond|palatino/.test(first.replaceAll('sans-serif', '')) ? 'serif' : 'sans'
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value))
}
