// Every window of ours in a language that is longer than English, has none of its letters, and is written from right to left
// (../../pseudo.ts): every sentence comes from the catalogue, nothing is cut off, and all of it stands as in a mirror.

import { rmSync } from 'node:fs'
import { cp, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import type { Page } from 'puppeteer-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { layoutFaults } from '../../e2e/layout.ts'
import { noticed, ourButton, oursIn, pressOurs } from '../../e2e/ours.ts'
import { quickBuildFor } from '../../e2e/quick.ts'
import { type Kind, kinds, type Session, waitFor } from '../../e2e/session.ts'
import { password, type Setting, setUp } from '../../e2e/setting.ts'
import { settled } from '../../e2e/settled.ts'
import { focusList, lists, putIn } from '../../e2e/shelves.ts'
import { confirmPerson, fill, has, loadAgain, named, press, says, sealedIn, switchOn } from '../../e2e/steps.ts'
import { watched } from '../../e2e/watched.ts'
import { pseudoMessages } from '../../pseudo.ts'
import { counted, plainWords, speak, words } from '../../words.ts'

const messages = pseudoMessages()
const widths = [360, 1000]
/** Firefox opens the popup as wide as it is, and lets nobody change that. */
const popupWidths: Readonly<Record<Kind, readonly number[]>> = { chromium: [344], firefox: [] }

/** What the person writes has no letter of English either. */
const [first, second] = ['Записка\nо лимонах', 'Письмо Аде']

/** A copy of the build that speaks this language. It lasts as long as its worker, whose files may all be served from there. */
async function pseudoBuild(kind: Kind): Promise<string> {
  const folder = await watched(quickBuildFor(kind))
  const parent = await mkdtemp(join(tmpdir(), 'fieldseal-pseudo-'))
  process.once('exit', () => rmSync(parent, { recursive: true, force: true }))
  const made = join(parent, basename(folder))
  await cp(folder, made, { recursive: true })
  await writeFile(join(made, '_locales/en/messages.json'), JSON.stringify(messages))
  return made
}

describe.each(kinds)('in a language of its own, in %s,', (kind) => {
  let setting: Setting
  let session: Session
  let site: Page
  let recoveryKey = ''
  beforeAll(async () => {
    speak(messages)
    setting = await setUp(kind, { extension: await pseudoBuild(kind) })
    session = setting.session
    site = await session.newPage(setting.site.origin)
  })
  afterAll(async () => {
    speak()
    await setting?.end()
  })

  const open = (path: string) => session.openExtensionPage(path)
  /** Another part of a page that is open. */
  const go = (page: Page, hash: string) => page.evaluate((to) => location.replace(to), hash)
  const popup = async (...sentences: string[]) => {
    const page = await session.realPopup(site)
    for (const sentence of sentences) await says(page, sentence)
    await look(page, popupWidths[kind])
    await session.closePopup()
  }

  describe('before there is a vault,', () => {
    test('the popup', () => popup(words('popup.noVault.create')))

    test('onboarding, by all its routes', async () => {
      const page = await open('onboarding.html')
      await press(page, words('onboarding.create.create'))
      await named(page, words('secrets.newPassword.suggest'), 'button')
      await press(page, words('secrets.newPassword.suggest'))
      await look(page)
      for (const [hash, sentence] of [
        ['#recover', words('onboarding.noVault.heading')],
        ['#join', words('onboarding.join.found.nothing')],
        ['#restore', words('onboarding.restore.what')],
        ['#pair', words('onboarding.pair.createNew')],
      ] as const) {
        await go(page, hash)
        await says(page, sentence)
        await look(page)
      }
      await page.close()
    })

    test.each([
      ['options.html', 'options.noVault'],
      ['composer.html', 'errors.general.noVault'],
      ['library.html', 'library.noVault'],
    ] as const)('%s', async (path, key) => {
      const page = await open(path)
      await says(page, words(key))
      await look(page)
      await page.close()
    })

    test('a vault is made, step by step', async () => {
      const page = await open('onboarding.html')
      await fill(page, words('onboarding.create.password'), password)
      await fill(page, words('onboarding.create.repeatPassword'), password)
      await press(page, words('onboarding.create.create'))
      const key = await named(page, words('recovery.newKey.label'))
      recoveryKey = ((await key.evaluate((each) => each.textContent)) ?? '').trim()
      await press(page, words('recovery.newKey.confirm'))
      await look(page)
      for (const [index, group] of recoveryKey.split('-').entries()) {
        const label = words('recovery.newKey.group', { group: index + 1 })
        if (await has(page, label)) await fill(page, label, group)
      }
      await press(page, words('recovery.newKey.confirm'))
      await named(page, words('onboarding.cue.continue'), 'button')
      await look(page)
      await press(page, words('onboarding.cue.continue'))
      await press(page, words('onboarding.practice.seal'))
      await says(page, words('onboarding.practice.websiteHas'))
      await look(page)
      await page.close()
    })
  })

  describe('with a vault that is unlocked,', () => {
    test('the popup', async () => {
      await popup(words('popup.page.lock'))
      await switchOn(session, site)
      await popup(words('popup.site.noTexts'), words('popup.page.lock'))
    })

    test('the options, with all that opens in them', async () => {
      const page = await open('options.html')
      await named(page, words('options.lock'), 'button')
      await press(page, words('optionsAccess.password.change'))
      await press(page, words('optionsRecovery.key.test'))
      await fill(page, words('errors.recoveryKey.label'), 'QQQQ-QQQQ-QQQQ-QQQQ-QQQQ-QQQQ-QQQQ-QQQQ')
      await press(page, words('optionsRecovery.shares.make'))
      await named(page, counted('optionsRecovery.choose.make', { n: 3 }), 'button')
      await look(page)
      await press(page, counted('optionsRecovery.choose.make', { n: 3 }))
      await named(page, words('secrets.proof.heading'), 'dialog')
      await look(page)
      await confirmPerson(page, password)
      await says(page, words('optionsRecovery.handOut.heading'))
      await press(page, words('optionsRecovery.handOut.keep'))
      await says(page, words('optionsRecovery.handOut.unconfirmed'))
      await look(page)
      await press(page, words('optionsRecovery.handOut.confirm'), 'checkbox')
      await press(page, words('optionsRecovery.handOut.keep'))
      await says(page, words('optionsRecovery.shares.inForce'))
      await press(page, words('optionsRecovery.key.cancel'))
      await press(page, words('optionsRecovery.key.replace'))
      await named(page, words('recovery.newKey.label'))
      await press(page, words('optionsAccess.newKeys.vaultReplace'))
      await says(page, words('optionsAccess.rotate.recoveryHeading'))
      await look(page)
      await page.close()
    })

    test('onboarding', async () => {
      const page = await open('onboarding.html')
      for (const [hash, sentence] of [
        ['', words('onboarding.haveVault.heading')],
        ['#recover', words('onboarding.recover.title')],
        ['#shares', words('recovery.shares.first')],
        ['#renew', words('onboarding.renew.heading')],
      ] as const) {
        if (hash !== '') await go(page, hash)
        await says(page, sentence)
        await look(page)
      }
      await page.close()
    })

    test('the library: its list, its texts, and what opens over it', async () => {
      const page = await open('library.html')
      await says(page, words('library.empty.heading'))
      await look(page)
      await putIn(page, [
        { text: first, origin: 'https://127.0.0.2', url: 'https://127.0.0.2/1' },
        { text: second, origin: 'https://127.0.0.3', url: null },
        { text: second },
      ])
      await says(page, counted('library.list.textCount', { n: 3 }))
      await page.click('[role="option"]')
      await named(page, words('libraryEntry.copySealed'), 'button')
      await look(page)
      await press(page, words('libraryEntry.edit'))
      await named(page, words('libraryEntry.editor.save'), 'button')
      await page.keyboard.type('1 ')
      await page.keyboard.press('Escape')
      await says(page, words('libraryEntry.leave.question'))
      await look(page)
      await press(page, words('libraryEntry.leave.save'))
      await lists(page, ['1 Записка'], { only: false })
      // What was saved is read and shown anew.
      await settled(session, page)
      await press(page, words('libraryEntry.versions.compare'))
      await says(page, words('libraryEntry.versions.restoreHint'))
      await look(page)
      await page.select('select', 'site')
      await lists(page, ['127.0.0.2'], { only: false })
      await focusList(page)
      await page.keyboard.press('Home')
      await page.keyboard.press(' ')
      await says(page, counted('library.selection.count', { n: 1 }))
      await look(page)
      await focusList(page)
      await page.keyboard.press('Delete')
      await says(page, counted('library.deletion.deleted', { n: 1 }))
      await look(page)
      await press(page, words('library.deletion.undo'))
      await press(page, words('library.import'))
      await named(page, words('libraryFiles.import.heading'), 'dialog')
      await look(page)
      await page.keyboard.press('Escape')
      await press(page, words('library.export'))
      await press(page, words('libraryFiles.export.kinds.json'), 'radio')
      await says(page, plainWords('libraryFiles.export.warning'))
      await look(page)
      await page.keyboard.press('Escape')
      await press(page, words('library.settings'))
      await says(page, words('library.keep.label'))
      await look(page)
      await page.close()
    })

    test('the composer: empty, with a text, sealed to be copied', async () => {
      const page = await open('composer.html')
      await named(page, words('composer.write.seal'), 'button')
      await look(page)
      await fill(page, words('composer.write.text'), first)
      await says(page, words('composer.write.kept'))
      await look(page)
      await press(page, words('composer.write.seal'))
      await says(page, words('composer.sealed.heading'))
      await look(page)
      await page.close()
    })

    test('what stands in pages: the button, its menu, a notice, and readers', async () => {
      await site.bringToFront()
      await fill(site, 'Note', first)
      await pressOurs(session, site, words('page.button.more'))
      await ourButton(session, site, words('page.menu.compose'))
      await pressOurs(session, site, words('page.menu.seal'))
      await noticed(session, site, words('page.sealing.sealed'))
      expect((await oursIn(session, site)).directions).toEqual(['rtl'])
      const sealed = await sealedIn(site, 'Note')
      await fetch(`${setting.site.origin}/notes`, {
        method: 'POST',
        body: new URLSearchParams({ title: '', note: sealed }),
      })
      await loadAgain(site)
      const frame = await waitFor('a reader', async () => (await session.readerFrames(site))[0])
      await says(frame, words('reader.edit'))
      expect(await frame.evaluate(partsOfReader)).toEqual({ direction: 'rtl', language: 'ar', cut: [] })
    })
  })

  describe('with a vault that is locked,', () => {
    test('the options', async () => {
      const page = await open('options.html')
      await press(page, words('options.lock'))
      await says(page, words('options.locked'))
      await look(page)
      await page.close()
    })

    test('the popup', async () => {
      const page = await session.realPopup(site)
      await fill(page, words('popup.unlock.password'), 'not the password')
      await press(page, words('popup.unlock.unlock'))
      await waitFor('it to be refused', async () => (await page.$$('[role="alert"]')).length > 0)
      await look(page, popupWidths[kind])
      await session.closePopup()
    })

    test.each([
      ['onboarding.html#recover', 'onboarding.recover.title'],
      ['composer.html', 'composer.locked.heading'],
      ['library.html', 'library.locked'],
    ] as const)('%s', async (path, key) => {
      const page = await open(path)
      await says(page, words(key))
      await look(page)
      await page.close()
    })
  })

  test('nothing went wrong unsaid', () => {
    expect(session.problems).toEqual([])
  })
})

/** Runs in a reader. */
function partsOfReader() {
  const strip = document.querySelector<HTMLElement>('.strip, .line')
  const all = [...document.querySelectorAll('.strip, .acts, .strip button')]
  return {
    direction: strip && getComputedStyle(strip).direction,
    language: strip?.lang,
    cut: all
      .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth + 1)
      .map(({ textContent }) => textContent),
  }
}

/** Whatever is there now has no fault, at any of the widths. */
async function look(page: Page, at: readonly number[] = widths): Promise<void> {
  expect.soft(await layoutFaults(page, at)).toEqual([])
}
