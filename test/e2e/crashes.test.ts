// Crashes while the vault is being changed, and what is left on the disk. The background is killed at every write of a
// change of the password and of a recovery: afterwards one of the two passwords unlocks, and texts still open. The browser
// is killed right after it said that the password is changed. No secret and no plaintext is in any file of its profile.

import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'puppeteer-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { answered, area, ask, type Reply } from './asking.ts'
import { launch } from './browsers.ts'
import { isStopped, stopAtWrite } from './faults.ts'
import { kinds, type Session, waitFor } from './session.ts'
import { password, type Setting, setUp } from './setting.ts'
import { createVault, fieldNamed, fill, placeVault, press, reads, says, sealedIn, sealField } from './steps.ts'

const text = 'What was sealed before a crash opens after it.'

describe.each(kinds)('killed in %s,', (kind) => {
  let setting: Setting
  let session: Session
  let popup: Page
  let options: Page
  let onboarding: Page
  let recoveryKey: string
  let sealed: string
  /** The password that unlocks, and how many there have been. */
  let now = password
  let count = 0
  beforeAll(async () => {
    setting = await setUp(kind)
    session = setting.session
    recoveryKey = await placeVault(session, password)
    popup = await session.openExtensionPage('popup.html')
    options = await session.openExtensionPage('options.html')
    onboarding = await session.openExtensionPage('onboarding.html')
    sealed = ((await answered(ask(onboarding, 'practiceSeal', { text }))) as { sealed: string }).sealed
  })
  afterAll(() => setting?.end())

  const changes = [
    {
      change: 'a change of the password',
      ask: (next: string) => ask(options, 'changePassword', { current: now, next }),
    },
    { change: 'a recovery', ask: (next: string) => ask(onboarding, 'recover', { recoveryKey, password: next }) },
  ]
  test.each(changes)(
    '$change leaves the old password or the new one, at whichever write the background died',
    async (one) => {
      const outcomes: string[] = []
      for (let nth = 1, through = false; !through; nth++) {
        const cut = await cutAt(nth, one.ask)
        outcomes.push(cut.opens)
        through = cut.through
      }
      // Cut before anything came of it, cut when it had come about, and at no write twice as different.
      expect(outcomes.join()).toMatch(/^(old,)+new(,new)+$/)
    },
  )

  /** Ends the background at the nth write of a change. Which password unlocks then? `through`: there are fewer writes. */
  async function cutAt(nth: number, change: (next: string) => Promise<Reply>) {
    const next = nextPassword()
    await answered(ask(options, 'lock', {}))
    await stopAtWrite(session, nth)
    const heard = change(next).catch(() => null)
    const through = await Promise.race([
      heard.then(() => true),
      waitFor('the background to stop', () => isStopped(session)).then(() => false),
    ])
    await session.killBackground()
    const said = await heard
    const opens = (await unlocks(next)) ? 'new' : 'old'
    expect(await unlocks(now)).toBe(opens === 'old')
    // What was said to be done is done.
    if (said?.ok === true) expect(opens).toBe('new')
    if (opens === 'new') now = next
    await answered(ask(popup, 'unlock', { password: now }))
    expect(await answered(ask(onboarding, 'practiceOpen', { sealed }))).toEqual({ text })
    return { opens, through }
  }

  async function unlocks(secret: string): Promise<boolean> {
    await answered(ask(options, 'lock', {}))
    const reply = await ask(popup, 'unlock', { password: secret })
    if (!reply.ok) expect(reply.code).toBe('wrong-secret')
    return reply.ok
  }

  function nextPassword(): string {
    count++
    return `the password of vault, number ${count}`
  }
})

const secrets = {
  'the password': 'plover garnet oxbow twelve quay',
  'the password after it': 'hinge marble yonder fjord sixpence',
  'what was sealed in a field': 'Zwiebelkuchen at Fjordgatan 17, knock thrice',
  'what was kept as a draft': 'Xylophone lessons moved to wharf nine, dusk',
}
/** No secrets: what is stored in the extension's own storage, and in its database beside the drafts, is to be found. */
const markers = ['stored-4f1d9b7c2a608e35', 'kept-d07e63b98f52a14c'] as const

