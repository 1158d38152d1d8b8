// Pages that ask a reader about its text without reading it: by clicks baited over its buttons, by watching what happens to
// texts of which only the vault knows whose they are, and by turning the wheel and pressing keys over texts of many lines.

import type { Frame, Page } from 'puppeteer-core'
import { describe, expect, test } from 'vitest'
import { defaultCost } from '../../src/crypto/kdf.ts'
import { newRecoverySecret } from '../../src/crypto/recovery.ts'
import { sealText } from '../../src/crypto/text.ts'
import { beginBackup, endBackup } from '../../src/keyring/backup.ts'
import { newestPersonal } from '../../src/keyring/circles.ts'
import { createVault } from '../../src/keyring/vault.ts'
import { altered } from '../altered.ts'
import { answered, ask, send } from '../e2e/asking.ts'
import { waitFor } from '../e2e/session.ts'
import { words } from '../words.ts'
import { careless } from './careless.ts'
import { html } from './site.ts'
import { password, type Stage } from './stage.ts'
import { note, played } from './table.ts'

/** All of one length, as their ciphertexts are. The last opens, and takes more room than one that does not. */
const probes = ['own, of another site', 'own, and changed here', '\n\n\n\n\nthis very site'] as const

/** Watches each place with an id from before our script runs: notes what can be seen of it whenever that changes. */
const watching = `loot = []
  const last = {}
  let frame = 0
  const see = (place) => {
    const host = place.querySelector('div')
    const size = (one) => { const box = one?.getBoundingClientRect(); return box && [box.width, box.height] }
    const { fontSize, lineHeight, letterSpacing, color, display } = getComputedStyle(place)
    const box = place.getBoundingClientRect()
    const range = document.createRange()
    range.selectNodeContents(place.firstChild ?? place)
    const at = (x, y) => document.elementFromPoint(box.left + x, box.top + y)
    const hit = [[5, 5], [100, 14], [260, 14], [400, 14], [40, 36]].map(([x, y]) => at(x, y) === host ? 'host' : at(x, y)?.localName)
    return [size(place), size(host), size(range), [fontSize, lineHeight, letterSpacing, color, display], hit, host?.attributes.length,
      place.childNodes.length, document.activeElement === host, scrollY]
  }
  const tell = (id, kind, ...what) => loot.push([id, frame, kind, ...what])
  const look = () => {
    frame++
    for (const place of document.querySelectorAll('p[id]')) {
      const now = JSON.stringify(see(place))
      if (now !== last[place.id]) tell(place.id, 'seen', last[place.id] = now)
    }
    requestAnimationFrame(look)
  }
  addEventListener('DOMContentLoaded', () => {
    const resized = new ResizeObserver((all) => all.forEach(({ target, contentRect: { width, height } }) => tell(target.id, 'size', width, height)))
    const seen = new IntersectionObserver((all) => all.forEach(({ target, intersectionRatio }) => tell(target.id, 'in view', intersectionRatio)))
    for (const place of document.querySelectorAll('p[id]')) { resized.observe(place); seen.observe(place) }
    look()
  })
  new MutationObserver((records) => {
    for (const { type, attributeName, addedNodes, removedNodes, target } of records) {
      const place = (target.closest?.('p[id]') ?? target.parentElement?.closest('p[id]'))
      if (place && document.readyState !== 'loading')
        tell(place.id, type, attributeName, addedNodes.length, removedNodes.length, place.getAttribute('style'))
    }
  }).observe(document, { subtree: true, childList: true, attributes: true, characterData: true })
  for (const kind of ['focus', 'blur', 'load', 'error', 'scroll', 'transitionrun', 'animationstart', 'wheel'])
    addEventListener(kind, ({ target }) => target.closest?.('p[id]') && tell(target.closest('p[id]').id, kind), true)`

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
          if (label === words('reader.showCiphertext')) {
            await waitFor('the ciphertext', async () => (await labelsIn(frame)).includes(words('reader.showOpened')))
            continue
          }
          const opened = await session.ownPage('composer.html')
          windows.push(label)
          expect(await session.ownPages('composer.html')).toHaveLength(1)
          await opened.close()
          await page.bringToFront()
        }
      }
      expect(windows.sort()).toEqual([words('reader.edit'), words('reader.openInWindow'), words('reader.show')].sort())
      const said = (await stage().shown(page)).join()
      const pasted = await paste(page)
      await page.click('.careless')
      const control = await waitFor('the stand-in’s button', () =>
        page.$eval('textarea', (field) => field.value === 'a careless text' && field.value),
      )
      played(stage().kind, 'clicks baited over the buttons of readers', pasted !== 'before' && pasted, control)
      expect(said).toContain(words('reader.closed.elsewhere'))
      expect(said).not.toContain('of some other site')
    })

    test('does not find out whose a text is: another site’s, a stranger’s, a changed one, another vault’s', async () => {
      const { session, site } = stage()
      const newVault = () => createVault({ password, recovery: newRecoverySecret(), cost: defaultCost }, new Date())
      const [theirs, stranger] = [await newVault(), await newVault()]
      const begun = beginBackup(theirs.record, new Date())
      const file = begun.line + endBackup(theirs, begun.chain, 0)
      const options = await session.openExtensionPage('options.html')
      const token = 'B'.repeat(22)
      await send(options, 'stageBackup', { token }, [{ text: file }])
      const secret = { kind: 'password', password }
      await answered(ask(options, 'restoreBackup', { token, pieces: 1, secret }))
      await options.close()
      const [changed = '', own = ''] = await stage().sealed(probes.slice(1))
      const [elsewhere = ''] = await stage().sealed(probes.slice(0, 1), `${site.other}/seal`)
      const minutes = Math.floor(Date.now() / 60_000)
      const foreign = { text: 'not of Personal here', minutes, origin: site.origin }
      const classes: Record<string, string> = {
        elsewhere,
        changed: altered(changed, -30),
        stranger: await sealText(newestPersonal(stranger.body), foreign),
        otherVault: await sealText(newestPersonal(theirs.body), foreign),
        own,
      }
      expect(new Set(Object.values(classes).map(({ length }) => length)).size).toBe(1)
      const places = Object.entries(classes).map(
        ([id, text], nth) =>
          `<div style="position:absolute;left:8px;top:${nth * 110}px;width:640px"><p id="${id}" style="margin:0;font-family:monospace">${text}</p></div>`,
      )
      const page = await stage().visit('oracle', html(places.join(''), watching))
      const said = await waitFor('all readers to say what it is', async () => {
        const all = await stage().shown(page)
        if (all.length === places.length && all.every((words) => words.length > 10)) return all
        throw new Error(JSON.stringify(all))
      })
      for (const words of ['on another site', 'another key', 'you don’t have', 'this very site'])
        expect(said.join('\n')).toContain(words)
      // All has been drawn: what a page could see, it has.
      await page.evaluate(
        () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve)))),
      )
      const loot = (await page.evaluate(() => window.loot)) as unknown[][]
      const seenOf = (id: string) => JSON.stringify(loot.filter(([of]) => of === id).map(([, ...rest]) => rest))
      const { elsewhere: first } = Object.fromEntries(Object.keys(classes).map((id) => [id, seenOf(id)]))
      expect(loot.filter(([of]) => of === 'elsewhere').length).toBeGreaterThan(2)
      const apart = Object.keys(classes).filter((id) => seenOf(id) !== first)
      note(
        stage().kind,
        'whose a text is',
        apart.filter((id) => id !== 'own'),
        apart.includes('own') && 'own opens',
      )
      for (const id of ['changed', 'stranger', 'otherVault']) expect(seenOf(id)).toBe(first)
      // And a click tells no more: each of them has its button at the same place.
      const frames = await session.readerFrames(page)
      const buttons = await Promise.all(
        frames.map((frame) =>
          frame.evaluate(() =>
            [...document.querySelectorAll('.line button')].map((one) => JSON.stringify(one.getBoundingClientRect())),
          ),
        ),
      )
      expect(buttons.flat()).toHaveLength(4)
      expect(new Set(buttons.flat()).size).toBe(1)
    })

    test('learns nothing of the lines of a text by the wheel, by keys and by where buttons are', async () => {
      const few = Array.from({ length: 17 }, (_, at) => `line ${at}`).join('\n')
      const many = Array.from({ length: 60 }, (_, at) => `line ${at}`).join('\n')
      const [short = '', long = ''] = await stage().sealed([few, many])
      const play = async (sealed: string, text: string) => {
        const script = `loot = []; for (const kind of ['wheel', 'keydown', 'touchmove']) addEventListener(kind, () => loot.push(kind), true)`
        const body = `<p style="position:absolute;left:8px;top:400px;margin:0;width:640px">${sealed}</p><div style="height:6000px"></div>`
        const page = await stage().visit('wheel', html(body, script))
        const [frame] = await stage().opened(page, [text])
        const seen: unknown[] = []
        const turn = async (by: number, to: number) => {
          await page.mouse.wheel({ deltaY: by })
          await waitFor(`the page to be at ${to}`, async () => {
            const at = await page.evaluate(() => Math.round(scrollY))
            if (at === to) return true
            throw new Error(`at ${at}`)
          })
        }
        // Where nobody is at work in the reader, it is as if it were not there.
        await page.mouse.move(300, 500)
        await turn(200, 200)
        await turn(-200, 0)
        await page.mouse.click(300, 500)
        await waitFor('the focus', () => frame?.evaluate(() => document.hasFocus()))
        // Of the turns before, the browser gave the page now one and now both, whatever the text.
        await page.evaluate(() => {
          window.loot.length = 0
        })
        for (const by of [150, 5000, 5000, -9000, -150]) await page.mouse.wheel({ deltaY: by })
        for (const key of ['PageDown', 'ArrowDown', ' ', 'End', 'End', 'PageDown', 'Home', 'PageUp'] as const)
          await page.keyboard.press(key)
        // What comes after shows that all before has been taken in: the page stands where this alone brings it.
        await page.mouse.move(750, 500)
        await turn(120, 120)
        seen.push(await page.evaluate(() => window.loot), await page.evaluate(() => Math.round(scrollY)))
        seen.push(
          await frame?.evaluate(() =>
            [...document.querySelectorAll('button:not(.more)')].map((one) =>
              JSON.stringify(one.getBoundingClientRect()),
            ),
          ),
        )
        return seen
      }
      const alike = [await play(short, few), await play(long, many)].map((seen) => JSON.stringify(seen))
      expect(alike[0]).toBe(alike[1])
      const page = await stage().visit(
        'wheel-careless',
        html(`${careless('frame', few.slice(0, 6))}${careless('frame', many)}<div style="height:6000px"></div>`),
      )
      await waitFor('the stand-in', async () => (await stage().carelessly(page)).filter(Boolean).length === 2)
      await page.mouse.move(100, 250)
      await page.mouse.wheel({ deltaY: 100 })
      await page.mouse.move(100, 60)
      await page.mouse.wheel({ deltaY: 100 })
      const moved = await waitFor('the page to move under the short one', () => page.evaluate(() => scrollY))
      played(
        stage().kind,
        'wheel and keys over readers',
        alike[0] !== alike[1] && alike.join(' '),
        moved <= 100 && 'by the short one only',
      )
    })
  })
}
