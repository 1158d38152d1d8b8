// A disk that is really full, by each browser's own account: Chromium is told that the extension may keep next to nothing (it
// counts that only for one without `unlimitedStorage`), Firefox that all sites together may keep a few megabytes, which are then filled. What does not fit is not done and said to be
// so, what was there stays as it was, and once there is space again it goes on.

import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'puppeteer-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Name } from '../../src/messages/protocol.ts'
import { answered, ask, askFromContent, send } from './asking.ts'
import { backUp, backupHead } from './backups.ts'
import { type Tried, tableOf } from './faults.ts'
import { quickBuildFor } from './quick.ts'
import { kinds, type Session, waitFor } from './session.ts'
import { password, type Setting, setUp } from './setting.ts'
import { placeVault } from './steps.ts'

const text = 'Sealed before the disk was full.'
const unfinished = 'Kept before the disk was full.'
const draft = 'draftdraftdraftdraftdr'
const token = 'tokentokentokentokento'
/** For everything that Firefox keeps. A browser of its own counts in whole megabytes. */
const prefs = { 'dom.quotaManager.temporaryStorage.fixedLimit': 4096 }
/** Chromium goes for half a minute by what it knew of the space; Firefox gives room back once nothing was asked of it for 2 s. */
const seesSpace = { everyMs: 3_000, timeoutMs: 60_000 }

