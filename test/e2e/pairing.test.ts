// Two browsers that share nothing, paired for real: Chromium shows its vault and Firefox takes it in, by pictures of its
// screen, by a saved file and by a copied text; and Chromium takes in with its camera what Firefox shows.

import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ElementHandle, Page } from 'puppeteer-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { progressSentences } from '../../src/ui/pairing/words.ts'
import { altered } from '../altered.ts'
import { anyValue, counted, patternOf, words, wordsWithin } from '../words.ts'
import { answered, ask, vaultRow } from './asking.ts'
import { launch } from './browsers.ts'
import { type DrawnCode, writeFilm } from './film.ts'
import { faults, focus, schemes, setScheme, tabTo } from './looking.ts'
import { quickBuildFor } from './quick.ts'
import { kinds, type Session, waitFor } from './session.ts'
import { password } from './setting.ts'
import { confirmPerson, fill, named, placeVault, press, prove, says } from './steps.ts'

const plain = 'From one browser to the other.'
const file = (name: string) => join(folder, name)
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fieldseal-pairing-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

describe('Chromium shows, Firefox takes in', () => {
  let chromium: Session
  let firefox: Session
  let shows: Page
  let takes: Page
  let code: string
  let pictures: string[]
  beforeAll(async () => {
    chromium = await launch('chromium', { extension: quickBuildFor('chromium') })
    firefox = await launch('firefox', { extension: quickBuildFor('firefox') })
    const line = await chromium.browser.target().createCDPSession()
    await line.send('Browser.setDownloadBehavior', { behavior: 'allow', downloadPath: folder })
    await placeVault(chromium, password)
    shows = await chromium.openExtensionPage('options.html')
  })
  afterAll(async () => {
    await chromium?.close()
    await firefox?.close()
  })

  test('a code and moving pictures are shown, with the time that is left', async () => {
    await press(shows, words('pairing.show.title'))
    await confirmPerson(shows, password)
    code = await shownCode(shows)
    expect(code).toMatch(/^([0-9A-Z]{4}-){4}[0-9A-Z]{4}$/)
    await says(shows, new RegExp(words('pairing.show.shownFor', { clock: '[45]:\\d\\d' })))
    const first = await pictureName(shows)
    await waitFor('another picture', async () => (await pictureName(shows)) !== first)
    await allCanRead(chromium, shows)
  })

  test('they stand still when that is asked, by the keyboard alone, and move no more by themselves', async () => {
    await tabTo(shows, words('pairing.pictures.pause'))
    await shows.keyboard.press('Enter')
    const name = await pictureName(shows)
    const count = pictureNumbers(name).count
    pictures = []
    for (let nth = 0; nth < count; nth++) {
      await named(shows, await pictureName(shows))
      const path = file(`picture-${nth}.png`)
      await shows.screenshot({ path: path as `${string}.png` })
      pictures.push(path)
      await tabTo(shows, words('pairing.pictures.next'))
      await shows.keyboard.press('Enter')
    }
    expect(await pictureName(shows)).toBe(name)
  })

  test('from pictures of the screen it is put together, with what is missing said', async () => {
    takes = await firefox.openExtensionPage('onboarding.html')
    await press(takes, wordsWithin('onboarding.elsewhere.hint', 'pair'), 'link')
    await says(takes, words('pairing.gather.title'))
    await allCanRead(firefox, takes)
    const stray = file('stray.txt')
    await writeFile(stray, 'Dear diary')
    await choose(takes, [stray])
    await says(takes, words('pairing.files.empty', { names: 'stray.txt' }))
    await hangDecoder(takes)
    await choose(takes, pictures.slice(0, 1))
    await says(takes, counted('pairing.files.overran', { n: 1, names: 'picture-0.png' }), 30_000)
    await choose(takes, pictures.slice(1))
    await says(takes, counted('pairing.gather.some', { n: pictures.length, read: pictures.length - 1 }), 30_000)
    await allCanRead(firefox, takes)
    await choose(takes, pictures.slice(0, 1))
    await says(takes, words('pairing.code.title'), 30_000)
  })

  test('nothing is said of the vault before the code is right', async () => {
    expect((await focus(takes)).name).toBe(words('errors.oneTimeCode.label'))
    const wrong = altered(code, -1, 'QP')
    await fill(takes, words('errors.oneTimeCode.label'), wrong)
    await says(takes, patternOf(words('errors.code.group', { group: anyValue })))
    await press(takes, words('pairing.code.continue'))
    await allCanRead(firefox, takes)
    await fill(takes, words('errors.oneTimeCode.label'), 'QQQQ-QQQQ-QQQQ-QQQQ-QQQQ')
    await says(takes, 'typing error')
    expect(await takes.evaluate(() => document.body.innerText)).not.toContain(words('recovery.defaultVaultName'))
    await fill(takes, words('errors.oneTimeCode.label'), code.toLowerCase().replaceAll('-', ' '))
    await says(takes, words('errors.oneTimeCode.complete'))
    await takes.keyboard.press('Enter')
    await says(takes, '“My vault”')
  })

  test('the password of the vault opens it there, and nothing else does', async () => {
    await fill(takes, words('pairing.open.password'), 'not the password')
    await press(takes, words('pairing.open.accept'))
    await says(takes, words('errors.acceptPairing.wrongSecret'), 30_000)
    await allCanRead(firefox, takes)
    expect(await vaultRow(firefox)).toBeNull()
    await fill(takes, words('pairing.open.password'), password)
    await press(takes, words('pairing.open.accept'))
    await says(takes, words('pairing.done.title'), 30_000)
    await allCanRead(firefox, takes)
    expect(await openedBy(firefox)).toEqual(await openedBy(chromium))
    expect(await opens(firefox, await sealOne(chromium, plain))).toBe(plain)
  })

  test('changed since, they come together again by a saved file, after saying what it brings', async () => {
    await answered(ask(shows, 'rotateCircleKey', {}))
    await press(shows, words('pairing.show.newCode'))
    await waitFor('another code', async () => (await shownCode(shows)) !== code)
    code = await shownCode(shows)
    await press(shows, words('pairing.show.save'))
    const saved = await waitFor('the file', async () => {
      const name = (await readdir(folder)).find((each) => /^fieldseal-pairing-.*\.txt$/.test(each))
      return name !== undefined && (await readFile(file(name), 'utf8')).endsWith('.\n') ? file(name) : null
    })
    for (const held of [password, 'fieldseal/v1', 'Personal', code])
      expect(await readFile(saved, 'utf8')).not.toContain(held)
    takes = await firefox.openExtensionPage('options.html')
    await press(takes, words('pairing.section.take'))
    await choose(takes, [saved])
    await fill(takes, words('errors.oneTimeCode.label'), code)
    await says(takes, words('errors.oneTimeCode.complete'))
    await press(takes, words('pairing.code.continue'))
    await says(takes, counted('pairing.vault.keys', { n: 1 }))
    await allCanRead(firefox, takes)
    const before = await vaultRow(firefox)
    await press(takes, words('pairing.vault.merge'))
    await says(takes, words('pairing.done.title'))
    expect(await vaultRow(firefox)).not.toEqual(before)
    expect(await opens(firefox, await sealOne(chromium, plain))).toBe(plain)
  })

  test('an earlier code is no good for what is shown now', async () => {
    const earlier = code
    await prove(shows, password)
    await press(shows, words('pairing.show.newCode'))
    await waitFor('another code', async () => (await shownCode(shows)) !== earlier)
    const { parts } = (await answered(ask(shows, 'offerPairing', {}))) as { parts: string[] }
    const asked = { parts: parts.join(''), code: earlier, secret: null }
    expect(await ask(takes, 'inspectPairing', asked)).toEqual({ ok: false, code: 'wrong-secret' })
  })

  test('another vault is not mixed in: its keys come as another circle, by its own password', async () => {
    const stranger = await launch('chromium', { extension: quickBuildFor('chromium') })
    try {
      await placeVault(stranger, 'a stranger’s password')
      const theirs = await sealOne(stranger, 'Theirs.')
      const page = await stranger.openExtensionPage('options.html')
      await prove(page, 'a stranger’s password')
      const offered = (await answered(ask(page, 'offerPairing', {}))) as { parts: string[]; code: string }
      await takes.close()
      takes = await firefox.openExtensionPage('options.html')
      await press(takes, words('pairing.section.take'))
      await takes.evaluate(() => document.querySelector<HTMLElement>('.pairing details summary')?.click())
      await paste(takes, `> ${offered.parts.join('\n> ')}`)
      await press(takes, words('pairing.paste.read'))
      await fill(takes, words('errors.oneTimeCode.label'), offered.code)
      await says(takes, words('errors.oneTimeCode.complete'))
      await press(takes, words('pairing.code.continue'))
      await fill(takes, words('pairing.open.password'), 'a stranger’s password')
      await press(takes, words('pairing.open.open'))
      await says(takes, words('pairing.vault.foreign'), 30_000)
      await press(takes, words('pairing.vault.addKeys'))
      await says(takes, words('pairing.done.title'))
      expect(await opens(firefox, theirs)).toBe('Theirs.')
    } finally {
      await stranger.close()
    }
  })

  test('a lock takes code and pictures off the screen', async () => {
    await shows.bringToFront()
    await named(shows, words('pairing.show.code'))
    await answered(ask(shows, 'lock', {}))
    await says(shows, words('pairing.section.unlock'))
    expect(await shows.$$('.pairing, .qr, output.letters')).toEqual([])
  })

  test('nobody complained', () => {
    expect([...chromium.problems, ...firefox.problems]).toEqual([])
  })
})

