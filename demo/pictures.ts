// `npm run pictures`: drives the built extension in real browsers, on the demo site, and takes a picture of every page and
// state into docs/images/. The vault in them is made for the pictures and thrown away with its profile.
// `node demo/pictures.ts --only=popup,site` takes some groups alone; each begins with a vault of its own.

import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import type { ElementHandle, Page } from 'puppeteer-core'
import { type CircleKey, randomBytes } from '../src/bytes.ts'
import { sealText } from '../src/crypto/text.ts'
import { buildFor } from '../test/e2e/browsers.ts'
import { type Kind, pause, type Session, waitFor } from '../test/e2e/session.ts'
import { type Setting, setUp } from '../test/e2e/setting.ts'
import {
  createVault,
  fieldNamed,
  fill,
  lock,
  named,
  press,
  reads,
  sealedIn,
  sealField,
  switchOn,
  unlock,
} from '../test/e2e/steps.ts'
import { words } from '../test/words.ts'
import { libraryPictures } from './libraryPictures.ts'
import { startSite } from './site.ts'

const folder = fileURLToPath(new URL('../docs/images', import.meta.url))
const password = 'five lanterns above the old harbour'
const texts = [
  'Meet me at the old bridge at nine.\nBring the blue lantern, and tell nobody.',
  'The spare key is under the third flowerpot.',
] as const
/** How long a page may take to settle: transitions, the strength estimator, frames that size themselves. */
const settleMs = 500
const triesAtMost = 3

const groups: Record<string, (kind: Kind) => Promise<void>> = {
  onboarding: (kind) => withSetting(kind, onboarding),
  popup: (kind) => withVault(kind, popup),
  options: (kind) => withVault(kind, options),
  composer: (kind) => withVault(kind, composer),
  library: (kind) => withVault(kind, ({ session }, page) => libraryPictures(session, page, take, inDark)),
  site: (kind) => withVault(kind, siteGroup),
  firefox: () => withVault('firefox', firefox),
}

async function withSetting(kind: Kind, work: (setting: Setting) => Promise<void>): Promise<void> {
  const setting = await setUp(kind, { headless: true, bars: true, extension: buildFor(kind) })
  try {
    // It opens by itself at install, and would come before what is to be seen.
    await (await setting.session.ownPage('onboarding.html')).close()
    await work(setting)
  } finally {
    await setting.end()
  }
}

/** The setting with a vault in it, and the demo site open and switched on. */
function withVault(
  kind: Kind,
  work: (setting: Setting, page: Page, recoveryKey: string) => Promise<void>,
): Promise<void> {
  return withSetting(kind, async (setting) => {
    const { session, site } = setting
    const recoveryKey = await createVault(session, password)
    const page = await session.newPage(site.origin)
    await work(setting, page, recoveryKey)
  })
}

/** A picture of what stands in the page down to `height`, or to the end of its content. */
async function take(page: Page, name: string, width: number, height?: number): Promise<void> {
  await page.bringToFront()
  await page.setViewport({ width, height: height ?? 900 })
  await pause(settleMs)
  const end = height ?? (await page.evaluate(() => Math.ceil(document.body.getBoundingClientRect().bottom + scrollY)))
  if (height === undefined) await page.setViewport({ width, height: end })
  await pause(settleMs)
  await page.screenshot({ path: join(folder, `${name}.png`) as `${string}.png` })
  console.log(`  ${name}`)
}

/** A picture of the toolbar popup, which the browser makes as large as its content. */
async function takePopup(shown: Page, name: string): Promise<void> {
  await pause(settleMs)
  const { width, height } = await shown.evaluate(() => {
    const { offsetWidth, offsetHeight } = document.body
    return { width: offsetWidth, height: offsetHeight }
  })
  const path = join(folder, `${name}.png`) as `${string}.png`
  await shown.screenshot({ path, clip: { x: 0, y: 0, width, height }, captureBeyondViewport: false })
  console.log(`  ${name}`)
}

async function inDark(page: Page, isDark: boolean): Promise<void> {
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: isDark ? 'dark' : 'light' }])
}

