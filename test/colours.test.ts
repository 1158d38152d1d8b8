// Colours are written in two places, one for windows and one for pages, and what both have is the same in both.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import * as all from '../src/colours.ts'
import { filesIn, root } from './files.ts'
import { literalsIn } from './literals.ts'

const read = (path: string) => readFileSync(join(root, path), 'utf8')

const { colourSheet, dotColours: _, ...colours } = all
/** As windows name it. */
const tokenOf = (name: string) => name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)

/** The colours of windows, by their names, in a light scheme and in a dark one. */
function tokens(): [Map<string, string>, Map<string, string>] {
  const [light = '', dark = ''] = read('src/ui/theme/tokens.css').split('@media (prefers-color-scheme: dark)')
  const declared = (css: string) =>
    new Map([...css.matchAll(/--([\w-]+): ([^;]+);/g)].map(([, name, value]) => [name ?? '', value ?? '']))
  return [declared(light), declared(dark)]
}

/** Colours by value. Shadows are black everywhere. */
const literal = /#(?:[0-9a-f]{3,4}){1,2}\b|\b(?:rgba?|hsla?|oklch|lab)\((?!0,? 0,? 0|var\(|…|\$)[^)]*\)/gi

function literalColoursIn(path: string, code: string): string[] {
  const texts = path.endsWith('.css')
    ? [code.replaceAll(/\/\*.*?\*\//gs, '')]
    : literalsIn(path, code).map(({ text }) => text)
  return texts.flatMap((text) => text.match(literal) ?? []).map((found) => `${path}: ${found}`)
}

test('a colour of pages that windows have too is theirs', () => {
  const [light, dark] = tokens()
  const shared = Object.entries(colours).filter(([name]) => light.has(tokenOf(name)))
  expect(shared.map(([name]) => name)).toEqual(['accent', 'accentWash', 'onAccent'])
  for (const [name, values] of shared)
    expect([name, ...values]).toEqual([name, light.get(tokenOf(name)), dark.get(tokenOf(name))])
  // What windows do not have is named so that nobody takes it for theirs.
  for (const [name] of Object.entries(colours)) expect(light.has(tokenOf(name)) || name.startsWith('page')).toBe(true)
})

test('a sheet has every colour in both schemes', () => {
  const sheet = colourSheet(colours)
  for (const [name, values] of Object.entries(colours))
    for (const value of values) expect(sheet).toContain(`--${name}:${value}`)
  expect(sheet).toMatch(/^\.box\{[^{}]+\}@media \(prefers-color-scheme: dark\)\{\.box\{[^{}]+\}\}$/)
})

describe('what stands in pages has its colours by their names:', () => {
  const files = filesIn(['src/page', 'src/frames'], /\.(?:tsx?|css)$/)

  test('no value is written there', () => {
    expect(files.length).toBeGreaterThan(50)
    expect(files.flatMap((path) => literalColoursIn(path, read(path)))).toEqual([])
  })

  test('each sheet brings the colours that it uses', () => {
    const used = files.flatMap((path) => {
      const code = read(path)
      const brought: readonly string[] = /colourSheet\(\{([^}]*)\}\)/.exec(code)?.[1]?.match(/\w+/g) ?? []
      const names = [...code.matchAll(/var\(--((?:page|accent|onAccent)\w*)\)/g)].map(([, name]) => name ?? '')
      return names.map((name) => ({ path, name, brought: brought.includes(name) }))
    })
    expect(used.length).toBeGreaterThan(15)
    expect(used.filter(({ brought }) => !brought)).toEqual([])
  })

  test.each([
    ['a.ts', 'const css = `button { color: #0b5f56; }`'],
    ['a.ts', "const css = '.box { background: #fff }'"],
    ['a.ts', "const css = '.box { box-shadow: 0 0 0 9px rgb(11 95 86 / 0.25) }'"],
    ['a.css', '.red { --cue: #d03a35; }'],
  ])('%s with %s has one', (path, code) => {
    expect(literalColoursIn(path, code)).toHaveLength(1)
  })

  test.each([
    ['a.ts', 'class A { #add() { this.#add() } }'],
    ['a.ts', "const css = '.box { color: var(--accent); box-shadow: 0 1px 5px rgb(0 0 0 / 0.2) }'"],
    ['a.ts', 'const colour = `rgb($' + "{look.colour.join(' ')})`"],
    ['a.css', '/* #fff */ body { color: rgb(var(--colour, 20 20 20)); }'],
  ])('%s with %s has none', (path, code) => {
    expect(literalColoursIn(path, code)).toEqual([])
  })
})
