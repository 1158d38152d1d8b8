// What a person does with Fieldseal, by the names on the screen and those that assistive technology reads. No step looks
// at ids, classes or inner state.

import type { CDPSession, ElementHandle, Frame, Page } from 'puppeteer-core'
import { answered, ask } from './asking.ts'
import { inReader, openedText } from './readers.ts'
import { pause, type Session, waitFor } from './session.ts'

type Place = Page | Frame

const answerMs = 4_000

/** The one element with this accessible name and, where given, this role. Waits for it. */
export function named(place: Place, name: string, role?: string, timeoutMs = 10_000): Promise<ElementHandle<Element>> {
  const what = role === undefined ? `“${name}”` : `the ${role} “${name}”`
  return waitFor(`${what} to be there`, () => lookFor(place, name, role), { timeoutMs })
}

export async function has(place: Place, name: string, role?: string): Promise<boolean> {
  return (await lookFor(place, name, role)) !== null
}

async function lookFor(place: Place, name: string, role?: string): Promise<ElementHandle<Element> | null> {
  const [first = null] = await lookForAll(place, name, role)
  return first
}

/** Puppeteer's own way of asking the browser's accessibility tree, without the selector that hangs in Firefox's popup. */
interface Tree {
  queryAXTree(name?: string, role?: string): AsyncIterable<ElementHandle<Element>>
}

async function lookForAll(place: Place, name: string, role?: string): Promise<ElementHandle<Element>[]> {
  const root = await place.evaluateHandle(() => document.documentElement)
  const asked = async () => {
    const found: ElementHandle<Element>[] = []
    for await (const each of (root as unknown as Tree).queryAXTree(name, role)) found.push(each)
    return found
  }
  // For a frame that has just moved or come into view the browser may never answer; asked again, it does.
  const silence = pause(answerMs).then(() => Promise.reject(new Error('the accessibility tree does not answer')))
  const found = await Promise.race([asked(), silence])
  await root.dispose()
  return found
}

/** Presses a button, link or switch. */
export async function press(place: Place, name: string, role = 'button'): Promise<void> {
  const element = await waitFor(`the ${role} “${name}” to take a click`, async () => {
    const found = await lookFor(place, name, role)
    if (found === null) return null
    const free = await found.evaluate((each) => !(each as HTMLButtonElement).disabled && each.ariaDisabled !== 'true')
    return free && (await standsStill(found)) ? found : null
  })
  await element.click()
}

/** Whether it stands where it stood a frame ago: one that moves meanwhile is not met by a click. A hidden page draws none. */
async function standsStill(element: ElementHandle<Element>): Promise<boolean> {
  const before = await element.boundingBox()
  await element.evaluate(
    () =>
      new Promise<void>((resolve) => {
        if (document.hidden) resolve()
        requestAnimationFrame(() => requestAnimationFrame(() => resolve()))
      }),
  )
  return JSON.stringify(before) === JSON.stringify(await element.boundingBox())
}

/** Types into a field, found by its label, over whatever it holds. */
export async function fill(place: Place, label: string, text: string): Promise<void> {
  const field = await fieldNamed(place, label)
  await field.evaluate((each) => {
    const input = each as HTMLInputElement
    input.focus()
    input.select?.()
  })
  await field.type(text)
}

/** The text field with this label. A password field has no role of its own, so the role cannot tell it. */
export function fieldNamed(place: Place, label: string): Promise<ElementHandle<Element>> {
  return waitFor(`a field “${label}”`, async () => {
    for (const found of await lookForAll(place, label)) {
      const writable = await found.evaluate(
        (each) => each.matches('input, textarea') || (each as HTMLElement).isContentEditable,
      )
      if (writable) return found
    }
    return null
  })
}

const textOf = (element: ElementHandle<Element>): Promise<string> => element.evaluate((each) => each.textContent ?? '')

/** What stands in a page, as it is seen. */
export const readPage = (place: Place): Promise<string> =>
  place.evaluate(() => {
    const { innerText } = document.body
    return innerText
  })

/** Waits until a page says `words` somewhere. */
export function says(place: Place, words: string | RegExp, timeoutMs = 10_000): Promise<true> {
  return waitFor(
    `the page to say ${words}`,
    async () => {
      const text = await readPage(place)
      const said = typeof words === 'string' ? text.includes(words) : words.test(text)
      if (said) return true as const
      throw new Error(`it says: ${text.slice(0, 300)}`)
    },
    { timeoutMs },
  )
}

/**
 * A vault, made and unlocked by what onboarding asks of the background, without the typing that takes half of its time: for
 * tests that are about something else. Gives the recovery key.
 */
