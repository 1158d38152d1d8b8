// What keeps a vault for years: a backup saved as a file by the real browser, restored in another one; new keys in the place
// of old ones, with everything that was sealed before still readable.

import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ElementHandle, Page } from 'puppeteer-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readBackup } from '../../../src/keyring/backup.ts'
import { answered, ask, type Reply } from '../../e2e/asking.ts'
import { kinds, type Session, waitFor } from '../../e2e/session.ts'
import { password, type Setting, setUp } from '../../e2e/setting.ts'
import { confirmRecoveryKey, fill, placeVault, press, says } from '../../e2e/steps.ts'
import { counted, words } from '../../words.ts'

const plain = 'To be read in twenty years.'
const unfinished = 'Half a thought, kept.'
const draft = 'draftdraftdraftdraftdr'

describe.each(kinds)('in %s', (kind) => {
  let folder: string
  let setting: Setting
  let session: Session
  let options: Page
  let composer: Page
  let sealed: string
  let file: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'fieldseal-files-'))
    setting = await setUp(kind, {
      prefs: {
        'browser.download.folderList': 2,
        'browser.download.dir': folder,
        'browser.download.start_downloads_in_tmp_dir': false,
      },
    })
    session = setting.session
    if (kind === 'chromium') {
      const line = await session.browser.target().createCDPSession()
      await line.send('Browser.setDownloadBehavior', { behavior: 'allow', downloadPath: folder })
    }
    await placeVault(session, password)
    composer = await session.openExtensionPage('composer.html')
    await answered(ask(composer, 'saveDraft', { windowRequest: null, draft, text: unfinished }))
    sealed = await sealOne(session, plain)
    options = await session.openExtensionPage('options.html')
  })
  afterAll(async () => {
    await setting?.end()
    await rm(folder, { recursive: true, force: true })
  })

  test('a backup file is saved, is whole, and holds nothing that can be read', async () => {
    await press(options, words('backup.save.save'))
    await says(options, words('backup.save.saved'))
    file = await waitFor('the file', async () => {
      const [name, ...others] = (await readdir(folder)).filter((each) => each.endsWith('.fieldseal'))
      return name !== undefined && others.length === 0 ? join(folder, name) : null
    })
    const text = await waitFor('all of the file', async () => {
      const found = await readFile(file, 'utf8')
      return found.endsWith('}\n') ? found : null
    })
    expect(readBackup(text)).toMatchObject({ state: 'whole', damagedLines: [] })
    expect(readBackup(text).documents.length).toBe(1)
    for (const each of [plain, unfinished, password, 'Personal']) expect(text).not.toContain(each)
    expect(await state(options)).toMatchObject({ backup: { at: expect.any(Number), due: false } })
  })

  test('a new text key is started, and older texts stay readable', async () => {
    await press(options, words('optionsAccess.newKeys.textsStart'))
    await says(options, words('optionsAccess.newKeys.textsDone'))
    expect(await opened(session, sealed)).toBe(plain)
  })

  test('restored into the same vault, the file says that it is older and takes nothing back', async () => {
    const later = await sealOne(session, 'Under the newer key.')
    await answered(ask(composer, 'deleteDraft', { draft }))
    await choose(options, file)
    await says(options, words('backup.brings.older'))
    await says(options, counted('backup.brings.texts', { n: 1 }))
    await press(options, words('backup.restore.restore'))
    await says(options, words('backup.restore.restored'))
    expect(await opened(session, later)).toBe('Under the newer key.')
    expect(await answered(ask(composer, 'resumeDraft', { windowRequest: null, draft }))).toEqual({ text: unfinished })
  })

  test('something else is refused by words, and can be chosen again', async () => {
    await options.close()
    options = await session.openExtensionPage('options.html')
    const wrong = join(folder, 'wrong.fieldseal')
    for (const content of ['', 'Dear diary,\n', '{"format":"fieldseal/v1/backup"}\n']) {
      await writeFile(wrong, content)
      expect(await refused(options, wrong)).toContain(words('errors.restore.damaged'))
    }
    await writeFile(wrong, '{"format":"fieldseal/v9/backup"}\n')
    expect(await refused(options, wrong)).toContain('made by a newer version')
  })

  test('a new master key leaves password and texts good, and nothing else of the old way in', async () => {
    await options.close()
    options = await session.openExtensionPage('options.html')
    await press(options, words('optionsAccess.newKeys.vaultReplace'))
    await press(options, words('optionsAccess.rotate.recoveryNew'))
    const recoveryKey = await confirmRecoveryKey(options)
    await fill(options, words('optionsAccess.rotate.password'), 'not the password')
    await press(options, words('optionsAccess.rotate.replace'))
    await says(options, words('errors.newMasterKey.wrongSecret'))
    await fill(options, words('optionsAccess.rotate.password'), password)
    await press(options, words('optionsAccess.rotate.replace'))
    await says(options, words('optionsAccess.rotate.done'), 30_000)
    expect(await opened(session, sealed)).toBe(plain)
    expect(await answered(ask(composer, 'resumeDraft', { windowRequest: null, draft }))).toEqual({ text: unfinished })
    await answered(ask(options, 'lock', {}))
    const onboarding = await session.openExtensionPage('onboarding.html#recover')
    await answered(ask(onboarding, 'recover', { recoveryKey, password, strong: null }))
    expect(await opened(session, sealed)).toBe(plain)
    await onboarding.close()
  })

  test('in a browser without a vault, the file brings back the vault with its texts', async () => {
    const other = await setUp(kind)
    try {
      const page = await other.session.openExtensionPage('onboarding.html#restore')
      await choose(page, file)
      await says(page, new RegExp(`${counted('backup.file.made', { n: 1, date: '.*' })} ${words('backup.file.whole')}`))
      await fill(page, words('backup.restore.password'), 'not the password')
      await press(page, words('backup.restore.open'))
      await says(page, words('errors.openBackup.wrongSecret'))
      expect(await state(page)).toMatchObject({ vault: 'none' })
      await fill(page, words('backup.restore.password'), password)
      await press(page, words('backup.restore.open'))
      await says(page, words('backup.brings.yours'), 30_000)
      await press(page, words('backup.restore.restore'))
      await says(page, words('backup.restore.restored'), 30_000)
      expect(await opened(other.session, sealed)).toBe(plain)
      const restored = await other.session.openExtensionPage('composer.html')
      expect(await answered(ask(restored, 'resumeDraft', { windowRequest: null, draft }))).toEqual({ text: unfinished })
      expect(other.session.problems).toEqual([])
    } finally {
      await other.end()
    }
  })

  test('nobody complained', () => {
    expect(session.problems).toEqual([])
  })
})

