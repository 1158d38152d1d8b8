// Pages that ask a reader for its text without reading it: by clicks baited over its buttons.

import type { Frame, Page } from 'puppeteer-core'
import { describe, expect, test } from 'vitest'
import { waitFor } from '../e2e/session.ts'
import { careless } from './careless.ts'
import { html } from './site.ts'
import type { Stage } from './stage.ts'
import { played } from './table.ts'

export function oracleAttacks(stage: () => Stage): void {
  describe('a page that asks about a text', () => {
    const boxOf = async (frame: Frame, label: string) => {
      const element = (await frame.frameElement()) as unknown as { boundingBox(): Promise<{ x: number; y: number }> }
      const at = await element.boundingBox()
      const inside = await frame.evaluate((words) => {
        const button = [...document.querySelectorAll('button')].find((one) => one.innerText === words)
        const box = button?.getBoundingClientRect()
        return box === undefined ? null : { x: box.x + box.width / 2, y: box.y + box.height / 2 }
      }, label)
      if (inside === null) throw new Error(`no button “${label}”`)
      return { x: at.x + inside.x, y: at.y + inside.y }
    }
    const labelsIn = (frame: Frame) =>
      frame.evaluate(() =>
        [...document.querySelectorAll('button')]
          .filter((one) => one.checkVisibility({ visibilityProperty: true }))
          .map((one) => one.innerText),
      )
    const paste = async (page: Page) => {
      await page.$eval('textarea', (field) => {
        field.value = ''
      })
      await page.click('textarea')
      await keys(page, 'v')
      return waitFor('something to be pasted', () => page.$eval('textarea', (field) => field.value || null))
    }
    const keys = async (page: Page, key: 'a' | 'c' | 'v') => {
      await page.keyboard.down('Control')
      await page.keyboard.press(key)
      await page.keyboard.up('Control')
    }

    test('gets no text and no consent by clicks baited over every button of a reader', async () => {
      const { session, site } = stage()
      const [own = ''] = await stage().sealed(['nothing for a click'])
      const [other = ''] = await stage().sealed(['of some other site'], `${site.other}/seal`)
      const bait = (inner: string, top: number) =>
        `<button style="position:absolute;left:20px;top:${top}px;width:700px;height:90px">Win!</button>
        <div style="position:absolute;left:20px;top:${top}px;width:700px;opacity:0.01">${inner}</div>`
      const body = `<textarea></textarea>${bait(`<p>${own}</p>`, 60)}${bait(`<p>${other}</p>`, 200)}
        ${bait(careless('button', 'a careless text'), 400)}`
      const page = await stage().visit('baited', html(body))
      const frames = await waitFor('both readers', async () => {
        const found = await session.readerFrames(page)
        const said = await Promise.all(found.map(labelsIn))
        return said.length === 2 && said.every((labels) => labels.length > 0) && found
      })
      await page.click('textarea')
      await page.keyboard.type('before')
      await keys(page, 'a')
      await keys(page, 'c')
      const windows: string[] = []
      for (const frame of frames) {
        for (const label of await labelsIn(frame)) {
          const { x, y } = await boxOf(frame, label)
          await page.mouse.click(x, y)
          if (label === 'Show ciphertext') {
            await waitFor('the ciphertext', async () => (await labelsIn(frame)).includes('Show opened text'))
            continue
          }
          const opened = await session.ownPage('composer.html')
          windows.push(label)
          expect(await session.ownPages('composer.html')).toHaveLength(1)
          await opened.close()
          await page.bringToFront()
        }
      }
      expect(windows.sort()).toEqual(['Edit', 'Open in a window', 'Show in Fieldseal'])
      const said = (await stage().shown(page)).join()
      const pasted = await paste(page)
      await page.click('.careless')
      const control = await waitFor('the stand-in’s button', () =>
        page.$eval('textarea', (field) => field.value === 'a careless text' && field.value),
      )
      played(stage().kind, 'clicks baited over the buttons of readers', pasted !== 'before' && pasted, control)
      expect(said).toContain('Sealed on another site')
      expect(said).not.toContain('of some other site')
    })
  })
}