describe.each(kinds)('on the disk in %s', (kind) => {
  let setting: Setting
  let session: Session
  let profile: string
  let recoveryKey: string
  beforeAll(async () => {
    profile = await mkdtemp(join(tmpdir(), 'fieldseal-profile-'))
    setting = await setUp(kind, { userDataDir: profile })
    session = setting.session
  })
  afterAll(async () => {
    await setting?.end().catch(() => undefined)
    await rm(profile, { recursive: true, force: true, maxRetries: 5 })
  })

  test('a browser that is killed right after “the password is changed” was said opens with the new one', async () => {
    recoveryKey = await createVault(session, secrets['the password'])
    const options = await session.openExtensionPage('options.html')
    await fill(options, 'Current password', secrets['the password'])
    await fill(options, 'New password', secrets['the password after it'])
    await fill(options, 'Repeat new password', secrets['the password after it'])
    await press(options, 'Change password')
    await says(options, /password is changed/i, 20_000)
    const browser = session.browser.process()
    browser?.kill('SIGKILL')
    await waitFor('the browser to be dead', () => browser?.signalCode === 'SIGKILL')
    session = await launch(kind, { userDataDir: profile })
    const popup = await session.openExtensionPage('popup.html')
    const unlock = (secret: string) => ask(popup, 'unlock', { password: secret })
    expect(await unlock(secrets['the password'])).toEqual({ ok: false, code: 'wrong-secret' })
    expect(await unlock(secrets['the password after it'])).toEqual({ ok: true, value: {} })
    await popup.close()
  })

  test('no password, recovery key or plaintext is in any file of the profile', async () => {
    await session.grantSite(setting.site.origin)
    const page = await session.newPage(setting.site.origin)
    await fill(page, 'Note', secrets['what was sealed in a field'])
    await sealField(session, page, 'Note')
    await sealedIn(page, 'Note')
    await press(page, 'Save note')
    await reads(session, page, [secrets['what was sealed in a field']])
    await (await fieldNamed(page, 'Note')).focus()
    await session.command('compose', page)
    const composer = await session.ownPage('composer.html')
    await fill(composer, 'Text to seal', secrets['what was kept as a draft'])
    await says(composer, 'Draft kept')
    const recover = await session.openExtensionPage('onboarding.html#recover')
    await fill(recover, 'Recovery key', recoveryKey)
    await says(recover, 'no typing errors')
    await area(session, 'local').set({ marker: markers[0] })
    await recover.evaluate(putMarker, markers[1])
    await session.close()

    const files = await filesIn(profile)
    expect(files.length).toBeGreaterThan(20)
    for (const marker of markers) expect(await holding(files, marker)).not.toEqual([])
    const groups = recoveryKey.split('-')
    const written = { 'the recovery key': recoveryKey, 'the recovery key, run together': groups.join('') }
    for (const [what, secret] of Object.entries({ ...secrets, ...written })) {
      expect({ [what]: await holding(files, secret) }).toEqual({ [what]: [] })
    }
  })
})

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries.filter((each) => each.isFile()).map((each) => join(each.parentPath, each.name))
}

/**
 * The files that hold a text as UTF-8 or UTF-16, whole or one half of it. What this cannot see: files that are packed as
 * a whole, like Firefox's sessionstore.jsonlz4. Values in Firefox's databases and blocks of Chromium's are packed by
 * snappy, which leaves a text as it is where it has not occurred shortly before: hence the halves, and the marker.
 */
async function holding(files: readonly string[], wanted: string): Promise<string[]> {
  const half = Math.floor(wanted.length / 2)
  const parts = [wanted.slice(0, half), wanted.slice(half)]
  const needles = parts.flatMap((part) => [Buffer.from(part, 'utf8'), Buffer.from(part, 'utf16le')])
  const found: string[] = []
  for (const file of files) {
    const bytes = await readFile(file)
    if (needles.some((needle) => bytes.includes(needle))) found.push(file)
  }
  return found
}

/** In a page of ours: puts a value beside the preferences, where nobody looks. */
async function putMarker(marker: string): Promise<void> {
  const done = <T>(request: IDBRequest<T>) =>
    new Promise<T>((resolve, reject) => {
      request.onsuccess = () => resolve(request.result)
      request.onerror = () => reject(request.error)
    })
  const db = await done(indexedDB.open('fieldseal'))
  await done(db.transaction('preferences', 'readwrite').objectStore('preferences').put({ marker }, 'marker'))
  db.close()
}