// ── the groups ──

async function onboarding({ session, site }: Setting): Promise<void> {
  const at = await session.newPage(site.origin)
  const popupPage = await session.realPopup(at)
  await named(popupPage, words('popup.noVault.create'), 'button')
  await takePopup(popupPage, 'popup-no-vault')
  await session.closePopup()
  const page = await session.openExtensionPage('onboarding.html')
  const width = 820
  await page.setViewport({ width, height: 900 })
  await fill(page, words('onboarding.create.password'), password)
  await press(page, words('secrets.newPassword.suggest'))
  await take(page, 'onboarding-password', width)
  await fill(page, words('onboarding.create.repeatPassword'), password)
  await press(page, words('onboarding.create.create'))
  const shown = await named(page, words('recovery.newKey.label'))
  const recoveryKey = await shown.evaluate((each) => (each.textContent ?? '').trim())
  await take(page, 'onboarding-recovery-key', width)
  const groupsAsked = await askedGroups(page)
  await fill(page, `Group ${groupsAsked[0]}`, recoveryKey.split('-')[(groupsAsked[0] ?? 1) - 1] ?? '')
  await fill(page, `Group ${groupsAsked[1]}`, 'QQQQ')
  await press(page, 'Confirm')
  await take(page, 'onboarding-confirm', width)
  await fill(page, `Group ${groupsAsked[1]}`, recoveryKey.split('-')[(groupsAsked[1] ?? 1) - 1] ?? '')
  await press(page, 'Confirm')
  await named(page, words('onboarding.cue.continue'), 'button', 30_000)
  await take(page, 'onboarding-cue', width)
  await press(page, words('onboarding.cue.continue'))
  await press(page, words('onboarding.practice.seal'))
  await named(page, words('onboarding.practice.again'), 'button')
  await take(page, 'onboarding-practice', width)
}

async function askedGroups(page: Page): Promise<number[]> {
  const labels = await page.$$eval('label', (all) => all.map((label) => label.textContent ?? ''))
  return labels.flatMap((label) => /^Group (\d)$/.exec(label)?.[1] ?? []).map(Number)
}

async function popup({ session, site }: Setting, page: Page): Promise<void> {
  let shown = await session.realPopup(page)
  await named(shown, words('popup.site.use'), 'switch')
  await takePopup(shown, 'popup-site-off')
  await session.closePopup()
  await switchOn(session, page)
  await keep(site.origin, 'Tomorrow', await sealedOn(session, page, texts[0]))
  await page.reload()
  await reads(session, page, [texts[0]])
  await pause(settleMs)
  shown = await session.realPopup(page)
  await named(shown, words('popup.page.lock'), 'button')
  await takePopup(shown, 'popup-site-on')
  await inDark(shown, true)
  await takePopup(shown, 'popup-site-on-dark')
  await inDark(shown, false)
  await press(shown, words('popup.page.lock'))
  await named(shown, words('popup.unlock.unlock'), 'button')
  await takePopup(shown, 'popup-locked')
  await fill(shown, words('popup.unlock.password'), 'five lanterns above the new harbour')
  await press(shown, words('popup.unlock.unlock'))
  await waitFor('the popup to refuse', () => shown.evaluate(() => document.querySelector('.notice') !== null))
  await takePopup(shown, 'popup-wrong-password')
  await inDark(shown, true)
  await takePopup(shown, 'popup-wrong-password-dark')
  await session.closePopup()
}

async function options({ session }: Setting, at: Page, recoveryKey: string): Promise<void> {
  const width = 820
  await switchOn(session, at)
  const page = await session.openExtensionPage('options.html')
  await named(page, words('optionsAccess.password.change'), 'button')
  await take(page, 'options', width, 900)
  await inDark(page, true)
  await take(page, 'options-dark', width, 900)
  await page.close()
  await lock(session, at)
  const recovery = await session.openExtensionPage('onboarding.html#recover')
  await fill(recovery, words('errors.recoveryKey.label'), slipped(recoveryKey))
  await fill(recovery, words('onboarding.recover.newPassword'), 'seven lanterns beneath the old harbour')
  await press(recovery, words('onboarding.recover.set'))
  await take(recovery, 'recover-typing-error', width)
}

