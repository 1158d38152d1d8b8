// The list of unsteady tests stays short, young and true, and what it names is left out.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { filesIn, root } from './files.ts'
import { leaveOut, literally, type Unsteady, unsteady } from './unsteady.ts'

const most = 3
const mostDays = 30
const msPerDay = 86_400_000

const sources = filesIn(['test/attack', 'test/dom', 'test/e2e'], /\.ts$/).map((path) =>
  readFileSync(join(root, path), 'utf8'),
)
/** Every string in them. */
const literals = sources.flatMap((source) =>
  [...source.matchAll(/(['"`])((?:\\.|(?!\1)[^\\\n])+)\1/g)].map(([, , text = '']) => text.replaceAll(/\\(.)/g, '$1')),
)

/** Whether a string in the tests makes the last part of the name: as it is, or with something in the place of `%s`, `$name`, `${…}`. */
function isTest(name: string): boolean {
  const title = name.split(' > ').at(-1) ?? ''
  return literals.some((literal) => {
    const fixed = literal.split(/%[sdifjo#]|\$\{[^}]*\}|\$[\w.]+/)
    if (fixed.length === 1) return literal === title
    if (!/\w{3}/.test(fixed.join(''))) return false
    return new RegExp(`^${fixed.map(literally).join('.+')}$`).test(title)
  })
}

/** What is wrong with such a list. */
function faultsOf(tests: readonly Unsteady[], now: number): string[] {
  const faults = tests.flatMap(({ name, since, why }) => {
    const days = (now - Date.parse(since)) / msPerDay
    return [
      ...(/^\d{4}-\d\d-\d\d$/.test(since) && days >= 0 ? [] : [`${name}: ${since} is no day up to now`]),
      ...(days > mostDays ? [`${name}: longer on the list than ${mostDays} days`] : []),
      ...(why.trim() === '' ? [`${name}: no reason`] : []),
      ...(isTest(name) ? [] : [`${name}: no such test`]),
    ]
  })
  return tests.length > most ? [...faults, `more than ${most}`] : faults
}

const now = Date.parse('2026-11-29T12:00:00Z')
const known: Unsteady = {
  name: 'sealed texts through what sites do, in firefox > what comes through whole is read where it stands',
  since: '2026-11-01',
  why: 'The last texts came too late twice.',
}

describe('the list of unsteady tests', () => {
  test('is short, young and true', () => {
    expect(faultsOf(unsteady, Date.now())).toEqual([])
  })

  test.each<[string, Unsteady[], string[]]>([
    ['none', [], []],
    ['a few', Array(most).fill(known), []],
    ['too many', Array(most + 1).fill(known), ['more than 3']],
    ['an old one', [{ ...known, since: '2026-10-29' }], ['longer on the list than 30 days']],
    ['one of tomorrow', [{ ...known, since: '2026-11-30' }], ['2026-11-30 is no day up to now']],
    ['one of no day', [{ ...known, since: 'today' }], ['today is no day up to now']],
    ['one without a reason', [{ ...known, why: ' ' }], ['no reason']],
    ['one that is gone', [{ ...known, name: 'sealed texts > are no more' }], ['no such test']],
    [
      'one in a folder of its own',
      [{ ...known, name: 'in firefox > a narrow window shows the list, or the text with the way back' }],
      [],
    ],
    ['one of many cases', [{ ...known, name: 'reading in firefox > a text is read in a table' }], []],
  ])('is looked at: %s', (_name, tests, faults) => {
    expect(faultsOf(tests, now).map((fault) => fault.replace(/^.*: /, ''))).toEqual(faults)
  })

  test('is left out by the whole names, and nothing else is', () => {
    const tests = [known, { ...known, name: 'a (b) > c|d $1.50?' }]
    const { testNamePattern } = leaveOut(tests, false)
    for (const { name } of tests) {
      expect(testNamePattern?.test(name)).toBe(false)
      for (const other of [`${name}, too`, `And ${name}`, name.replace('firefox', 'chromium').replace('b', 'B')])
        expect(testNamePattern?.test(other)).toBe(true)
    }
  })

  test('is not left out where everything runs, and nothing is where it is empty', () => {
    expect(leaveOut([known], true)).toEqual({})
    expect(leaveOut([], false)).toEqual({})
  })
})