describe('Firefox shows, Chromium takes in with its camera', () => {
  let firefox: Session
  let chromium: Session
  let shows: Page
  let takes: Page
  beforeAll(async () => {
    firefox = await launch('firefox', { extension: quickBuildFor('firefox') })
    chromium = await launch('chromium', {
      extension: quickBuildFor('chromium'),
      args: [
        '--use-fake-ui-for-media-stream',
        '--use-fake-device-for-media-stream',
        `--use-file-for-fake-video-capture=${file('film.y4m')}`,
      ],
    })
    await placeVault(firefox, password)
    shows = await firefox.openExtensionPage('options.html')
    await prove(shows, password)
  })
  afterAll(async () => {
    await chromium?.close()
    await firefox?.close()
  })

  test('it sees every picture, stops the camera then, and has the vault by code and password', async () => {
    await press(shows, words('pairing.show.title'))
    const code = await shownCode(shows)
    await press(shows, words('pairing.pictures.pause'))
    await named(shows, words('pairing.pictures.move'), 'button')
    await allCanRead(firefox, shows)
    const codes = await shownPictures(shows)
    await writeFilm(file('film.y4m'), codes)
    takes = await chromium.openExtensionPage('onboarding.html#pair')
    await watchStreams(takes)
    await named(takes, words('pairing.camera.start'), 'button')
    await tabTo(takes, words('pairing.camera.start'))
    await takes.keyboard.press('Enter')
    await says(takes, words('pairing.camera.on'))
    expect(await liveTracks(takes)).toBe(1)
    await says(takes, words('pairing.code.title'), 60_000)
    expect(await liveTracks(takes)).toBe(0)
    await fill(takes, words('errors.oneTimeCode.label'), code)
    await says(takes, words('errors.oneTimeCode.complete'))
    await press(takes, words('pairing.code.continue'))
    await fill(takes, words('pairing.open.password'), password)
    await press(takes, words('pairing.open.accept'))
    await says(takes, words('pairing.done.title'), 30_000)
    expect(await openedBy(chromium)).toEqual(await openedBy(firefox))
    expect(await opens(chromium, await sealOne(firefox, plain))).toBe(plain)
  }, 150_000)

  test('the camera is given back when it is stopped, out of view, left, or the vault is locked', async () => {
    const codes = await shownPictures(shows)
    const [first] = codes
    // Of one picture alone it never gets all, and looks on.
    await writeFilm(file('film.y4m'), first === undefined ? [] : [first])
    await takes.close()
    takes = await chromium.openExtensionPage('options.html')
    await watchStreams(takes)
    const scan = async () => {
      await press(takes, words('pairing.camera.start'))
      await says(takes, words('pairing.camera.on'))
      expect(await liveTracks(takes)).toBe(1)
    }
    const off = () => waitFor('the camera to be off', async () => (await liveTracks(takes)) === 0)
    await press(takes, words('pairing.section.take'))
    await scan()
    await says(takes, progressSentences({ transfer: '', count: codes.length, frames: new Map([[0, '']]) }))
    await allCanRead(chromium, takes)
    await press(takes, words('pairing.camera.stop'))
    await off()
    await scan()
    const other = await chromium.newPage('about:blank')
    await takes.evaluate(() => {
      Object.defineProperty(document, 'hidden', { value: true, configurable: true })
      document.dispatchEvent(new Event('visibilitychange'))
      Reflect.deleteProperty(document, 'hidden')
    })
    await off()
    await other.close()
    await takes.bringToFront()
    await says(takes, words('pairing.camera.hidden'))
    await scan()
    await press(takes, words('pairing.section.close'))
    await off()
    await press(takes, words('pairing.section.take'))
    await scan()
    await answered(ask(takes, 'lock', {}))
    await off()
  })

  test('nobody complained', () => {
    expect([...chromium.problems, ...firefox.problems]).toEqual([])
  })
})