/** A recovery key with one wrong letter in its fifth group. */
function slipped(key: string): string {
  const at = 'XXXX-XXXX-XXXX-XXXX-X'.length
  return `${key.slice(0, at)}${key[at] === 'Q' ? 'P' : 'Q'}${key.slice(at + 1)}`
}

async function composer({ session }: Setting, page: Page): Promise<void> {
  const size = [460, 420] as const
  await switchOn(session, page)
  const open = async () => {
    await page.bringToFront()
    await (await fieldNamed(page, 'Note')).focus()
    await session.command('compose', page)
    const opened = await session.ownPage('composer.html')
    await named(opened, words('composer.write.text'))
    return opened
  }
  let own = await open()
  await take(own, 'composer-empty', ...size)
  await fill(own, words('composer.write.text'), texts[0])
  await pause(1500)
  await take(own, 'composer-text', ...size)
  await inDark(own, true)
  await take(own, 'composer-text-dark', ...size)
  await inDark(own, false)
  await lock(session, page)
  await own.bringToFront()
  await take(own, 'composer-locked', ...size)
  await own.close()
  await page.bringToFront()
  await unlock(session, password, page)
  own = await open()
  await take(own, 'composer-unfinished', ...size)
  await fill(own, words('composer.write.text'), texts[1])
  await page.goto(`${new URL(page.url()).origin}/stored`)
  await own.bringToFront()
  await press(own, 'Seal')
  await named(own, words('composer.sealed.copy'), 'button')
  await take(own, 'composer-copy', ...size)
}

async function siteGroup({ session, site }: Setting, page: Page): Promise<void> {
  const width = 1000
  await page.setViewport({ width, height: 700 })
  await switchOn(session, page)
  await fill(page, 'Title', 'Tomorrow')
  await fill(page, 'Note', texts[0])
  await (await fieldNamed(page, 'Note')).click()
  await take(page, 'site-button', width, 520)
  const more = await besideField(await fieldNamed(page, 'Note'))
  await page.mouse.click(more.x, more.y)
  await take(page, 'site-menu', width, 520)
  await page.mouse.click(more.x, more.y)
  await sealField(session, page, 'Note')
  const sealed = await sealedIn(page, 'Note')
  await take(page, 'site-sealed', width, 560)
  await keep(site.origin, 'Tomorrow', sealed)
  await keep(site.origin, 'Where it is', await sealedOn(session, page, texts[1]))
  await visit(page, site.origin)
  await reads(session, page, texts)
  await take(page, 'site-opened', width)
  await inDark(page, true)
  await visit(page, site.origin)
  await reads(session, page, texts)
  await take(page, 'site-opened-dark', width)
  await lock(session, page)
  await take(page, 'site-locked-dark', width)
  await inDark(page, false)
  await visit(page, site.origin)
  await take(page, 'site-locked', width)
  await unlock(session, password, page)
  await reads(session, page, texts)
  await take(page, 'site-opened-narrow', 400)
  await inField(session, page, sealed)
  // Without Fieldseal, as whoever runs the site sees it.
  await session.revokeAll()
  await visit(page, `${site.origin}/stored`)
  await take(page, 'site-stored', width)
  await switchOn(session, page)
  await states(session, page, site.origin, sealed)
}

/** Goes to a page with all of it near enough to the eye for its texts to be opened. */
async function visit(page: Page, url: string): Promise<void> {
  await page.bringToFront()
  await page.setViewport({ width: 1000, height: 1000 })
  await page.goto(url)
}

