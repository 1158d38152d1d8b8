// What a vault must endure besides crashes of its password's change (crashes.test.ts): a background that dies at any write of
// anything else that changes it, storage that is cleared or taken away (full.test.ts: that is full), two windows that change it at
// once, a profile that was copied. Afterwards it is as before or as after, and opens; and what is said of it is true. What was tried
// is printed as a table. It runs in `npm run test:all`: that it may be cut anywhere is tested in test/custody/cuts.test.ts each day.

import { cp, mkdtemp, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'puppeteer-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { words } from '../words.ts'
import { answered, ask, type Reply, send } from './asking.ts'
import { backUp, backupHead } from './backups.ts'
import { launch } from './browsers.ts'
import { moveClock } from './clock.ts'
import { killAtWrites, type Tried, tableOf } from './faults.ts'
import { faults, schemes } from './looking.ts'
import { quickBuildFor } from './quick.ts'
import { masterEpoch, renewal } from './renewals.ts'
import { type BackgroundScope, everything, kinds, type Session, waitFor } from './session.ts'
import { password, type Setting, setUp } from './setting.ts'
import { named, placeVault, prove, says } from './steps.ts'

const text = 'Sealed before the fault, opened after it.'
const unfinished = 'Kept as a draft before the fault.'
const draft = 'draftdraftdraftdraftdr'
const token = 'tokentokentokentokento'

describe.runIf(everything).each(kinds)('in %s', (kind) => {
  let setting: Setting
  let session: Session
  let popup: Page
  let options: Page
  let onboarding: Page
  let composer: Page
  let recoveryKey: string
  let sealed: string
  let foreign: string
  const tried: Tried[] = []

  beforeAll(async () => {
    foreign = await foreignBackup()
    setting = await setUp(kind)
    session = setting.session
    recoveryKey = await placeVault(session, password)
    popup = await session.openExtensionPage('popup.html')
    options = await session.openExtensionPage('options.html')
    onboarding = await session.openExtensionPage('onboarding.html')
    composer = await session.openExtensionPage('composer.html')
    sealed = ((await answered(ask(onboarding, 'practiceSealing', { text }))) as { sealed: string }).sealed
    await answered(ask(composer, 'saveDraft', { windowRequest: null, draft, text: unfinished }))
  })
  afterAll(async () => {
    await setting?.end()
    console.log(tableOf(kind, tried))
  })

  const changes: { what: string; prepare?: () => Promise<unknown>; change: () => Promise<Reply>; key?: true }[] = [
    { what: 'a new text key', change: () => ask(options, 'rotateCircleKey', {}) },
    {
      what: 'a new recovery key',
      prepare: () => prove(options, password),
      change: () => ask(options, 'replaceRecoveryKey', { recoveryKey: proposed }),
      key: true,
    },
    {
      what: 'a new master key',
      change: () => ask(options, 'rotateMasterKey', renewal(password, { kind: 'new', recoveryKey: proposed }, epoch)),
      key: true,
    },
    {
      what: 'restoring a backup',
      prepare: () => send(options, 'stageBackup', { token }, [{ text: foreign }]),
      change: () => ask(options, 'restoreBackup', { token, pieces: 1, secret: { kind: 'password', password } }),
    },
  ]
  let proposed = ''
  let epoch = 1

  test.each(changes)(
    'the background may die at any write of $what',
    async ({ what, prepare, change, key }) => {
      let before = 0
      const left = await killAtWrites(session, {
        prepare: async () => {
          proposed = ((await answered(ask(options, 'proposeRecoveryKey', {}))) as { recoveryKey: string }).recoveryKey
          await prepare?.()
          before = await revision()
          epoch = await masterEpoch(options)
        },
        change,
        look: async (said) => {
          const changed = (await revision()) > before
          if (said?.ok === true) expect(changed || what === 'restoring a backup').toBe(true)
          await usable(key === true && changed ? proposed : recoveryKey)
          return changed ? 'new' : 'old'
        },
      })
      expect(left[0]).toBe('old')
      // Restored once, a backup brings nothing more.
      expect(left.at(-1)).toBe(what === 'restoring a backup' ? 'old' : 'new')
      expect(left).toContain('new')
      tried.push({ fault: 'background killed at a write', during: what, times: left.length, left: counted(left) })
    },
    240_000,
  )

  test('two windows may change it at once: both changes are made, or one is refused', async () => {
    const before = await revision()
    const replies = await Promise.all([
      ask(options, 'rotateCircleKey', {}),
      ask(onboarding, 'recover', { recoveryKey, password, strong: null }),
      ask(options, 'changePassword', { current: password, next: password, strong: null }),
      ask(options, 'rotateCircleKey', {}),
    ])
    const done = replies.filter(({ ok }) => ok).length
    for (const reply of replies) if (!reply.ok) expect(reply.code).toBe('conflict')
    expect((await revision()) - before).toBeGreaterThanOrEqual(done)
    await usable(recoveryKey)
    tried.push({ fault: 'four changes at once', during: 'from two windows', times: 1, left: `${done} made` })
  })

  test('storage.session may be cleared under it: it is locked, and unlocks', async () => {
    await session.inBackground(async (scope: BackgroundScope) => {
      await (scope.chrome as unknown as { storage: { session: { clear(): Promise<void> } } }).storage.session.clear()
    })
    await session.killBackground()
    expect(await answered(ask(options, 'getVaultState', {}))).toMatchObject({ vault: 'locked' })
    await usable(recoveryKey)
    tried.push({ fault: 'storage.session cleared', during: 'unlocked', times: 1, left: 'locked, opens' })
  })

  test('the clock may be moved back and forth', async () => {
    const clocks = [-400, 400, -4_000, 0]
    for (const days of clocks) {
      await moveClock(session, days)
      // Whichever way it went, the time to lock at is nowhere near now.
      await waitFor('it to lock', async () => (await state()) === 'locked')
      await answered(ask(popup, 'unlock', { password }))
      await answered(ask(options, 'rotateCircleKey', {}))
      const again = (await answered(ask(onboarding, 'practiceSealing', { text: `${days} days` }))) as { sealed: string }
      expect(await answered(ask(onboarding, 'practiceOpening', again))).toEqual({ text: `${days} days` })
      expect(await opened()).toBe(text)
    }
    await session.killBackground()
    await usable(recoveryKey)
    tried.push({ fault: 'clock moved', during: 'new text keys', times: clocks.length, left: 'new, each opens' })
  })

  test('the database may be taken away: it says that the browser removed it, and a backup brings it back', async () => {
    const file = await backUp(options)
    await session.inBackground(async () => {
      await new Promise<void>((resolve, reject) => {
        const request = indexedDB.deleteDatabase('fieldseal')
        request.onsuccess = () => resolve()
        request.onerror = () => reject(request.error)
      })
    })
    await session.killBackground()
    expect(await answered(ask(options, 'getVaultState', {}))).toMatchObject({ vault: 'none', removed: true })
    for (const path of ['popup.html', 'options.html', 'library.html', 'composer.html', 'onboarding.html']) {
      const page = await session.openExtensionPage(path)
      await says(page, words('app.vaultRemoved.what'))
      await named(page, words('app.vaultRemoved.restore'), 'button')
      await named(page, words('app.vaultRemoved.join'), 'link')
      for (const scheme of schemes) expect(await faults(page, scheme), path).toEqual([])
      await page.close()
    }
    const headings = {
      restore: words('onboarding.restore.title'),
      join: words('onboarding.join.title'),
      create: words('onboarding.create.title'),
    }
    for (const way of ['restore', 'join', 'create'] as const) {
      const page = await session.openExtensionPage(`onboarding.html#${way}`)
      await named(page, headings[way])
      await page.close()
    }
    expect(await ask(popup, 'unlock', { password })).toEqual({ ok: false, code: 'no-vault' })
    await send(onboarding, 'stageBackup', { token }, [{ text: file }])
    const secret = { kind: 'password', password }
    await answered(ask(onboarding, 'restoreBackup', { token, pieces: 1, secret }))
    await usable(recoveryKey)
    tried.push({ fault: 'database deleted', during: 'unlocked', times: 1, left: 'none, then as in the backup' })
  })

  test('a profile copied to another machine is locked there, and opens by the password', async () => {
    const [folder, copy] = await Promise.all([newFolder(), newFolder()])
    const first = await launch(kind, { userDataDir: folder, extension: quickBuildFor(kind) })
    await placeVault(first, password)
    const page = await first.openExtensionPage('onboarding.html')
    const one = (await answered(ask(page, 'practiceSealing', { text }))) as { sealed: string }
    await first.close()
    // The tests' Firefox tells the extension's address by the folder's name, so that the copy takes its place.
    await cp(folder, copy, { recursive: true })
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
    await rename(copy, folder)
    const second = await launch(kind, { userDataDir: folder, extension: quickBuildFor(kind) })
    try {
      const there = await second.openExtensionPage('onboarding.html')
      expect(await answered(ask(there, 'getVaultState', {}))).toMatchObject({ vault: 'locked' })
      const unlocking = await second.openExtensionPage('popup.html')
      await answered(ask(unlocking, 'unlock', { password }))
      expect(await answered(ask(there, 'practiceOpening', one))).toEqual({ text })
    } finally {
      await second.close()
      await rm(folder, { recursive: true, force: true, maxRetries: 5 })
    }
    tried.push({ fault: 'profile copied', during: 'browser closed', times: 1, left: 'locked, opens' })
  })

  /** It unlocks by its password, its recovery key fits, and what was sealed and kept opens. */
  async function usable(key: string): Promise<void> {
    recoveryKey = key
    await answered(ask(options, 'lock', {}))
    await answered(ask(popup, 'unlock', { password }))
    expect(await opened()).toBe(text)
    expect(await answered(ask(composer, 'resumeDraft', { windowRequest: null, draft }))).toEqual({ text: unfinished })
    await answered(ask(options, 'testRecoveryKey', { recoveryKey }))
  }

  async function state(): Promise<unknown> {
    return ((await answered(ask(options, 'getVaultState', {}))) as { vault: unknown }).vault
  }

  async function opened(): Promise<unknown> {
    return ((await answered(ask(onboarding, 'practiceOpening', { sealed }))) as { text: string }).text
  }

  /** The revision of the vault that is stored, read from a backup's first line. */
  async function revision(): Promise<number> {
    if ((await state()) === 'locked') await answered(ask(popup, 'unlock', { password }))
    return JSON.parse(JSON.parse(await backupHead(options)).record.header).revision
  }

  /** A backup of another vault with the same password, made in a browser of its own. */
  async function foreignBackup(): Promise<string> {
    const other = await setUp(kind)
    try {
      await placeVault(other.session, password)
      return await backUp(await other.session.openExtensionPage('options.html'))
    } finally {
      await other.end()
    }
  }
})

function newFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'fieldseal-profile-'))
}

function counted(left: readonly string[]): string {
  const old = left.filter((each) => each === 'old').length
  return `old ${old} times, new ${left.length - old} times`
}
