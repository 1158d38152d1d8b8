// What the other end-to-end tests stand on: the extension starts in the real browsers, its pages and its real popup open,
// its background can be killed and comes back, and a restart keeps the profile.

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Site, startSite } from '../../demo/site.ts'
import { words } from '../words.ts'
import { launch } from './browsers.ts'
import { type Display, startDisplay } from './display.ts'
import { kinds, type Session, waitFor } from './session.ts'
import { createVault, has, named, readPage, switchOn } from './steps.ts'
import { until } from './until.ts'

describe.each(kinds)('in %s', (kind) => {
  let session: Session
  let site: Site
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'fieldseal-site-'))
    site = await startSite({ file: join(folder, 'notes.json') })
    session = await launch(kind, { alone: true })
  })
  afterAll(async () => {
    await session?.close()
    await site?.close()
    await rm(folder, { recursive: true, force: true })
  })

  test('a first run opens onboarding', async () => {
    const page = await session.ownPage('onboarding.html')
    await named(page, words('onboarding.create.create'), 'button')
    await page.close()
  })

  test('no site is granted at install', async () => {
    expect(await session.grantedSites()).toEqual([])
  })

  test.each(['popup.html', 'onboarding.html', 'options.html', 'composer.html'])('%s opens', async (path) => {
    const page = await session.openExtensionPage(path)
    await waitFor('the page to say something', async () => (await readPage(page)).trim() !== '')
    await page.close()
  })

  test('the real popup opens over a page', async () => {
    const page = await session.newPage(site.origin)
    const popup = await session.realPopup(page)
    await waitFor('the popup to say something', async () => (await readPage(popup)).trim() !== '')
    await session.closePopup()
    await page.close()
  })

  test('the background can be killed, and comes back when asked', async () => {
    await session.inBackground((scope) => Object.assign(scope, { marked: true }) && undefined)
    await session.killBackground()
    expect(await session.backgroundRuns()).toBe(false)
    expect(await session.inBackground((scope) => 'marked' in scope)).toBe(false)
    expect(await session.backgroundRuns()).toBe(true)
  })

  test('a site can be granted and taken back', async () => {
    await session.grantSite(site.origin)
    expect(await session.grantedSites()).toEqual(['http://127.0.0.1/*'])
    const page = await session.newPage(site.origin)
    await page.close()
    await session.revokeAll()
    expect(await session.grantedSites()).toEqual([])
  })

  test('a restart keeps what is stored and empties storage.session', async () => {
    await session.inBackground(async (scope) => {
      const { storage } = (scope.browser ?? scope.chrome) as unknown as {
        storage: Record<'local' | 'session', { set(values: object): Promise<void> }>
      }
      await storage.local.set({ harness: 1 })
      await storage.session.set({ harness: 1 })
    })
    await session.restart()
    const kept = await session.inBackground(async (scope) => {
      const { storage } = (scope.browser ?? scope.chrome) as unknown as {
        storage: Record<'local' | 'session', { get(name: string): Promise<object> }>
      }
      return [await storage.local.get('harness'), await storage.session.get('harness')]
    })
    expect(kept).toEqual([{ harness: 1 }, {}])
  })

  test('nothing of ours complained', () => {
    expect(session.problems).toEqual([])
  })

  test('what is not there is missed', async () => {
    const page = await session.newPage(site.origin)
    expect(await has(page, 'Save note', 'button')).toBe(true)
    expect(await has(page, 'Save nothing', 'button')).toBe(false)
    await expect(named(page, 'Save nothing', 'button', 300)).rejects.toThrow(
      'Waited 0.3 s for the button “Save nothing”',
    )
    await page.close()
  })
})

describe.each(kinds)('in %s, on a screen with real keys', (kind) => {
  let display: Display
  let session: Session
  let site: Site
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'fieldseal-site-'))
    site = await startSite({ file: join(folder, 'notes.json') })
    display = await startDisplay()
    session = await launch(kind, { display })
  })
  afterAll(async () => {
    await session?.close()
    await display?.stop()
    await site?.close()
    await rm(folder, { recursive: true, force: true })
  })

  test('Alt+Shift+U opens the real popup', async () => {
    const page = await session.newPage(site.origin)
    await page.click('input')
    await until(
      page,
      'the field to have the focus',
      () => document.hasFocus() && document.activeElement?.matches('input'),
    )
    await display.keys('alt+shift+u')
    const popup = await session.openedPopup(page)
    await waitFor('the popup to say something', async () => (await readPage(popup)).trim() !== '')
    expect(await session.hasPopup()).toBe(true)
    await session.closePopup()
    expect(await session.hasPopup()).toBe(false)
    await page.close()
  })

  test('the browser asks before it grants a site', async () => {
    await createVault(session, 'correct horse battery staple')
    const page = await session.newPage(site.origin)
    await switchOn(session, page)
    expect(await session.grantedSites()).toEqual(['http://127.0.0.1/*'])
    await page.close()
  })
})
