// Plays the main job in one browser without a display, as a person would do it, and says of every step whether it is true.

import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { launch } from '../test/e2e/browsers.ts'
import { type Session, waitFor } from '../test/e2e/session.ts'
import { createVault, fill, lock, press, reads, sealedIn, sealField, switchOn, unlock } from '../test/e2e/steps.ts'
import type { Found } from './find.ts'
import { type Site, startSite } from './site.ts'

const password = 'correct horse battery staple of the demo'
const secret = 'Meet me at the old bridge at nine.\nBring the blue lantern.'

/** True when every step came true. */
export async function play(browser: Found, home: string): Promise<boolean> {
  const folder = join(home, `headless-${browser.name}`)
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  console.log(`\n${browser.name} (${browser.path})`)
  const site = await startSite({ file: join(folder, 'notes.json') })
  let session: Session | undefined
  try {
    session = await launch(browser.kind, { executablePath: browser.path, headless: true })
    await playOn(session, site)
    return true
  } catch (thrown) {
    console.log(`  ✗ ${thrown instanceof Error ? thrown.message : String(thrown)}`)
    return false
  } finally {
    await session?.close().catch(() => undefined)
    await site.close()
  }
}

async function playOn(session: Session, site: Site): Promise<void> {
  const recoveryKey = await createVault(session, password)
  if (!/^([0-9A-Z]{4}-){7}[0-9A-Z]{4}$/.test(recoveryKey)) throw new Error('The recovery key has another form')
  say(`vault made; its recovery key starts with ${recoveryKey.slice(0, 4)}-…`)

  const page = await session.newPage(site.origin)
  await switchOn(session, page)
  say(`switched on for ${site.origin}, by the popup in the toolbar`)

  await fill(page, 'Title', 'Tomorrow')
  await fill(page, 'Note', secret)
  say(`typed: ${JSON.stringify(secret)}`)
  await sealField(session, page, 'Note')
  const sealed = await sealedIn(page, 'Note')
  await press(page, 'Save note')
  const [note] = await waitFor('the site to store the note', async () => {
    const notes = await site.stored()
    return notes.length === 1 && notes
  })
  if (note?.note !== sealed) throw new Error(`The site stored something else: ${note?.note}`)
  if (JSON.stringify(note).includes('bridge')) throw new Error('The site has the text')
  say(`the site stored: ${sealed.slice(0, 28)}… (${sealed.length} characters)`)

  await session.inBackground((scope) => Object.assign(scope, { marked: true }) && undefined)
  await session.killBackground()
  if (await session.inBackground((scope) => 'marked' in scope)) throw new Error('The background is still the same')
  say('background killed')
  await page.reload()
  say('page reloaded')
  await reads(session, page, [secret])
  say(`the person sees: ${JSON.stringify(secret)}`)
  if ((await page.content()).includes('bridge')) throw new Error('The page has the text')
  say('the page itself holds no word of it')

  await lock(session, page)
  await reads(session, page, [])
  say('locked: the text is gone from the screen')
  await unlock(session, password, page)
  await reads(session, page, [secret])
  say('unlocked again, without a reload: it is back')
}

const say = (truth: string) => console.log(`  ✓ ${truth}`)