describe.each(kinds)('without a camera, in %s', (kind) => {
  let session: Session
  beforeAll(async () => {
    // Firefox's made-up camera asks as a real one does, and nobody answers a prompt without a screen: this answers no.
    session = await launch(kind, {
      extension: quickBuildFor(kind),
      prefs: { 'permissions.default.camera': 2, 'media.navigator.streams.fake': true },
    })
  })
  afterAll(() => session?.close())

  test('it is said, and the other ways are offered', async () => {
    const page = await session.openExtensionPage('onboarding.html#pair')
    await press(page, words('pairing.camera.start'))
    await says(page, words(kind === 'chromium' ? 'pairing.camera.none' : 'pairing.camera.refused'))
    await allCanRead(session, page)
    await named(page, words('pairing.files.choose'), 'button')
  })
})

test('Firefox lets a page of ours use a camera, and takes it back', async () => {
  const session = await launch('firefox', {
    extension: quickBuildFor('firefox'),
    prefs: { 'media.navigator.streams.fake': true, 'media.navigator.permission.disabled': true },
  })
  try {
    const page = await session.openExtensionPage('onboarding.html#pair')
    await press(page, words('pairing.camera.start'))
    await says(page, words('pairing.camera.on'))
    await waitFor('a picture', () => page.evaluate(() => (document.querySelector('video')?.videoWidth ?? 0) > 0))
    await press(page, words('pairing.camera.stop'))
    await waitFor('the camera to be off', () => page.evaluate(() => document.querySelector('video')?.hidden === true))
    expect(session.problems).toEqual([])
  } finally {
    await session.close()
  }
})