/** Chooses a file by the button for it. */
async function choose(page: Page, path: string): Promise<void> {
  const input = (await page.waitForSelector('input[type=file]')) as ElementHandle<HTMLInputElement>
  await input.uploadFile(path)
}

/** Chooses a file that is refused, and gives what is said of it; said again, it is another element. */
async function refused(page: Page, path: string): Promise<string> {
  const alert = () => page.evaluate(() => document.querySelector('.restore [role=alert]')?.id ?? '')
  const before = await alert()
  await choose(page, path)
  await waitFor('the file to be refused', async () => ![before, ''].includes(await alert()))
  return page.evaluate(() => document.querySelector('.restore [role=alert]')?.textContent ?? '')
}

function state(page: Page): Promise<unknown> {
  return answered(ask(page, 'getVaultState', {}))
}

async function sealOne(session: Session, text: string): Promise<string> {
  const page = await session.openExtensionPage('onboarding.html')
  const { sealed } = (await answered(ask(page, 'practiceSealing', { text }))) as { sealed: string }
  await page.close()
  return sealed
}

/** What a sealed text says, or why it does not open. */
async function opened(session: Session, sealed: string): Promise<unknown> {
  const page = await session.openExtensionPage('onboarding.html')
  const reply: Reply = await ask(page, 'practiceOpening', { sealed })
  await page.close()
  return reply.ok ? (reply.value as { text: string }).text : reply
}