export async function placeVault(session: Session, password: string): Promise<string> {
  const [first] = await session.ownPages('onboarding.html')
  const page = first ?? (await session.openExtensionPage('onboarding.html'))
  const { recoveryKey } = (await answered(ask(page, 'proposeRecovery', {}))) as { recoveryKey: string }
  await answered(ask(page, 'createVault', { password, strong: null, recoveryKey }))
  await page.close()
  return recoveryKey
}

/** Confirms that it is the person, in the window over the page that asks so. */
export async function confirmPerson(page: Page, password: string): Promise<void> {
  await named(page, 'Confirm it’s you', 'dialog')
  await fill(page, 'Your password', password)
  await press(page, 'Continue')
  await waitFor('it to be confirmed', async () => !(await has(page, 'Confirm it’s you', 'dialog')))
}

/** The same by hand, without that window: for tests that are about something else. It holds for five minutes. */
export async function prove(page: Page, password: string): Promise<void> {
  await answered(ask(page, 'prove', { password, strong: null }))
}

/** Goes through onboarding to the point where the vault is made and unlocked. Gives the recovery key. */
export async function createVault(session: Session, password: string): Promise<string> {
  const page = await session.openExtensionPage('onboarding.html')
  await fill(page, 'Password', password)
  await fill(page, 'Repeat password', password)
  await press(page, 'Create vault')
  const recoveryKey = await confirmRecoveryKey(page)
  await waitFor('the vault to be made', async () => !(await has(page, 'Confirm', 'button')), { timeoutMs: 30_000 })
  await page.close()
  return recoveryKey
}

/** Reads a new recovery key off the page, types back the two groups asked for, and confirms. */
export async function confirmRecoveryKey(page: Page): Promise<string> {
  const recoveryKey = await waitFor('a new recovery key', async () => {
    const shown = (await textOf(await named(page, 'Recovery key', 'status'))).trim()
    return /^([0-9A-Z]{4}-){7}[0-9A-Z]{4}$/.test(shown) ? shown : null
  })
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
  await fill(popup, 'Password', password)
  await press(popup, 'Unlock')
  await named(popup, 'Lock', 'button', 30_000)
  await session.closePopup()
}

/** Locks by the real popup over `page`, which is left closed. */
export async function lock(session: Session, page: Page): Promise<void> {
  const popup = await session.realPopup(page)
  await press(popup, 'Lock')
  await named(popup, 'Unlock', 'button')
  await session.closePopup()
}

/** Turns the popup's switch for the site of `page` on, and answers the browser's prompt. */
export async function switchOn(session: Session, page: Page): Promise<void> {
  const { origin } = new URL(page.url())
  if (session.headless) await session.answerPrompts(origin)
  const popup = await session.realPopup(page)
  await press(popup, 'Use on this site', 'switch')
  if (!session.headless) await session.acceptPrompt()
  await waitFor(`${origin} to be switched on`, async () => (await session.grantedSites()).length > 0)
  await session.closePopup()
  await page.bringToFront()
}

/** Empties a field, by the keyboard. */
export async function clear(page: Page, label: string): Promise<void> {
  const field = await fieldNamed(page, label)
  await field.evaluate((each) => {
    const input = each as HTMLInputElement
    input.focus()
    input.select?.()
  })
  await page.keyboard.press('Backspace')
}

/** Clicks into the field and gives the command that seals what stands in it. */
export async function sealField(session: Session, page: Page, label: string): Promise<void> {
  await page.bringToFront()
  await (await fieldNamed(page, label)).click()
  await session.command('seal-field', page)
}

/** What a field of a page holds. */
export async function valueIn(page: Page, label: string): Promise<string> {
  return (await fieldNamed(page, label)).evaluate((each) =>
    each instanceof HTMLInputElement || each instanceof HTMLTextAreaElement
      ? each.value
      : (each as HTMLElement).innerText,
  )
}

/** Waits until the field holds a sealed text, and gives it. */
export function sealedIn(page: Page, label: string): Promise<string> {
  return waitFor(`a sealed text in “${label}”`, async () => {
    const value = await valueIn(page, label)
    if (/^sealed1[0-9A-Za-z]{60,}$/.test(value.trim())) return value.trim()
    throw new Error(`it holds: ${value.slice(0, 100)}`)
  })
}

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
      Promise.race([
        openedIn(session, frame).catch(() => null),
        // A frame that was taken away while it was asked may never answer.
        pause(2_000).then(() => null),
      ]),
    ),
  )
  return texts.filter((text) => text !== null)
}

/** How long a line that is not dead takes to answer, at most. */
const lineMs = 500

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
    const text = await Promise.race([textBy(known).catch(() => undefined), pause(lineMs).then(() => undefined)])
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
export function reads(session: Session, page: Page, texts: readonly string[], timeoutMs = 15_000): Promise<true> {
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

/** Gives what would happen by mistake the time to happen. */
export const giveItTime = () => pause(600)
