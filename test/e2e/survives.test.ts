// The death of the background, for real: a browser kills it, keeps what it was given to keep, and starts another. Before every
// question of the protocol that is played in test/background/survives.test.ts; here, before one of each kind of asker. What
// carries the vault over lies in two halves: neither is enough alone, and none outlives the browser.

import type { ElementHandle, Page } from 'puppeteer-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readBackup } from '../../src/keyring/backup.ts'
import { counted, words } from '../words.ts'
import { answered, area, ask, askFromContent, moveRow, receive } from './asking.ts'
import { kinds, type Session, waitFor } from './session.ts'
import { password, type Setting, setUp } from './setting.ts'
import { catchFiles, caughtFile, withFiles } from './shelves.ts'
import { fieldNamed, fill, named, placeVault, press, prove, reads, says, sealedIn, valueIn } from './steps.ts'

const plain = 'Killed before a question, and none the wiser.'
const composed = 'Written in a window that outlives two backgrounds.'

describe.each(kinds)('in %s', (kind) => {
  let setting: Setting
  let session: Session
  let page: Page
  let options: Page
  let sealed: string
  beforeAll(async () => {
    setting = await setUp(kind)
    session = setting.session
    await placeVault(session, password)
    await session.grantSite(setting.site.origin)
    options = await session.openExtensionPage('options.html')
    page = await session.newPage(setting.site.origin)
  })
  afterAll(() => setting?.end())

  describe('killed directly before', () => {
    test('a page has a text sealed, it is sealed', async () => {
      const given = await killedBefore(() =>
        askFromContent(options, setting.site.origin, 'seal', { text: plain, replaces: null }),
      )
      expect(given).toEqual({ sealed: expect.stringMatching(/^sealed1[0-9A-Za-z]{60,}$/) })
      sealed = (given as { sealed: string }).sealed
    })

    test('a window of ours asks whether the person has proved to be there, they have', async () => {
      await prove(options, password)
      expect(await killedBefore(() => ask(options, 'getProofState', {}))).toEqual({ holds: true, passkeys: [] })
    })

    test('the popup asks about the page that it is open over, it is told', async () => {
      const popup = await session.realPopup(page)
      // With its own first questions answered, nobody but the test asks for the background again.
      await named(popup, words('popup.site.use'))
      expect(await killedBefore(() => ask(popup, 'getCurrentSite', {}))).toMatchObject({ on: true, allowed: true })
      await session.closePopup()
    })
  })

  test('killed while a text is shown, the frame comes back by itself, and its Edit opens the composer', async () => {
    await page.bringToFront()
    await fill(page, 'Note', sealed)
    await press(page, 'Save note')
    await reads(session, page, [plain])
    // The frame asks again at once, so that a dead background may be seen for too short to be noticed.
    await session.killBackground().catch(() => undefined)
    await reads(session, page, [plain])
    const [frame] = await session.readerFrames(page)
    if (frame === undefined) throw new Error('The page has no reader frame')
    await press(frame, 'Edit')
    const composer = await session.ownPage('composer.html')
    await waitFor('the opened text', async () => (await valueIn(composer, words('composer.write.text'))) === plain)
    await composer.close()
  })

  test('killed when a window has opened for a field, and when the text is written, the field is given it', async () => {
    await page.bringToFront()
    await (await fieldNamed(page, 'Note')).focus()
    await session.command('compose', page)
    const composer = await session.ownPage('composer.html')
    await session.killBackground()
    await fill(composer, words('composer.write.text'), composed)
    await session.killBackground()
    await press(composer, 'Seal')
    await sealedIn(page, 'Note')
    await page.bringToFront()
    await press(page, 'Save note')
    await reads(session, page, [plain, composed])
  })

  describe('killed between two chunks', () => {
    let file: string

    test('of a backup, its window goes on and saves all of it', async () => {
      await options.close()
      options = await session.openExtensionPage('options.html')
      await catchFiles(options)
      await killedAt('next', () => press(options, words('backup.save.save')))
      await says(options, words('backup.save.saved'))
      file = (await caughtFile(options)).text
      expect(readBackup(file)).toMatchObject({ state: 'whole', damagedLines: [] })
      expect(readBackup(file).documents.length).toBeGreaterThan(0)
    })

    test('of a file to be restored, all of it is looked at', async () => {
      await options.close()
      options = await session.openExtensionPage('options.html')
      const lines = 3
      const long = file + `${'x'.repeat(2_000_000)}\n`.repeat(lines)
      await withFiles([['long.fieldseal', long]], async ([path = '']) => {
        await killedAt('chunk', async () => {
          const input = await options.$('input[type="file"]')
          await (input as ElementHandle<HTMLInputElement>).uploadFile(path)
        })
        await says(options, counted('backup.file.damagedLines', { n: readBackup(long).damagedLines.length }))
        await says(options, words('backup.brings.nothing'))
      })
    })
  })

  test('a transfer that does not list who asks is refused by its code, before its port is closed', async () => {
    const composer = await session.openExtensionPage('composer.html')
    await expect(receive(options, 'exportTexts', { ids: ['gone'] })).rejects.toThrow('refused')
    await expect(receive(composer, 'makeBackup', { only: null })).rejects.toThrow('refused')
    await composer.close()
  })

  describe('of what carries the vault over', () => {
    test('the half in storage.session is needed', async () => {
      const { session: half } = await area(session, 'session').get('session')
      expect(half).toBeDefined()
      await area(session, 'session').remove('session')
      expect(await stateAfterKill()).toBe('locked')
      await area(session, 'session').set({ session: half })
      expect(await stateAfterKill()).toBe('unlocked')
    })

    test('the half in IndexedDB is needed, and no code can read it out', async () => {
      expect(await moveRow(session, 'session', 'key', 'aside')).toBe(true)
      expect(await stateAfterKill()).toBe('locked')
      expect(await moveRow(session, 'session', 'aside', 'key')).toBe(true)
      expect(await stateAfterKill()).toBe('unlocked')
      expect(await options.evaluate(readOut)).toEqual(['secret', false, 'refused'])
    })

    test('nothing outlives the browser, also when the half of the session before is put back by hand', async () => {
      const { session: half } = await area(session, 'session').get('session')
      expect(half).toBeDefined()
      await session.restart()
      expect((await area(session, 'session').get('session')).session).toBeUndefined()
      options = await session.openExtensionPage('options.html')
      await named(options, words('app.unlockVault'), 'button')
      await waitFor('the other half to be gone', async () => !(await moveRow(session, 'session', 'key', 'key')))
      await area(session, 'session').set({ session: half })
      expect(await stateAfterKill()).toBe('locked')
    })
  })

  test('nobody complained', () => {
    expect(session.problems).toEqual([])
  })

  /** Has the options' second message of that kind never get away, and kills the background meanwhile. */
  async function killedAt(kind: 'next' | 'chunk', begin: () => Promise<void>): Promise<void> {
    await options.evaluate((held) => {
      const world = globalThis as unknown as {
        isHeld?: true
        chrome: {
          runtime: { connect(named: object): { postMessage(message: { kind: string }): void } }
        }
      }
      const { runtime } = world.chrome
      const connect = runtime.connect.bind(runtime)
      let seen = 0
      runtime.connect = (named) => {
        const port = connect(named)
        const post = port.postMessage.bind(port)
        port.postMessage = (message) => {
          if (message.kind === held) seen++
          if (message.kind === held && seen === 2) world.isHeld = true
          else post(message)
        }
        return port
      }
    }, kind)
    await begin()
    await waitFor('a message to be held', () => options.evaluate(() => 'isHeld' in globalThis))
    await session.killBackground()
  }

  /** What is answered by a background that has just been started, in the place of one that was killed. */
  async function killedBefore(asked: () => ReturnType<typeof ask>): Promise<unknown> {
    await session.inBackground((scope) => {
      Object.assign(scope, { marked: true })
    })
    await session.killBackground()
    const given = await answered(asked())
    expect(await session.inBackground((scope) => 'marked' in scope)).toBe(false)
    return given
  }
  async function stateAfterKill(): Promise<unknown> {
    await session.killBackground()
    return ((await answered(ask(options, 'getVaultState', {}))) as { vault: unknown }).vault
  }
})

/** In a page of ours: the kind of the kept key, whether it may be exported, and what comes of trying. */
async function readOut(): Promise<unknown[]> {
  const done = <T>(request: IDBRequest<T>) =>
    new Promise<T>((resolve, reject) => {
      request.onsuccess = () => resolve(request.result)
      request.onerror = () => reject(request.error)
    })
  const db = await done(indexedDB.open('fieldseal'))
  const kept: CryptoKey = await done(db.transaction('session').objectStore('session').get('key'))
  db.close()
  const exported = await crypto.subtle.exportKey('raw', kept).catch(() => 'refused')
  return [kept.type, kept.extractable, exported]
}