describe.each(kinds)('in %s', (kind) => {
  let setting: Setting
  let extension: string
  let session: Session
  let popup: Page
  let options: Page
  let onboarding: Page
  let composer: Page
  let sealed: string
  const fillers: string[] = []
  const tried: Tried[] = []
  const onPage = (name: Name, asked: object) => askFromContent(options, setting.site.origin, name, asked)
  const restoring = () => ask(options, 'restoreBackup', { token, pieces: 1, secret: { kind: 'password', password } })

  beforeAll(async () => {
    const file = await largeBackup()
    extension = await boundedBuild()
    setting = await setUp(kind, { prefs, extension })
    session = setting.session
    await placeVault(session, password)
    await session.grantSite(setting.site.origin)
    await session.newPage(setting.site.origin)
    popup = await session.openExtensionPage('popup.html')
    options = await session.openExtensionPage('options.html')
    onboarding = await session.openExtensionPage('onboarding.html')
    composer = await session.openExtensionPage('composer.html')
    sealed = ((await answered(ask(onboarding, 'practiceSealing', { text }))) as { sealed: string }).sealed
    await answered(ask(composer, 'saveDraft', { windowRequest: null, draft, text: unfinished }))
    await send(options, 'stageBackup', { token }, [{ text: file }])
  })
  afterAll(async () => {
    await setting?.end()
    await rm(extension, { recursive: true, force: true })
    console.log(tableOf(kind, tried))
  })

  test('what does not fit is not done, and said to be so; what was there stays, and opens', async () => {
    const before = await revision()
    await fillUp()
    expect(await restoring()).toEqual({ ok: false, code: 'full' })
    const long = await composer.evaluate(noise, 700_000)
    expect(await ask(composer, 'saveDraft', { windowRequest: null, draft, text: long })).toEqual({
      ok: false,
      code: 'full',
    })
    expect(await revision()).toBe(before)
    // What takes the place of something as large may still find room in Firefox's file: then it is done, whole.
    const changes = [
      () => ask(options, 'rotateCircleKey', {}),
      () => ask(options, 'changePassword', { current: password, next: password, strong: null }),
    ]
    let done = 0
    for (const change of changes) {
      const reply = await change()
      if (reply.ok) done++
      else expect(reply.code).toBe('full')
      expect((await revision()) > before).toBe(done > 0)
      await usable()
    }
    if (kind === 'chromium') expect(done).toBe(0)
    // What a site is to have is sealed all the same; that the library could not keep a copy is told.
    expect(await answered(onPage('seal', { text: long, replaces: null }))).toEqual({
      sealed: expect.stringMatching(/^sealed1/),
    })
    expect(await answered(ask(options, 'getLibraryState', {}))).toMatchObject({ documents: 0, unkept: { why: 'full' } })
    const left = done === 0 ? 'old' : `old, ${done} fitted and were done`
    tried.push({ fault: `no space left, by ${kind} itself`, during: 'four changes', times: 4, left })
  })

  test('once there is space again, it goes on', async () => {
    await makeRoom()
    await waitFor('the backup to find room', async () => (await restoring()).ok, seesSpace)
    await answered(ask(options, 'rotateCircleKey', {}))
    await answered(onPage('seal', { text, replaces: null }))
    expect(await answered(ask(options, 'getLibraryState', {}))).toMatchObject({ documents: 1, unkept: null })
    await usable()
    tried.push({ fault: 'space again', during: 'after that', times: 1, left: 'new' })
  })

  /** A copy of the build that may keep no more than the browser gives to any site. */
  async function boundedBuild(): Promise<string> {
    const copy = await mkdtemp(join(tmpdir(), 'fieldseal-bounded-'))
    await cp(quickBuildFor(kind), copy, { recursive: true })
    const file = join(copy, 'manifest.json')
    const manifest = JSON.parse(await readFile(file, 'utf8')) as { permissions: string[] }
    manifest.permissions = manifest.permissions.filter((name) => name !== 'unlimitedStorage')
    await writeFile(file, JSON.stringify(manifest))
    return copy
  }

  async function fillUp(): Promise<void> {
    if (kind === 'chromium') {
      await allow(1000)
      await waitFor('Chromium to see that there is no space', looksFull, seesSpace)
      return
    }
    for (let length = 400_000; length > 50; length = Math.floor(length / 4)) {
      for (let full = false; !full; ) {
        const filler = `filler${String(fillers.length).padStart(16, '0')}`
        const said = await ask(composer, 'saveDraft', {
          windowRequest: null,
          draft: filler,
          text: await composer.evaluate(noise, length),
        })
        full = !said.ok
        if (said.ok) fillers.push(filler)
        else expect(said.code).toBe('full')
      }
    }
  }

  async function makeRoom(): Promise<void> {
    if (kind === 'chromium') return allow()
    // Firefox writes down what it takes away, too: where there is no space even for that, it is not done the first time.
    for (const filler of fillers)
      await waitFor('room to be made', async () => (await ask(composer, 'deleteDraft', { draft: filler })).ok)
  }

  async function allow(quotaSize?: number): Promise<void> {
    const line = await options.createCDPSession()
    const { origin } = session
    await line.send('Storage.overrideQuotaForOrigin', { origin, ...(quotaSize !== undefined && { quotaSize }) })
  }

  async function looksFull(): Promise<true | undefined> {
    const probe = { draft: 'probeprobeprobeprobepr' }
    const text = await composer.evaluate(noise, 400_000)
    const said = await ask(composer, 'saveDraft', { ...probe, windowRequest: null, text })
    if (!said.ok) return said.code === 'full' || undefined
    await answered(ask(composer, 'deleteDraft', probe))
  }

  async function usable(): Promise<void> {
    await answered(ask(options, 'lock', {}))
    await answered(ask(popup, 'unlock', { password }))
    expect(await answered(ask(onboarding, 'practiceOpening', { sealed }))).toEqual({ text })
    expect(await answered(ask(composer, 'resumeDraft', { windowRequest: null, draft }))).toEqual({ text: unfinished })
  }

  /** The revision of the vault that is stored, read from a backup's first line. */
  async function revision(): Promise<number> {
    return JSON.parse(JSON.parse(await backupHead(options)).record.header).revision
  }

  /** Of another vault with the same password, made in a browser of its own. */
  async function largeBackup(): Promise<string> {
    const other = await setUp(kind)
    try {
      await placeVault(other.session, password)
      const composing = await other.session.openExtensionPage('composer.html')
      const long = await composing.evaluate(noise, 500_000)
      await answered(ask(composing, 'saveDraft', { windowRequest: null, draft, text: long }))
      await answered(ask(composing, 'saveDraft', { windowRequest: null, draft: `${draft.slice(1)}x`, text: long }))
      return await backUp(await other.session.openExtensionPage('options.html'))
    } finally {
      await other.end()
    }
  }
})

/** In a page: a text of which nothing can be packed away. */
function noise(length: number): string {
  const bytes = Array.from({ length: Math.ceil(length / 60_000) }, () => crypto.getRandomValues(new Uint8Array(60_000)))
  return bytes
    .flatMap((part) => [...part].map((byte) => String.fromCharCode(33 + (byte % 90))))
    .join('')
    .slice(0, length)
}
