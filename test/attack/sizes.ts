// Pages that measure: the size of the host, what changes in the page, what the browser reports of its work, and what differs
// between the ways in which a text does not open. The stand-in's frames are as tall and wide as their text.

import type { Page } from 'puppeteer-core'
import { describe, expect, test } from 'vitest'
import { altered } from '../altered.ts'
import { waitFor } from '../e2e/session.ts'
import vectors from '../vectors/text.json' with { type: 'json' }
import { careless } from './careless.ts'
import { html } from './site.ts'
import type { Stage } from './stage.ts'
import { note, played } from './table.ts'

/** What a page may see: one of these line counts, in lines of 24 pixels for its 16 pixel font, and a strip of 30. */
const heights = [1, 2, 4, 8, 16, 24].map((lines) => lines * 24 + 30)

/** These have ciphertexts of one length. */
const short = [1, 2, 3, 5, 8, 12, 16, 20, 21]
const lengths = [...short, 22, 23, 30, 40, 52, 60, 75, 90, 110, 140, 180, 220, 260, 300, 350, 400]
const lineCounts = [1, 2, 3, 4, 5, 8, 9, 16, 17, 24, 40]
/** Texts on one page, few enough that all their frames are alive at once. */
const pageful = 9

interface Seen {
  readonly chars: number
  readonly size: string
}