/** What cannot be opened, and what was sealed elsewhere. */
async function states(session: Session, page: Page, origin: string, sealed: string): Promise<void> {
  const home = await mkdtemp(join(tmpdir(), 'fieldseal-pictures-'))
  const other = await startSite({ file: join(home, 'notes.json') })
  const elsewhere = await session.newPage(other.origin)
  const foreign = await sealedOn(session, elsewhere, 'Written somewhere else.')
  await elsewhere.close()
  await other.close()
  await rm(home, { recursive: true, force: true })
  const minutes = Math.floor(Date.now() / 60_000)
  const stranger = await sealText(randomBytes(32) as CircleKey, { text: texts[1], minutes, origin })
  const at = 90
  await clear(page, origin)
  await keep(origin, 'For someone else', stranger)
  await keep(origin, 'Copied from another site', foreign)
  await keep(
    origin,
    'Changed by someone',
    sealed.slice(0, at) + (sealed[at] === 'a' ? 'b' : 'a') + sealed.slice(at + 1),
  )
  await visit(page, origin)
  await waitFor('all frames to be there', async () => (await session.readerFrames(page)).length === 3)
  await take(page, 'site-states', 1000)
}

/** A field that holds a sealed text, with the opened text shown below it. */
async function inField(session: Session, page: Page, sealed: string): Promise<void> {
  await visit(page, new URL(page.url()).origin)
  await fill(page, 'Note', sealed)
  const note = await fieldNamed(page, 'Note')
  await (await fieldNamed(page, 'Title')).click()
  await note.click()
  const more = await besideField(note)
  await page.mouse.click(more.x, more.y)
  await pause(settleMs)
  // The last of the two entries that a field with a sealed text has.
  await page.mouse.click(more.x - 60, more.y + 60)
  await waitFor('the opened text', async () => (await session.readerFrames(page)).length === 3)
  await pause(settleMs)
  await take(page, 'site-field-opened', 1000, 560)
}

async function firefox({ session, site }: Setting, page: Page): Promise<void> {
  await switchOn(session, page)
  await keep(site.origin, 'Tomorrow', await sealedOn(session, page, texts[0]))
  await keep(site.origin, 'Where it is', await sealedOn(session, page, texts[1]))
  await visit(page, site.origin)
  await reads(session, page, texts)
  await take(page, 'firefox-site-opened', 1000)
  const own = await session.openExtensionPage('options.html')
  await named(own, words('optionsAccess.password.change'), 'button')
  await take(own, 'firefox-options', 820, 700)
}

// ── steps of their own ──

/** Seals a text in the note field of the demo site, and gives what the field then holds. The site is not sent it. */
async function sealedOn(session: Session, page: Page, text: string): Promise<string> {
  await page.goto(new URL(page.url()).origin)
  await fill(page, 'Note', text)
  await sealField(session, page, 'Note')
  return sealedIn(page, 'Note')
}

/** Has the site store a note, as its form would. */
async function keep(origin: string, title: string, note: string): Promise<void> {
  const headers = { 'content-type': 'application/json' }
  await fetch(`${origin}/notes`, { method: 'POST', headers, body: JSON.stringify({ title, note }), redirect: 'manual' })
}

async function clear(page: Page, origin: string): Promise<void> {
  await page.goto(origin)
  for (;;) {
    const form = await page.$('article form')
    if (form === null) return
    await Promise.all([page.waitForNavigation(), form.evaluate((each) => (each as HTMLFormElement).submit())])
  }
}

/** The middle of the small button's arrow, which stands to the right of a field where there is room. */
async function besideField(field: ElementHandle<Element>): Promise<{ x: number; y: number }> {
  const box = await field.boundingBox()
  return { x: (box?.x ?? 0) + (box?.width ?? 0) + 40, y: (box?.y ?? 0) + 13 }
}

const { values } = parseArgs({ options: { only: { type: 'string' } } })
const asked = values.only?.split(',') ?? Object.keys(groups)
await mkdir(folder, { recursive: true })
for (const [name, group] of Object.entries(groups)) {
  if (!asked.includes(name)) continue
  for (let tried = 1; ; tried++) {
    console.log(tried === 1 ? name : `${name}, once more`)
    try {
      await group('chromium')
      break
    } catch (thrown) {
      // A driven browser loses a frame now and then on a busy machine.
      if (tried === triesAtMost) throw thrown
      console.error(thrown instanceof Error ? thrown.message : thrown)
    }
  }
}
