// What a person does with Fieldseal, by the names on the screen and those that assistive technology reads. No step looks
// at ids, classes or inner state.

import type { CDPSession, ElementHandle, Frame, Page } from 'puppeteer-core'
import { words } from '../words.ts'
import { answered, ask } from './asking.ts'
import { inReader, openedText } from './readers.ts'
import { type Session, usualMs, waitFor, within } from './session.ts'
import { elementIn, hasIn, type Place, until, untilIn, wasMet } from './until.ts'

const wanted = (name: string, role?: string) => ({ name, role: role ?? null })
const expected = (text: string | RegExp) =>
  typeof text === 'string' ? { text } : { source: text.source, flags: text.flags }
const nameFor = (name: string, role?: string) => (role === undefined ? `“${name}”` : `the ${role} “${name}”`)

/** The first element with this accessible name and, where given, this role. Waits for it. */
export const named = (place: Place, name: string, role?: string, timeoutMs?: number): Promise<ElementHandle<Element>> =>
  elementIn(place, `${nameFor(name, role)} to be there`, 'found', [wanted(name, role)], timeoutMs)

export const has = (place: Place, name: string, role?: string): Promise<boolean> => hasIn(place, wanted(name, role))

/** Waits until there is none. */
export const gone = (place: Place, name: string, role?: string, timeoutMs?: number): Promise<boolean> =>
  untilIn(place, `${nameFor(name, role)} to go`, 'gone', [wanted(name, role)], timeoutMs)

/** Presses a button, link or switch. */
export async function press(place: Place, name: string, role = 'button'): Promise<void> {
  const what = `the ${role} “${name}” to take a click`
  if ('mouse' in place) {
    // What moves in the last moment is missed, and a person presses again.
    for (let tried = 0, met = false; !met && tried < 3; tried++) {
      const { x, y } = await untilIn(place, what, 'pressPoint', [wanted(name, role)])
      await place.mouse.click(x, y).catch((thrown) => {
        // A window that closes at the press answers no more.
        if (!place.isClosed() && !String(thrown).includes('Target closed')) throw thrown
      })
      met = await wasMet(place)
    }
  } else {
    const click = async () => (await elementIn(place, what, 'pressable', [wanted(name, role)])).click()
    // What is drawn anew in the last moment is not there any more, and something like it is.
    await click().catch((thrown) => (/detached/.test(String(thrown)) ? click() : Promise.reject(thrown)))
  }
}

/** Types into a field, found by its label, over whatever it holds. */
export async function fill(place: Place, label: string, text: string): Promise<void> {
  await untilIn(place, `a field “${label}”`, 'selected', [label])
  await ('keyboard' in place ? place : place.page()).keyboard.type(text)
}

/** The text field with this label. A password field has no role of its own, so the role cannot tell it. */
export const fieldNamed = (place: Place, label: string): Promise<ElementHandle<Element>> =>
  elementIn(place, `a field “${label}”`, 'field', [label])

/** What stands in a page, as it is seen. */
export const readPage = (place: Place): Promise<string> =>
  place.evaluate(() => {
    const { innerText } = document.body
    return innerText
  })

/** Waits until a page says `sentence` somewhere. */
export async function says(place: Place, sentence: string | RegExp, timeoutMs = 10_000): Promise<void> {
  const look = (text: string | null, source: string, flags: string) => {
    const { innerText } = document.body
    // Firefox leaves marks of direction out of what is seen.
    const plain = (seen: string) => seen.replaceAll(/[\u202c\u202e]/g, '')
    if (text === null ? new RegExp(source, flags).test(innerText) : plain(innerText).includes(plain(text))) return true
    throw new Error(`it says: ${innerText.slice(0, 300)}`)
  }
  const pattern = sentence instanceof RegExp ? sentence : / /
  const args: Parameters<typeof look> = [typeof sentence === 'string' ? sentence : null, pattern.source, pattern.flags]
  await until(place, `the page to say ${sentence}`, look, args, timeoutMs)
}

