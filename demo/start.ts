// Opens the demo site in a browser that has Fieldseal, with a profile of its own in .demo/; or, without a display, plays the
// main job (play.ts). Ends what it started when the browser is closed or at Ctrl+C.

import { readFileSync } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { buildFor, launch } from '../test/e2e/browsers.ts'
import type { Kind } from '../test/e2e/session.ts'
import { ensurePrograms } from './ensure.mjs'
import { type Found, findBrowser, findBrowsers, names } from './find.ts'
import { play } from './play.ts'
import { startSite } from './site.ts'

const home = fileURLToPath(new URL('../.demo', import.meta.url))

/** Gives the exit code. */
export async function start(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: { browser: { type: 'string' }, headless: { type: 'boolean' }, fresh: { type: 'boolean' } },
  })
  const chosen = choose(values.browser)
  if (chosen === null) return 1
  const { DISPLAY = '', WAYLAND_DISPLAY = '' } = process.env
  const blind = process.platform === 'linux' && DISPLAY === '' && WAYLAND_DISPLAY === ''
  if (values.headless === true || blind) return playIn(chosen)
  const [browser] = chosen
  return browser === undefined ? 1 : open(browser, values.fresh === true)
}

/** The browsers to use: the one asked for, else one of each kind. Null, and the reason is told, when there is none. */
function choose(asked: string | undefined): Found[] | null {
  if (asked !== undefined) {
    const found = findBrowser(asked)
    if (found !== null) return [found]
    console.error(
      `There is no browser “${asked}” here. Name one of ${names.join(', ')}, or give the path of its program.`,
    )
    return null
  }
  if (findBrowsers().length === 0) ensurePrograms({ chromium: 'chromium' })
  const found = findBrowsers()
  const oneOfEach = [...new Map([...found].reverse().map((each) => [each.kind, each])).values()].reverse()
  if (oneOfEach.length > 0) return oneOfEach
  console.error(
    'No browser was found. Install Chrome, Chromium, Edge, Brave or Firefox, or name one: --browser=/path/of/it',
  )
  return null
}

async function playIn(browsers: readonly Found[]): Promise<number> {
  console.log('There is no display (or none is wanted), so the main job is played without one.')
  let fine = true
  for (const browser of browsers) fine = (await play(browser, home)) && fine
  console.log(fine ? '\nAll of it is true.' : '\nNot all of it is true.')
  return fine ? 0 : 1
}

async function open(browser: Found, fresh: boolean): Promise<number> {
  const profile = join(home, browser.name)
  if (fresh) await rm(home, { recursive: true, force: true })
  await mkdir(profile, { recursive: true })
  const site = await startSite({ file: join(home, 'notes.json'), port: 0 })
  const session = await launch(browser.kind, { executablePath: browser.path, userDataDir: profile, headless: false })
  const page = await session.newPage(site.origin)
  console.log(`${browser.name} is open, with Fieldseal, on the demo site ${site.origin}
1. Make your vault in the tab that Fieldseal opened.
2. On the demo site, click Fieldseal in the toolbar (or press Alt+Shift+U) and turn on “Use on this site”.
3. Write a note, press ${sealKey(browser.kind)} (or the small button at the field’s edge), and save the note.
4. “What this site has” shows what the site got.
Close the browser, or press Ctrl+C here, to end.`)
  await page.bringToFront()
  await new Promise<void>((resolve) => {
    session.browser.on('disconnected', () => resolve())
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
  })
  await session.close().catch(() => undefined)
  await site.close()
  return 0
}

/** The keys that seal a field, as the build for this browser suggests them. */
function sealKey(kind: Kind): string {
  const manifest: { commands?: Record<string, { suggested_key?: { default?: string } }> } = JSON.parse(
    readFileSync(join(buildFor(kind), 'manifest.json'), 'utf8'),
  )
  return manifest.commands?.['seal-field']?.suggested_key?.default ?? 'the shortcut for it'
}
