// Sealed texts through what sites do to text (test/pages/corpus), each result loaded in a real page: what comes through whole is
// read in place, to the letter, and what was changed or cut is said to be so. What became of each is printed at the end.

import type { Page } from 'puppeteer-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { html } from '../attack/site.ts'
import { type Stage, setStage } from '../attack/stage.ts'
import { bundle } from '../pages/corpus/bundle.ts'
import { transforms } from '../pages/corpus/transforms.ts'
import { quickBuildFor } from './quick.ts'
import { openedNow, saidNow } from './readers.ts'
import { type Kind, kinds, waitFor } from './session.ts'
import { watched } from './watched.ts'

/** Bytes of the texts, a row for each transform in turn: a shorter and a longer one. test/pages/corpus has more of them. */
const lengths = [
  [0, 200],
  [21, 20_000],
  [1, 500],
  [20, 2_000],
] as const
const places: readonly ((sealed: readonly string[]) => string)[] = [
  ([sealed]) => `${sealed}`,
  ([sealed]) => `Dear Ann, ${sealed} yours, Bob.`,
  ([one, two]) => `one ${one} two\n\n${two}\nthree`,
]
const textsAtOnce = [1, 1, 2] as const
/** Fewer texts than frames that are alive at once, on a page so tall that all of them are in view. */
const textsPerPage = 28
const viewport = { width: 1100, height: 16_000 }
const wholePageMs = 20_000
const wholeRunMs = 240_000

interface Case {
  readonly name: string
  readonly kind: 'opens' | 'cut off' | 'damaged'
  readonly plain: readonly string[]
  readonly html: string
}
interface Tally {
  right: number
  of: number
}
const tallies = new Map<string, Partial<Record<Kind, Tally>>>()

/** A text of so many bytes, told from the others by its number where there is room, of several scripts and lines. */
function written(bytes: number, nth: number): string {
  if (bytes < 2) return 'x'.repeat(bytes)
  const words = `№${nth} naïve “café” 北京 🦭👩‍👩‍👧\n\tשלום עולם <b>&amp;</b> `
  const whole = words.repeat(Math.ceil(bytes / Buffer.byteLength(words)))
  let text = ''
  let length = 0
  for (const letter of whole) {
    length += Buffer.byteLength(letter)
    if (length > bytes) break
    text += letter
  }
  return text + 'x'.repeat(bytes - Buffer.byteLength(text))
}

interface Served {
  readonly kitchen: Readonly<Record<string, (source: string) => string | Promise<string>>>
}

