// Pages that measure: the size of the host, what changes in the page, and what differs between the ways in which a text does
// not open. The stand-in is a box as tall and wide as its text.

import type { Page } from 'puppeteer-core'
import { describe, expect, test } from 'vitest'
import { waitFor } from '../e2e/session.ts'
import { giveItTime } from '../e2e/steps.ts'
import vectors from '../vectors/text.json' with { type: 'json' }
import { html } from './site.ts'
import type { Stage } from './stage.ts'
import { note } from './table.ts'

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

    test('sees nothing but buckets, whatever the length of a text and its lines', async () => {
      const plain = [
        ...lengths.map((length) => 'm'.repeat(length)),
        ...lineCounts.map((lines) => Array.from({ length: lines }, (_, at) => `line ${at}`).join('\n')),
      ]
      const sealed = await stage().sealed(plain)
      const seen: Seen[] = []
      let page = await stage().visit('empty', html(''))
      for (let first = 0; first < plain.length; first += pageful) {
        const places = sealed
          .slice(first, first + pageful)
          .map((one) => `<p style="position:absolute;top:0;margin:0;width:900px">${one}</p>`)
        page = await stage().visit('sizes', html(`${places.join('')}`))
        await stage().opened(page, plain.slice(first, first + pageful))
        await giveItTime()
        seen.push(...(await measure(page)))
      }
      const control = await page.evaluate(
        (texts) =>
          new Set(
            texts.map((text) => {
              const box = document.createElement('span')
              box.style.cssText = 'white-space:pre-wrap;display:inline-block;max-width:560px'
              box.textContent = text
              document.body.append(box)
              const { width, height } = box.getBoundingClientRect()
              return `${width}×${height}`
            }),
          ).size,
        short.map((length) => 'm'.repeat(length)),
      )
      const sizes = new Set(seen.map(({ size }) => size))
      const found = seen.map(({ size }) => Number(size.split('×')[1]))
      const alike = new Set(seen.slice(0, short.length).map(({ size }) => size))
      note(stage().kind, `${short.length} texts up to 22 letters: sizes`, `${alike.size} size`, `${control} sizes`)
      note(
        stage().kind,
        `${plain.length} texts up to 400 letters or 40 lines: sizes`,
        `${sizes.size} sizes`,
        'see above',
      )
      expect(found.filter((height) => !heights.includes(height))).toEqual([])
      // Texts without line breaks whose ciphertexts are equally long are all of one size.
      const byChars = new Map<number, Set<string>>()
      for (const { chars, size } of seen.slice(0, lengths.length))
        byChars.set(chars, (byChars.get(chars) ?? new Set()).add(size))
      expect([...byChars.values()].filter((all) => all.size > 1)).toEqual([])
      expect(alike.size).toBe(1)
      expect(control).toBe(short.length)
    })

    test('does not tell two texts of one bucket apart by squeezing, stretching and styling their place', async () => {
      const plain = ['no', 'certainly!!']
      const sealed = await stage().sealed(plain)
      const body = sealed
        .map((one) => `<p style="font-size:40px;position:absolute;margin:0;top:0;left:0">${one}</p>`)
        .join('')
      const page = await stage().visit('squeeze', html(body))
      await stage().opened(page, plain)
      const apart = await page.evaluate(async () => {
        const found: string[] = []
        const places = [...document.querySelectorAll('p')]
        const heights = () => places.map((place) => place.querySelector('div')?.getBoundingClientRect().height)
        for (let width = 20; width <= 620; width += 40) {
          for (const place of places) place.style.width = `${width}px`
          for (let quiet = 0, last = ''; quiet < 4; ) {
            await new Promise((resolve) => setTimeout(resolve, 50))
            quiet = String(heights()) === last ? quiet + 1 : 0
            last = String(heights())
          }
          const [one, two] = heights()
          if (one !== two) found.push(`${width}: ${one}/${two}`)
        }
        return found
      })
      note(
        stage().kind,
        'place squeezed to 20…620 px',
        apart.length > 0 && `${apart.length} widths tell`,
        'every width tells',
      )
      expect(apart).toEqual([])
    })

    test('sees no difference between the ways in which a text does not open', async () => {
      const [own = ''] = await stage().sealed(['a text to be damaged'])
      const flip = (text: string, at: number) => text.slice(0, at) + (text[at] === 'b' ? 'c' : 'b') + text.slice(at + 1)
      const length = own.length
      const notForUs = vectors.find(({ sealed }) => sealed.length === length)?.sealed ?? vectors[0]?.sealed ?? ''
      const kinds = { damaged: flip(own, length - 30), newer: own.replace('sealed1', 'sealed2'), notForUs }
      const records: Record<string, unknown[]> = {}
      const boxes: Record<string, string> = {}
      for (const [kind, text] of Object.entries(kinds)) {
        const script = `loot = []; new MutationObserver((records) => {
          for (const { type, attributeName, addedNodes, removedNodes, target } of records) if (document.readyState === 'complete')
            loot.push([type, attributeName, addedNodes.length, removedNodes.length, target.nodeName, target.getAttribute?.('style')])
        }).observe(document, { subtree: true, childList: true, attributes: true, characterData: true })
        for (const kind of ['message', 'focus', 'resize', 'scroll', 'load', 'error', 'transitionend', 'securitypolicyviolation'])
          addEventListener(kind, (event) => event.target !== document && loot.push(kind), true)`
        const page = await stage().visit('faults', html(`<p>${text}</p>`, script))
        await waitFor(`the reader to say that it is ${kind}`, async () => {
          const [frame] = await stage().session.readerFrames(page)
          return frame?.evaluate(() => (document.body.textContent?.trim() ?? '').length > 10)
        })
        await giveItTime()
        records[kind] = (await page.evaluate(() => window.loot)).filter((one) => one !== 'load' && one !== 'focus')
        boxes[kind] = await page.evaluate(() => {
          const box = document.querySelector('p div')?.getBoundingClientRect()
          return `${box?.width}×${box?.height}`
        })
      }
      const [same, sameBox] = [
        new Set(Object.values(records).map((one) => JSON.stringify(one))),
        new Set(Object.values(boxes)),
      ]
      note(
        stage().kind,
        'ways of not opening told apart',
        same.size + sameBox.size - 2,
        'the words differ for the person',
      )
      expect(Object.keys(records)).toHaveLength(3)
      expect(records.newer).toEqual(records.damaged)
      expect(records.notForUs).toEqual(records.damaged)
      if (notForUs.length === length) expect(sameBox.size).toBe(1)
    })
  })
}