/**
 * A vault, made and unlocked by what onboarding asks of the background, without the typing that takes half of its time: for
 * tests that are about something else. Gives the recovery key.
 */
export async function placeVault(session: Session, password: string): Promise<string> {
  const [first] = await session.ownPages('onboarding.html')
  const page = first ?? (await session.openExtensionPage('onboarding.html'))
  const { recoveryKey } = (await answered(ask(page, 'proposeRecoveryKey', {}))) as { recoveryKey: string }
  await answered(ask(page, 'createVault', { password, strong: null, recoveryKey }))
  await page.close()
  return recoveryKey
}

/** Confirms that it is the person, in the window over the page that asks so. */
export async function confirmPerson(page: Page, password: string): Promise<void> {
  await named(page, words('secrets.proof.heading'), 'dialog')
  await fill(page, words('secrets.proof.password'), password)
  await press(page, words('secrets.proof.continue'))
  await gone(page, words('secrets.proof.heading'), 'dialog')
}

/** The same by hand, without that window: for tests that are about something else. It holds for five minutes. */
export async function prove(page: Page, password: string): Promise<void> {
  await answered(ask(page, 'proveByPassword', { password, strong: null }))
}

/** Goes through onboarding to the point where the vault is made and unlocked. Gives the recovery key. */
export async function createVault(session: Session, password: string): Promise<string> {
  const page = await session.openExtensionPage('onboarding.html')
  await fill(page, words('onboarding.create.password'), password)
  await fill(page, words('onboarding.create.repeatPassword'), password)
  await press(page, words('onboarding.create.create'))
  const recoveryKey = await confirmRecoveryKey(page)
  await gone(page, 'Confirm', 'button', 30_000)
  await page.close()
  return recoveryKey
}

/** Reads a new recovery key off the page, types back the two groups asked for, and confirms. */
export async function confirmRecoveryKey(page: Page): Promise<string> {
  const whole = expected(/^\s*([0-9A-Z]{4}-){7}[0-9A-Z]{4}\s*$/)
  const shown = await untilIn(page, 'a new recovery key', 'textLike', [
    wanted(words('recovery.newKey.label'), 'status'),
    whole,
  ])
  const recoveryKey = shown.trim()
  const groups = recoveryKey.split('-')
  for (let number = 1; number <= groups.length; number++) {
    if (await has(page, `Group ${number}`)) await fill(page, `Group ${number}`, groups[number - 1] ?? '')
  }
  await press(page, 'Confirm')
  return recoveryKey
}

/** Unlocks by the real popup over `page`, which is left closed. */
export async function unlock(session: Session, password: string, page: Page): Promise<void> {
  const popup = await session.realPopup(page)
  await fill(popup, words('popup.unlock.password'), password)
  await press(popup, words('popup.unlock.unlock'))
  await named(popup, words('popup.page.lock'), 'button', 30_000)
  await session.closePopup()
}

/** Locks by the real popup over `page`, which is left closed. */
export async function lock(session: Session, page: Page): Promise<void> {
  const popup = await session.realPopup(page)
  await press(popup, words('popup.page.lock'))
  await named(popup, words('popup.unlock.unlock'), 'button')
  await session.closePopup()
}

/** Turns the popup's switch for the site of `page` on, and answers the browser's prompt. */
export async function switchOn(session: Session, page: Page): Promise<void> {
  const { origin } = new URL(page.url())
  if (session.headless) await session.answerPrompts(origin)
  const popup = await session.realPopup(page)
  await press(popup, words('popup.site.use'), 'switch')
  if (!session.headless) await session.acceptPrompt()
  await waitFor(`${origin} to be switched on`, async () => (await session.grantedSites()).length > 0)
  await session.closePopup()
  await page.bringToFront()
}