/** Which vault a browser has, and what opens it. That it joined is noted in its own copy alone. */
async function openedBy(session: Session): Promise<unknown> {
  const row = await vaultRow(session)
  if (row === null) throw new Error('There is no vault')
  const { vaultId, slots } = JSON.parse(row.header)
  return { vaultId, slots }
}

/** The code on the screen. */
async function shownCode(page: Page): Promise<string> {
  const letters = await named(page, words('pairing.show.code'))
  return ((await letters.evaluate((each) => each.textContent)) ?? '').trim()
}

/** The number of a picture, and of how many. */
function pictureNumbers(name: string): { number: number; count: number } {
  const [number = 0, count = 0] = (name.match(/\d+/g) ?? []).map(Number)
  return { number, count }
}

function pictureName(page: Page): Promise<string> {
  return page.evaluate(() => document.querySelector('.moving svg')?.getAttribute('aria-label') ?? '')
}

/** All pictures, one after the other, as they are drawn. They must stand still. */
async function shownPictures(page: Page): Promise<DrawnCode[]> {
  const count = pictureNumbers(await pictureName(page)).count
  const found: DrawnCode[] = []
  for (let nth = 0; nth < count; nth++) {
    const name = await pictureName(page)
    const drawn = await page.evaluate(() => {
      const picture = document.querySelector('.moving svg')
      const [, , size] = (picture?.getAttribute('viewBox') ?? '').split(' ')
      return { size: Number(size), path: picture?.querySelector('path:last-child')?.getAttribute('d') ?? '' }
    })
    found[pictureNumbers(name).number - 1] = drawn
    await press(page, words('pairing.pictures.next'))
    await waitFor('the next picture', async () => (await pictureName(page)) !== name)
  }
  return found
}

async function choose(page: Page, paths: readonly string[]): Promise<void> {
  const input = (await page.waitForSelector('.pairing input[type=file]')) as ElementHandle<HTMLInputElement>
  await input.uploadFile(...paths)
}

/** The decoder never answers to the next picture, which is small enough to be looked at in one size. */
async function hangDecoder(page: Page): Promise<void> {
  await page.evaluate(() => {
    const post = Worker.prototype.postMessage
    Worker.prototype.postMessage = () => {
      Worker.prototype.postMessage = post
    }
  })
}

/** Puts a text into the field for it, as pasting does: at once. */
async function paste(page: Page, text: string): Promise<void> {
  await page.evaluate((given) => {
    const box = document.querySelector<HTMLTextAreaElement>('.pairing textarea')
    if (box) box.value = given
  }, text)
}

/** From now on the streams that the page is given are looked after. */
async function watchStreams(page: Page): Promise<void> {
  await page.evaluate(() => {
    const given: MediaStream[] = []
    const { mediaDevices } = navigator
    const get = mediaDevices.getUserMedia.bind(mediaDevices)
    Object.assign(globalThis, { given })
    mediaDevices.getUserMedia = async (asked) => {
      const stream = await get(asked)
      given.push(stream)
      return stream
    }
  })
}

function liveTracks(page: Page): Promise<number> {
  return page.evaluate(() => {
    const { given } = globalThis as unknown as { given: MediaStream[] }
    return given.flatMap((stream) => stream.getTracks()).filter(({ readyState }) => readyState === 'live').length
  })
}

async function allCanRead(session: Session, page: Page): Promise<void> {
  for (const scheme of schemes) {
    await setScheme(session, page, scheme)
    expect(await faults(page, scheme)).toEqual([])
  }
}

async function sealOne(session: Session, text: string): Promise<string> {
  const page = await session.openExtensionPage('onboarding.html')
  const { sealed } = (await answered(ask(page, 'practiceSealing', { text }))) as { sealed: string }
  await page.close()
  return sealed
}

async function opens(session: Session, sealed: string): Promise<unknown> {
  const page = await session.openExtensionPage('onboarding.html')
  const { text } = (await answered(ask(page, 'practiceOpening', { sealed }))) as { text: string }
  await page.close()
  return text
}
