// Crashes while the vault is being changed, and what is left on the disk. The background is killed at one write in three of a
// change of the password, and in `npm run test:all` at every one, and of a recovery; that they may be cut anywhere is tested in
// test/custody/cuts.test.ts. Afterwards one of the two passwords unlocks, and texts still open. The browser
// is killed right after it said that the password is changed. No secret, no key and no plaintext is in any file of its profile,
// after a day in a vault's life, while the browser runs and when it is closed.

import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'puppeteer-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { decodeBase64url } from '../../src/bytes.ts'
import { readBackup } from '../../src/keyring/backup.ts'
import { unlockWithPassword } from '../../src/keyring/vault.ts'
import { words } from '../words.ts'
import { answered, area, ask, type Reply } from './asking.ts'
import { backUp } from './backups.ts'
import { buildFor, launch } from './browsers.ts'
import { killAtWrites } from './faults.ts'
import { masterEpoch, renewal } from './renewals.ts'
import { everything, kinds, type Session, waitFor } from './session.ts'
import { password, type Setting, setUp } from './setting.ts'
import { createVault, fieldNamed, fill, placeVault, press, prove, reads, says, sealedIn, sealField } from './steps.ts'

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
    sealed = ((await answered(ask(onboarding, 'practiceSealing', { text }))) as { sealed: string }).sealed
  })
  afterAll(() => setting?.end())

  const changes = [
    {
      change: 'a change of the password',
      ask: (next: string) => ask(options, 'changePassword', { current: now, next, strong: null }),
    },
    {
      change: 'a recovery',
      ask: (next: string) => ask(onboarding, 'recover', { recoveryKey, password: next, strong: null }),
    },
  ]
  test.each(everything ? changes : changes.slice(0, 1))(
    '$change leaves the old password or the new one, wherever the background died',
    async (one) => {
      let next = ''
      const outcomes = await killAtWrites(session, {
        prepare: async () => {
          next = nextPassword()
          await answered(ask(options, 'lock', {}))
        },
        change: () => one.ask(next),
        look: (said) => whichUnlocks(next, said),
      })
      // Cut before anything came of it, cut when it had come about, and not once this way and once that.
      expect(outcomes.join()).toMatch(everything ? /^(old,)+new(,new)+$/ : /^(old,)+new(,new)*$/)
    },
  )

  async function whichUnlocks(next: string, said: Reply | null): Promise<'old' | 'new'> {
    const opens = (await unlocks(next)) ? 'new' : 'old'
    expect(await unlocks(now)).toBe(opens === 'old')
    // What was said to be done is done.
    if (said?.ok === true) expect(opens).toBe('new')
    if (opens === 'new') now = next
    await answered(ask(popup, 'unlock', { password: now }))
    expect(await answered(ask(onboarding, 'practiceOpening', { sealed }))).toEqual({ text })
    return opens
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
/** Names that stand in the vault: of those who have shares, and its own. */
const names = ['Quirina Blauwvogel', 'Ephraim Dunkelgrün', 'Tresor am Mühlbach'] as const
/** No secrets: what is stored in the extension's own storage, and in its database beside the drafts, is to be found. */
const markers = ['stored-4f1d9b7c2a608e35', 'kept-d07e63b98f52a14c'] as const

describe.each(kinds)('on the disk in %s', (kind) => {
  let setting: Setting
  let session: Session
  let profile: string
  let recoveryKey: string
  const keys: Uint8Array[] = []
  const written: string[] = []
  beforeAll(async () => {
    profile = await mkdtemp(join(tmpdir(), 'fieldseal-profile-'))
    setting = await setUp(kind, { userDataDir: profile, extension: buildFor(kind) })
    session = setting.session
  })
  afterAll(async () => {
    await setting?.end().catch(() => undefined)
    await rm(profile, { recursive: true, force: true, maxRetries: 5 })
  })

  test('a browser that is killed right after “the password is changed” was said opens with the new one', async () => {
    recoveryKey = await createVault(session, secrets['the password'])
    const options = await session.openExtensionPage('options.html')
    await fill(options, words('optionsAccess.password.current'), secrets['the password'])
    await fill(options, words('optionsAccess.password.next'), secrets['the password after it'])
    await fill(options, words('optionsAccess.password.repeat'), secrets['the password after it'])
    await press(options, words('optionsAccess.password.change'))
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
    await fill(composer, words('composer.write.text'), secrets['what was kept as a draft'])
    await says(composer, words('composer.write.kept'))
    const recover = await session.openExtensionPage('onboarding.html#recover')
    await fill(recover, words('errors.recoveryKey.label'), recoveryKey)
    await says(recover, 'no typing errors')
    await restOfTheDay()
    await area(session, 'local').set({ marker: markers[0] })
    await recover.evaluate(putMarker, markers[1])

    // Once while everything is open, and once when the browser has put all of it away.
    expect(await found()).toEqual([])
    await session.close()
    for (const marker of markers) expect(await holding(await filesIn(profile), marker)).not.toEqual([])
    expect(await found()).toEqual([])
  })

  /** What a vault is used for besides: shares, backups, new keys, locks. Notes the keys there are. */
  async function restOfTheDay(): Promise<void> {
    const options = await session.openExtensionPage('options.html')
    const password = secrets['the password after it']
    const keep = async () => {
      const { record } = readBackup(await backUp(options))
      const vault = await unlockWithPassword(record, password)
      const circles = vault.body.circles.flatMap(({ keys }) => keys.map(({ key }) => decodeBase64url(key)))
      keys.push(vault.masterKey, ...circles)
    }
    await keep()
    const made = (await answered(ask(options, 'proposeShares', { threshold: 2, count: 3 }))) as { shares: string[] }
    await prove(options, password)
    await answered(ask(options, 'replaceShares', { shares: made.shares, names: [names[0], names[1], ''] }))
    for (const share of made.shares) written.push(share, share.replaceAll('-', ''))
    await answered(ask(options, 'nameVault', { vaultName: names[2] }))
    await answered(ask(options, 'rotateCircleKey', {}))
    const proposed = (await answered(ask(options, 'proposeRecoveryKey', {}))) as { recoveryKey: string }
    written.push(proposed.recoveryKey, proposed.recoveryKey.replaceAll('-', ''))
    const recovery = { kind: 'new', recoveryKey: proposed.recoveryKey } as const
    await answered(ask(options, 'rotateMasterKey', renewal(password, recovery, await masterEpoch(options))))
    await keep()
    await answered(ask(options, 'lock', {}))
    const popup = await session.openExtensionPage('popup.html')
    await answered(ask(popup, 'unlock', { password }))
    expect(new Set(keys.map((key) => Buffer.from(key).toString('hex'))).size).toBeGreaterThanOrEqual(5)
  }

  /** Which secrets are in which files of the profile. */
  async function found(): Promise<string[]> {
    const files = await filesIn(profile)
    expect(files.length).toBeGreaterThan(20)
    const texts = [...Object.values(secrets), recoveryKey, recoveryKey.replaceAll('-', ''), ...names, ...written]
    const wanted = texts.map((text) => ({ what: `“${text}”`, needles: needlesOf(text) }))
    for (const key of keys) {
      const bytes = Buffer.from(key)
      const spelled = (['base64url', 'hex'] as const).flatMap((encoding) => needlesOf(bytes.toString(encoding)))
      wanted.push({ what: 'a key', needles: [bytes.subarray(0, 16), bytes.subarray(16), ...spelled] })
    }
    const seen: string[] = []
    for (const file of files) {
      const bytes = await contentOf(file)
      for (const { what, needles } of wanted)
        if (needles.some((needle) => bytes.includes(needle))) seen.push(`${what} in ${file}`)
    }
    return seen
  }
})

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries.filter((each) => each.isFile()).map((each) => join(each.parentPath, each.name))
}

/**
 * What is looked for of a text: one half of it, as UTF-8 or UTF-16. What this cannot see: files that are packed as
 * a whole, like Firefox's sessionstore.jsonlz4. Values in Firefox's databases and blocks of Chromium's are packed by
 * snappy, which leaves a text as it is where it has not occurred shortly before: hence the halves, and the marker.
 */
function needlesOf(wanted: string): Buffer[] {
  const half = Math.floor(wanted.length / 2)
  const parts = [wanted.slice(0, half), wanted.slice(half)]
  return parts.flatMap((part) => [Buffer.from(part, 'utf8'), Buffer.from(part, 'utf16le')])
}

async function holding(files: readonly string[], wanted: string): Promise<string[]> {
  const needles = needlesOf(wanted)
  const found: string[] = []
  for (const file of files) {
    const bytes = await contentOf(file)
    if (needles.some((needle) => bytes.includes(needle))) found.push(file)
  }
  return found
}

/** A running browser takes files away. */
function contentOf(file: string): Promise<Buffer> {
  return readFile(file).catch(() => Buffer.alloc(0))
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