/** Loads a page anew, and is done when that has loaded. Firefox does not always tell when: the page is asked. */
export async function loadAgain(page: Page): Promise<void> {
  await page.evaluate(() => Object.assign(globalThis, { isOfBefore: true }))
  await page.reload({ waitUntil: [] })
  await until(
    page,
    'the page to be loaded anew',
    () => !('isOfBefore' in globalThis) && document.readyState === 'complete',
  )
}

/** Empties a field, by the keyboard. */
export async function clear(page: Page, label: string): Promise<void> {
  await untilIn(page, `a field “${label}”`, 'selected', [label])
  await page.keyboard.press('Backspace')
}

/** Clicks into the field and gives the command that seals what stands in it. */
export async function sealField(session: Session, page: Page, label: string): Promise<void> {
  await page.bringToFront()
  await (await fieldNamed(page, label)).click()
  await session.command('seal-field', page)
}

/** What a field of a page holds. */
export const valueIn = (page: Page, label: string): Promise<string> =>
  untilIn(page, `a field “${label}”`, 'value', [label])

/** Waits until a field holds this, and gives what it holds. */
const holds = (page: Page, label: string, text: string | RegExp, timeoutMs = usualMs): Promise<string> =>
  untilIn(page, `“${label}” to hold ${text}`, 'valueLike', [label, expected(text)], timeoutMs)

/** Waits until the field holds a sealed text alone, and gives it. */
export const sealedIn = async (page: Page, label: string): Promise<string> =>
  (await holds(page, label, /^\s*sealed1[0-9A-Za-z]{60,}\s*$/)).trim()

/**
 * The opened texts that a person reads in a page now, in the order of the page. Asked of the document, because a browser
 * makes no accessibility tree for a frame that is scrolled out of sight.
 */
export async function openedTexts(session: Session, page: Page): Promise<string[]> {
  // Chromium knows by itself what they are.
  const reader = session.extensionUrl('reader.html')
  const frames = page.frames().filter((frame) => session.kind === 'firefox' || frame.url().startsWith(reader))
  const texts = await Promise.all(
    frames.map((frame) =>
      // A frame that was taken away while it was asked may never answer.
      within(openedIn(session, frame), answersWithinMs).catch(() => null),
    ),
  )
  return texts.filter((text) => text !== null)
}

/** How long a line that is not dead takes to answer, at most; and a frame that is not gone. */
const lineMs = 500
const answersWithinMs = 2_000

/** Puppeteer's own line to a frame of another process is now and then dead from the start: then the asking has one of its own. */
async function openedIn(session: Session, frame: Frame): Promise<string | null> {
  const { kind, browser } = session
  const expression = inReader(session, openedText)
  const idOf = (one: object) => (one as { _id?: string; _targetId?: string })._targetId ?? (one as { _id?: string })._id
  const target = kind === 'chromium' ? browser.targets().find((one) => idOf(one) === idOf(frame)) : undefined
  if (target === undefined) return (await frame.evaluate(expression)) as string | null
  const textBy = async (line: CDPSession): Promise<string | null> => {
    const { result } = await line.send('Runtime.evaluate', { expression, returnByValue: true })
    return typeof result.value === 'string' ? result.value : null
  }
  const known = (target as unknown as { _session(): CDPSession | null })._session()
  if (known) {
    const text = await within(textBy(known), lineMs).catch(() => undefined)
    if (text !== undefined) return text
  }
  const line = await target.createCDPSession()
  try {
    return await textBy(line)
  } finally {
    await line.detach().catch(() => undefined)
  }
}

/** Waits until exactly these texts are read in the page, in any order. */
export function reads(session: Session, page: Page, texts: readonly string[], timeoutMs = usualMs): Promise<true> {
  const wanted = JSON.stringify([...texts].sort())
  return waitFor(
    `the page to show ${wanted}`,
    async () => {
      const seen = JSON.stringify((await openedTexts(session, page)).sort())
      if (seen === wanted) return true as const
      throw new Error(`it shows ${seen}`)
    },
    { timeoutMs },
  )
}