export function sizesAttacks(stage: () => Stage): void {
  describe('a page that measures', () => {
    const measure = (page: Page): Promise<Seen[]> =>
      page.evaluate(() =>
        [...document.querySelectorAll('p')].map((place) => {
          const box = place.querySelector('div')?.getBoundingClientRect()
          return { chars: place.textContent.trim().length, size: `${box?.width}×${box?.height}` }
        }),
      )

    const carelessSizes = (page: Page): Promise<string[]> =>
      page.evaluate(() =>
        [...document.querySelectorAll('.careless')].map((host) => {
          // The host is a block; what is as wide as the text is the frame in it, which pushes what stands beside it.
          const range = document.createRange()
          range.selectNode(host)
          host.setAttribute('style', 'display: inline-block')
          const { width, height } = host.getBoundingClientRect()
          return `${width}×${height}`
        }),
      )
    /** Waits until a page has measured the same for a while. */
    const settled = async (page: Page, look: (page: Page) => Promise<unknown>) => {
      let [last, same] = ['', 0]
      await waitFor('sizes to settle', async () => {
        const now = JSON.stringify(await look(page))
        // A frame that has not been sized yet has the size that browsers give to any.
        same = now === last && !/300×15\d/.test(now) ? same + 1 : 0
        last = now
        return same >= 5
      })
    }

    test('sees nothing but buckets, whatever the length of a text and its lines', async () => {
      const plain = [
        ...lengths.map((length) => 'm'.repeat(length)),
        ...lineCounts.map((lines) => Array.from({ length: lines }, (_, at) => `line ${at}`).join('\n')),
      ]
      const sealed = await stage().sealed(plain)
      const seen: Seen[] = []
      const page = await stage().visit('empty', html(''))
      for (let first = 0; first < plain.length; first += pageful) {
        const places = sealed
          .slice(first, first + pageful)
          .map((one) => `<p style="position:absolute;top:0;margin:0;width:900px">${one}</p>`)
        await page.goto(stage().site.give(`sizes-${first}`, html(places.join(''))))
        await stage().opened(page, plain.slice(first, first + pageful))
        await settled(page, measure)
        seen.push(...(await measure(page)))
      }
      const boxes = short.map((length) => careless('frame auto', 'm'.repeat(length))).join('')
      await page.goto(stage().site.give('sizes-careless', html(boxes)))
      await waitFor(
        'the stand-in',
        async () => (await stage().carelessly(page)).filter(Boolean).length === short.length,
      )
      await settled(page, carelessSizes)
      const control = new Set(await carelessSizes(page)).size
      const sizes = new Set(seen.map(({ size }) => size))
      const found = seen.map(({ size }) => Number(size.split('×')[1]))
      const alike = new Set(seen.slice(0, short.length).map(({ size }) => size))
      note(stage().kind, `${short.length} texts up to 22 letters: sizes`, `${alike.size} size`, `${control} sizes`)
      note(
        stage().kind,
        `${plain.length} texts up to 400 letters or 40 lines: sizes`,
        `${sizes.size} sizes`,
        `${control} sizes of ${short.length}`,
      )
      expect(found.filter((height) => !heights.includes(height))).toEqual([])
      // Texts without line breaks whose ciphertexts are equally long are all of one size.
      const byChars = new Map<number, Set<string>>()
      for (const { chars, size } of seen.slice(0, lengths.length))
        byChars.set(chars, (byChars.get(chars) ?? new Set()).add(size))
      expect([...byChars.values()].filter((all) => all.size > 1)).toEqual([])
      expect(alike.size).toBe(1)
      expect(control).toBeGreaterThan(short.length / 2)
    })

    test('does not tell two texts of one bucket apart by squeezing, stretching and styling their place', async () => {
      const plain = ['no', 'certainly!!']
      const sealed = await stage().sealed(plain)
      const place = 'font-size:40px;position:absolute;margin:0;top:0;left:0'
      const ours = sealed.map((one) => `<p class="ours" style="${place}">${one}</p>`)
      const theirs = plain.map((one) => `<section style="${place};top:400px">${careless('frame auto', one)}</section>`)
      const page = await stage().visit('squeeze', html([...ours, ...theirs].join('')))
      await stage().opened(page, plain)
      await waitFor('the stand-in', async () => (await stage().carelessly(page)).filter(Boolean).length === 2)
      await settled(page, carelessSizes)
      const { apart, control } = await page.evaluate(async () => {
        const found = { apart: [] as string[], control: 0 }
        const places = [...document.querySelectorAll<HTMLElement>('.ours')]
        const theirs = [...document.querySelectorAll<HTMLElement>('.careless')]
        const sizes = (all: readonly (Element | null)[]) =>
          all.map((one) => `${one?.getBoundingClientRect().width}×${one?.getBoundingClientRect().height}`)
        const hosts = () => sizes(places.map((place) => place.querySelector('div')))
        for (let width = 20; width <= 620; width += 40) {
          for (const place of [...places, ...document.querySelectorAll<HTMLElement>('section')]) {
            place.style.width = `${width}px`
          }
          for (let quiet = 0, last = ''; quiet < 4; ) {
            // On purpose: nobody tells when the stand-in's frames in another process have done so.
            await new Promise((resolve) => setTimeout(resolve, 40))
            // The stand-in's frames are told of their room and tell of their size a while later.
            const now = String([hosts(), sizes(theirs)])
            quiet = now === last ? quiet + 1 : 0
            last = now
          }
          const [one, two] = hosts()
          if (one !== two) found.apart.push(`${width}: ${one}/${two}`)
          const [three, four] = sizes(theirs)
          if (three !== four) found.control++
        }
        return found
      })
      const tells = apart.length > 0 && `${apart.length} widths tell`
      played(stage().kind, 'place squeezed to 20…620 px', tells, control > 0 && `${control} widths tell`)
    })

    test('sees no difference between the ways in which a text does not open', async () => {
      const [own = ''] = await stage().sealed(['a text to be damaged'])
      const flip = (text: string, at: number) => text.slice(0, at) + (text[at] === 'b' ? 'c' : 'b') + text.slice(at + 1)
      const length = own.length
      const notForUs = vectors.find(({ sealed }) => sealed.length === length)?.sealed ?? vectors[0]?.sealed ?? ''
      const [another = ''] = await stage().sealed(['the text of another'])
      const kinds = {
        damaged: flip(own, length - 30),
        tagged: flip(own, 60),
        spliced: own.slice(0, 60) + another.slice(60),
        newer: own.replace('sealed1', 'sealed2'),
        notForUs,
      }
      // What a page sees change at each place, from before the first script of ours on.
      const script = `loot = []; new MutationObserver((records) => {
          for (const { type, attributeName, addedNodes, removedNodes, target } of records)
            if (target.nodeName === 'P' && addedNodes[0]?.nodeName !== '#text')
              loot.push([target.id, type, attributeName, addedNodes.length, removedNodes.length, target.getAttribute('style')])
        }).observe(document, { subtree: true, childList: true, attributes: true, characterData: true })
        for (const kind of ['focus', 'resize', 'scroll', 'error', 'transitionend', 'securitypolicyviolation'])
          addEventListener(kind, ({ target }) => loot.push([target.closest?.('p')?.id, kind]), true)`
      const places = Object.entries(kinds).map(([kind, text]) => `<p id="${kind}">${text}</p>`)
      const theirs = Object.keys(kinds).map((kind) =>
        careless('frame auto', `It does not open, because it is ${kind}.`),
      )
      const page = await stage().visit('faults', html([...places, ...theirs].join(''), script))
      await waitFor('the readers to say what it is', async () => {
        const said = await stage().shown(page)
        return said.length === places.length && said.every((words) => words.length > 10)
      })
      const control = await waitFor('the stand-in’s boxes to differ', async () => {
        const differing = new Set(await carelessSizes(page)).size
        return differing === places.length && differing
      })
      await settled(page, measure)
      const loot = (await page.evaluate(() => window.loot)) as unknown[][]
      const recordsOf = (kind: string) => loot.filter(([id]) => id === kind).map(([, ...rest]) => rest)
      const boxes = await page.evaluate(() =>
        [...document.querySelectorAll('p > div')].map((host) => {
          const { width, height } = host.getBoundingClientRect()
          return `${width}×${height}`
        }),
      )
      const [same, sameBox] = [
        new Set(Object.keys(kinds).map((kind) => JSON.stringify(recordsOf(kind)))),
        new Set(notForUs.length === length ? boxes : boxes.slice(0, -1)),
      ]
      for (const kind of Object.keys(kinds)) expect(recordsOf(kind)).toEqual(recordsOf('damaged'))
      expect(recordsOf('damaged').length).toBeGreaterThan(0)
      expect(boxes).toHaveLength(places.length)
      played(stage().kind, 'ways of not opening told apart', same.size + sameBox.size - 2, `${control} boxes`)
    })

    test('finds neither our frames nor their state in what the browser reports of its work', async () => {
      const [sealed = '', damaged = ''] = await stage().sealed(['A text that is open', 'A text to be damaged'])
      const script = `loot = []; const note = (entries) => { for (const entry of entries) loot.push(JSON.stringify(entry) + ' ' + entry.name) }
        for (const type of PerformanceObserver.supportedEntryTypes) try {
          new PerformanceObserver((list) => note(list.getEntries())).observe({ type, buffered: true, durationThreshold: 16 })
        } catch {}
        addEventListener('DOMContentLoaded', () => new ReportingObserver?.((reports) => note(reports), { buffered: true }).observe?.())`
      const frame = `<iframe src="/standin-frame?a-ticket-in-its-address"></iframe>`
      stage().site.give('standin-frame', html('a frame'))
      const body = `<p>${sealed}</p><p>${altered(damaged, -9)}</p>${frame}`
      const page = await stage().visit(
        'reports',
        html(body, script.replace('new ReportingObserver?.', 'window.ReportingObserver && new ReportingObserver')),
      )
      await waitFor('our frames', async () => (await stage().shown(page)).filter(Boolean).length === 2)
      const control = await waitFor('the stand-in’s frame to be reported', () =>
        page.evaluate(() => {
          const all = [...window.loot, ...performance.getEntries().map(({ name }) => name)].map(String)
          return all.some((one) => one.includes('a-ticket-in-its-address')) && 'its address'
        }),
      )
      const guarded = await page.evaluate((origin) => {
        const all = [...window.loot, ...performance.getEntries().map((entry) => JSON.stringify(entry))].map(String)
        return all.filter((one) => one.includes('reader.html') || one.includes(origin))
      }, stage().session.origin)
      played(stage().kind, 'performance entries and reports', guarded, control)
    })
  })
}