describe.each(kinds)('sealed texts through what sites do, in %s', (kind) => {
  let stage: Stage
  let cases: Case[]
  const shown: Page[] = []

  const show = async (body: string): Promise<Page> => {
    const page = await stage.session.newPage()
    shown.push(page)
    await page.setViewport(viewport)
    await page.goto(stage.site.give('corpus', html(body)))
    return page
  }
  const note = ({ name }: Case, right: number, of: number) => {
    const by = tallies.get(name) ?? {}
    const before = by[kind] ?? { right: 0, of: 0 }
    tallies.set(name, { ...by, [kind]: { right: before.right + right, of: before.of + of } })
  }

  beforeAll(async () => {
    stage = await setStage(kind, { extension: await watched(quickBuildFor(kind)) })
    stage.site.give('kitchen.js', {
      html: await bundle('kitchen.ts'),
      headers: { 'content-type': 'text/javascript' },
    })
    stage.site.give('kitchen', html('<script src="/kitchen.js"></script>'))
    const kitchen = await stage.open(`${stage.site.localhost}/kitchen`)
    const served = await kitchen.evaluate(() => Object.keys((globalThis as unknown as Served).kitchen))
    const all = [
      ...transforms,
      ...served.map((name) => ({
        name,
        kind: 'opens' as const,
        longest: Number.POSITIVE_INFINITY,
        html: (source: string) =>
          kitchen.evaluate((one, given) => (globalThis as unknown as Served).kitchen[one]?.(given) ?? '', name, source),
      })),
    ]
    const planned = all.flatMap((transform, nth) =>
      (lengths[nth % lengths.length] ?? []).map((bytes, turn) => ({
        transform,
        bytes,
        place: (nth + turn) % places.length,
      })),
    )
    const plain = planned.map(({ bytes, place }, nth) => {
      const both = [written(bytes, nth), written(Math.ceil(bytes / 3), nth + 10_000)]
      return both.slice(0, textsAtOnce[place])
    })
    const sealed = await stage.sealed(plain.flat())
    cases = []
    for (const [nth, { transform, place }] of planned.entries()) {
      const texts = plain[nth] ?? []
      const source = places[place]?.(sealed.splice(0, texts.length)) ?? ''
      if (source.length > (transform.longest ?? source.length)) continue
      const { name, kind: outcome } = transform
      cases.push({ name, kind: outcome, plain: texts, html: await transform.html(source) })
    }
    await stage.closePages()
  }, wholeRunMs)
  afterEach(async () => {
    for (const page of shown.splice(0)) await page.close().catch(() => undefined)
  })
  afterAll(() => stage?.close())

  test('what comes through whole is read where it stands', { timeout: wholeRunMs }, async () => {
    const lost: string[] = []
    const waiting = cases.filter((one) => one.kind === 'opens')
    while (waiting.length > 0) {
      const now: Case[] = []
      for (let texts = 0; waiting[0] && texts + waiting[0].plain.length <= textsPerPage; ) {
        const [one] = waiting.splice(0, 1)
        if (one === undefined) break
        now.push(one)
        texts += one.plain.length
      }
      const page = await show(now.map((one) => `<section>${one.html}</section>`).join(''))
      let seen: string[] = []
      const wanted = now.flatMap(({ plain }) => plain).sort()
      const whole = async () => {
        seen = await openedNow(stage.session, page)
        return seen.length === wanted.length && seen.every((text, at) => text === wanted[at])
      }
      await waitFor('all texts to be read', whole, { timeoutMs: wholePageMs, everyMs: 150 }).catch(() => undefined)
      for (const one of now) {
        const read = one.plain.filter((text) => {
          const at = seen.indexOf(text)
          if (at >= 0) seen.splice(at, 1)
          return at >= 0
        })
        note(one, read.length, one.plain.length)
        if (read.length < one.plain.length) lost.push(`${one.name}: ${one.html.slice(0, 300)}`)
      }
      for (const text of seen) lost.push(`read, though nobody wrote it: ${text.slice(0, 60)}`)
      await page.close()
    }
    expect(lost).toEqual([])
  })

  test('what was cut off or changed is said to be so, and nothing of it is read', {
    timeout: wholeRunMs,
  }, async () => {
    const wrong: string[] = []
    for (const name of new Set(cases.filter((one) => one.kind !== 'opens').map((one) => one.name))) {
      const now = cases.filter((one) => one.name === name)
      const words =
        now[0]?.kind === 'cut off'
          ? /^Incomplete: a part is missing\./
          : /^(Damaged: this text was changed|Incomplete: a part is missing)\./
      const page = await show(now.map((one) => `<section>${one.html}</section>`).join(''))
      const wanted = now.flatMap(({ plain }) => plain).length
      let said: string[] = []
      const told = async () => {
        said = await saidNow(stage.session, page)
        return said.length === wanted && said.every((one) => words.test(one))
      }
      await waitFor('every reader to say it', told, { timeoutMs: wholePageMs }).catch(() => undefined)
      const right = said.filter((one) => words.test(one)).length
      const [first] = now
      if (first !== undefined) note(first, right, wanted)
      if (right !== wanted || said.length !== wanted) wrong.push(`${name}: ${JSON.stringify(said).slice(0, 300)}`)
      await page.close()
    }
    expect(wrong).toEqual([])
  })
})

afterAll(() => {
  if (tallies.size === 0) return
  const kindOf = new Map<string, string>(transforms.map((one) => [one.name, one.kind]))
  const rows = [...tallies].map(([name, by]) => {
    const cell = (kind: Kind) => {
      const { right = 0, of = 0 } = by[kind] ?? {}
      return `${right}/${of}`.padEnd(8)
    }
    const what = { opens: 'opened', 'cut off': 'said to be cut off', damaged: 'said to be damaged' }
    const said = what[(kindOf.get(name) ?? 'opens') as keyof typeof what]
    return `${name.padEnd(50)} │ ${said.padEnd(18)} │ ${kinds.map(cell).join(' │ ')}`
  })
  const head = `${'done to the text'.padEnd(50)} │ ${'sealed texts'.padEnd(18)} │ ${kinds.map((kind) => kind.padEnd(8)).join(' │ ')}`
  console.log(`\n${[head, ...rows].join('\n')}\n`)
})
